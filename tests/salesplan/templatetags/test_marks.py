"""Tags as templates use them: loaded for all, without {% load %}."""

import datetime as dt

from django.template import Context, Template


def render(source, **context):
    return Template(source).render(Context(context))


def test_icon_points_into_the_sprite():
    html = render('{% icon "alert-triangle" "sm" %}')

    assert html.startswith('<svg class="ti sm" aria-hidden="true"><use href="/static/')
    assert html.endswith('#alert-triangle"/></svg>')


def test_status_has_an_icon_and_a_word():
    html = render('{% status "at_risk" %}')

    assert html.startswith('<span class="stt risk"><svg')
    assert html.endswith("At risk</span>")


def test_status_may_say_more():
    assert render('{% status "overdue" "Overdue, 48 days" %}').endswith("Overdue, 48 days</span>")


def test_ring_says_in_words_how_far_a_step_is():
    assert 'aria-label="4 of 5 complete"' in render("{% ring 4 5 %}")


def test_a_full_ring_is_a_tick():
    html = render("{% ring 5 5 %}")

    assert "#check" in html
    assert '<span class="visually-hidden">5 of 5 complete</span>' in html


def test_bar_is_drawn_on_the_scale_of_the_largest_row():
    html = render("{% bar 25 50 100 max=200 %}")

    assert [part.split('"')[0] for part in html.split('width="')[1:]] == ["50.0%", "25.0%", "12.5%"]


def test_bar_without_a_scale_is_nothing():
    assert render("{% bar 0 0 0 max=0 %}") == ""


def test_spark_leaves_a_gap_where_a_value_is_missing():
    html = render("{% spark values %}", values=[1, None, 3])

    assert '<polyline class="ln" points="2,27 96,3"/>' in html


def test_a_straight_pace_is_drawn_from_end_to_end():
    straight = render("{% spark values pace %}", values=[1, 3, 2], pace=[1, 2, 3])
    bent = render("{% spark values pace %}", values=[1, 3, 2], pace=[1, 3, 3])

    assert '<polyline class="pace" points="2,27 96,3"/>' in straight
    assert '<polyline class="pace" points="2,27 49,3 96,3"/>' in bent


def test_spark_of_nothing_is_nothing():
    assert render("{% spark values %}", values=[None]) == ""


def test_avatar_shows_first_and_last_initial():
    assert render('{% avatar "Anna Maria Kowalska" %}').endswith(">AK</span>")


def test_avatar_escapes_a_name():
    assert "<b>" not in render("{% avatar name %}", name="<b>x</b>")


def test_freshness_warns_when_a_value_is_old():
    today = dt.date(2026, 8, 17)

    assert render("{% freshness d t %}", d=dt.date(2026, 8, 16), t=today) == "Updated 1 day ago"
    assert 'class="c-risk"' in render("{% freshness d t %}", d=dt.date(2026, 8, 5), t=today)
    assert render("{% freshness d t %}", d=None, t=today) == "No value yet"


def test_markdown_is_shown_as_html():
    assert render("{{ text|markdown }}", text="*so*") == "<p><em>so</em></p>\n"
