import pytest

from salesplan.lib.markdown import render_markdown


def test_text_becomes_paragraphs_lists_and_emphasis():
    html = render_markdown("**Bold**\n\n- one\n- two")

    assert html == "<p><strong>Bold</strong></p>\n<ul>\n<li>one</li>\n<li>two</li>\n</ul>\n"


def test_headings_stay_below_those_of_the_page():
    assert render_markdown("# Big\n## Smaller") == "<h3>Big</h3>\n<h4>Smaller</h4>\n"


def test_links_say_that_we_do_not_vouch_for_them():
    html = render_markdown("[site](https://example.com)")

    assert html == '<p><a href="https://example.com" rel="noopener nofollow">site</a></p>\n'


@pytest.mark.parametrize(
    ("attack", "shown"),
    [
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n"),
        ("[x](javascript:alert(1))", "<p>[x](javascript:alert(1))</p>\n"),
        ("![x](https://elsewhere.example/pixel.png)", "<p></p>\n"),
        ("<b onclick=x()>a</b>", "<p>&lt;b onclick=x()&gt;a&lt;/b&gt;</p>\n"),
    ],
)
def test_nothing_runs_and_nothing_is_fetched(attack, shown):
    assert render_markdown(attack) == shown
