"""What of a page of the app may be read outside, and what may not."""

import pytest

from kpis.sharing.outward import outward

PLOTS = "/plans/7/overview/plots/"


@pytest.mark.parametrize(
    ("inside", "outside"),
    [
        ('<a class="t plain m" href="/kpis/7/">Leads &amp; plain</a>', '<span class="t m">Leads &amp; plain</span>'),
        ('<a class="why ahead" href="/kpis/7/why/" data-why>+3</a>', '<span class="ahead" data-why>+3</span>'),
        ('<p>12 <a class="btn btn-o" href="/plans/7/kpis/">Choose</a></p>', "<p>12 </p>"),
        ('<span class="go lnk">Ask <b>Anna</b></span>!', "!"),
        ('<a class="lnk" href="/a/" data-outside>no KPI</a>', '<span class="" data-outside>no KPI</span>'),
        ('<form action="/a/"><input name="b"><br>c</form>d', "d"),
        ('<button type="button">Hide</button>', ""),
        (
            '<p class="chart-fail" hidden>No plot. <button class="btn">Again</button></p>',
            '<p class="chart-fail" hidden>No plot. <button class="btn">Again</button></p>',
        ),
        ('<details class="menu out"><summary>Export</summary><a href="/x">CSV</a></details>', ""),
        ('<section data-move-url="/tiles/7/move/" class="pan">a</section>', '<section class="pan">a</section>'),
        ('<i hx-post="/tiles/7/hide/">a</i>', ""),
        (f'<i data-plots="{PLOTS}?a=1">a</i>', '<i data-plots="plots/?a=1">a</i>'),
        (f'<a class="lnk" href="{PLOTS}?table=b">b</a>', '<a class="lnk" href="plots/?table=b">b</a>'),
        (
            '<svg viewBox="0 0 8 8"><use href="/static/icons.svg#x"/><rect width="8"/></svg>',
            '<svg viewBox="0 0 8 8"><use href="/static/icons.svg#x"/><rect width="8"/></svg>',
        ),
        # What was escaped stays so.
        ("<b>&lt;script&gt;alert(1)&lt;/script&gt;</b>", "<b>&lt;script&gt;alert(1)&lt;/script&gt;</b>"),
        ('<i title="&quot;&gt;&lt;img src=x&gt;">a</i>', '<i title="&quot;&gt;&lt;img src=x&gt;">a</i>'),
        ("<!-- whose tile this is -->a&nbsp;&#39;b&#39;", "a&nbsp;&#39;b&#39;"),
    ],
)
def test_it_is_left_with_what_one_reads(inside, outside):
    assert outward(inside, plots=PLOTS) == outside
