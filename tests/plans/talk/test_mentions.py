"""Who is named in a text, and how it is shown."""

import pytest

from plans.models import Plan
from plans.talk.mentions import as_html, find_mentions

PEOPLE = [
    (1, "Mia Rossi", "mia@example.com"),
    (2, "Mia Rossi-Bianchi", "bianchi@example.com"),
    (3, "Łukasz Żak", "lukasz@example.com"),
    (4, "", "nameless@example.com"),
]


def named(text):
    return [(text[start:end], pk) for start, end, pk in find_mentions(text, PEOPLE)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("@Mia Rossi, can you?", [("@Mia Rossi", 1)]),
        ("Ask @mia rossi.", [("@mia rossi", 1)]),
        ("@Mia Rossi-Bianchi knows", [("@Mia Rossi-Bianchi", 2)]),
        ("(@łukasz żak)", [("@łukasz żak", 3)]),
        ("@mia@example.com and @nameless@example.com.", [("@mia@example.com", 1), ("@nameless@example.com", 4)]),
        ("first line\n@Mia Rossi", [("@Mia Rossi", 1)]),
        ("@Mia", []),
        ("@Mia Rossini", []),
        ("@mia@example.com.pl", []),
        ("write to sales@Mia Rossi", []),
        ("Mia Rossi", []),
    ],
)
def test_a_name_or_an_address_written_in_full_names_somebody(text, found):
    assert named(text) == found


def test_of_two_people_with_one_name_both_are_meant():
    people = [(1, "Mia Rossi", "mia@example.com"), (2, "Mia Rossi", "mia.rossi@example.com")]

    assert [pk for _start, _end, pk in find_mentions("@Mia Rossi", people)] == [1, 2]


def test_nobody_is_named_where_nobody_is():
    assert find_mentions("@Mia Rossi", []) == []


def test_a_name_is_a_link_to_what_she_answers_for():
    plan = Plan(pk=7)

    html = as_html("Ask @Mia Rossi\nnow", [[4, 14, 1]], plan)

    assert html == ('Ask <a class="mention" href="/plans/7/actions/?view=table&amp;who=person-1">@Mia Rossi</a><br>now')


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("<b>bold</b> & co", "&lt;b&gt;bold&lt;/b&gt; &amp; co"),
        (
            "see https://example.com/a?b=1&c=2",
            'see <a href="https://example.com/a?b=1&amp;c=2" rel="nofollow">https://example.com/a?b=1&amp;c=2</a>',
        ),
        ("javascript:alert(1)", "javascript:alert(1)"),
        ('https://x.pl/"onclick="a', None),
    ],
)
def test_what_was_typed_is_text(text, html):
    shown = as_html(text, [], Plan(pk=7))

    if html is None:
        assert "onclick=" not in shown.replace("%22onclick=", "").replace("&quot;onclick=", "")
    else:
        assert shown == html
