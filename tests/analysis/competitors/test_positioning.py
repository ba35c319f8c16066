"""The map: who stands where, and what is to be seen on it."""

import json

import pytest
from django.urls import reverse

from analysis.competitors.charts import positioning_chart
from analysis.competitors.labels import Canvas, place_labels
from analysis.competitors.positioning import PRICE, SHARE, Scale, Spot, choose_scales
from tests.factories import AxisFactory, CompetitorFactory, ScoreFactory

BREADTH = Scale("axis-1", "Breadth", "narrow offer", "broad offer", whole=(0, 10))


def spot(name="Datacore", x=128.0, y=8.0, size=24.0, *, us=False) -> Spot:
    return Spot(name, us, x, y, size)


def chart(*spots):
    return positioning_chart(spots, x=PRICE, y=BREADTH, size=SHARE)


def test_the_open_corner_is_named():
    says = chart(spot("Innovatech", 104, 7, us=True), spot("Nextia", 82, 3)).says

    assert says == "Nobody stands here yet: broad offer, below market price."


def test_when_every_corner_is_taken_the_nearest_company_is_named():
    spots = [spot("Us", 104, 9, us=True), spot("Near", 110, 8), spot("A", 80, 9), spot("B", 80, 1), spot("C", 120, 1)]

    assert chart(*spots).says == "Near stands nearest to Us."


def test_our_own_company_is_in_accent_and_the_circles_area_is_the_share():
    figure = chart(spot("Us", 104, 6, 6, us=True), spot("Big", 128, 8, 24)).figure

    others, ours = figure["data"]
    assert ours["marker"]["color"] == "var(--sp-accent)"
    assert others["marker"]["color"] != ours["marker"]["color"]
    assert others["marker"]["size"][0] == pytest.approx(2 * ours["marker"]["size"][0])


def test_lines_stand_where_the_market_stands():
    figure = chart(spot(x=80.0, y=2.0), spot(x=140.0, y=8.0)).figure

    upright, level = figure["layout"]["shapes"][:2]
    assert (upright["x0"], upright["x1"]) == (100, 100)
    assert (level["y0"], level["y1"]) == (5, 5)


def test_html_in_a_name_reaches_plotly_as_text():
    figure = chart(spot("<b>Bold</b> & Co"), spot("Nextia", 82, 3)).figure

    text = json.dumps(figure)
    assert "<b>" not in text
    assert "&lt;b&gt;Bold&lt;/b&gt; &amp; Co" in text


def test_the_table_has_every_company_with_its_figures():
    table = chart(spot(), spot("Nextia", 82, 3, None))

    assert list(table.columns) == ["Company", "Price index", "Breadth", "Market share"]
    assert [list(row) for row in table.rows] == [["Datacore", "128", "8", "24%"], ["Nextia", "82", "3", "–"]]


def test_names_do_not_cover_each_other_nor_leave_the_plot():
    canvas = Canvas(300, 200)

    right, left = place_labels([(250, 100, 10), (240, 100, 10)], ["Northern Lights", "Nextia"], canvas)

    assert right.get("xanchor") != "left"
    assert right != left


def test_the_chosen_axes_are_kept_and_wrong_ones_replaced():
    scales = [PRICE, SHARE, BREADTH]

    assert choose_scales(scales, x="share", y="axis-1", size="price") == (SHARE, BREADTH, PRICE)
    assert choose_scales(scales, x="axis-99", y="<x>", size="") == (PRICE, BREADTH, SHARE)
    assert choose_scales(scales, x="price", y="price", size="") == (PRICE, BREADTH, SHARE)
    assert choose_scales([PRICE, SHARE], x="share", y="", size="") == (SHARE, PRICE, SHARE)


def test_the_page_draws_the_map_of_the_axes_in_its_address(as_alice, plan):
    axis = AxisFactory(plan=plan)
    for company in CompetitorFactory.create_batch(2, plan=plan, market_share=10):
        ScoreFactory(competitor=company, axis=axis, value=4)
    url = reverse("analysis:competitors", args=[plan.pk])

    response = as_alice.get(url, {"x": f"axis-{axis.pk}", "y": "share"})

    assert response.context["chart"].title == "Positioning: Market share against Breadth of the offer"
    assert f'<option value="axis-{axis.pk}" selected>' in response.text


def test_only_the_map_is_drawn_again_when_the_axes_change(as_alice, plan, htmx):
    response = as_alice.get(
        reverse("analysis:competitors", args=[plan.pk]), {"x": "share"}, headers=htmx("positioning")
    )

    assert response.text.strip().startswith('<section class="pan g8" id="positioning"')
    assert "competitor-board" not in response.text


def test_companies_without_a_figure_are_named_under_the_map(as_alice, plan):
    CompetitorFactory.create_batch(2, plan=plan, price_index=100, market_share=5)
    CompetitorFactory(plan=plan, name="Orbis IT", market_share=5)

    response = as_alice.get(reverse("analysis:competitors", args=[plan.pk]))

    assert response.context["left_out"] == ["Orbis IT"]
    assert "a figure is missing: Orbis IT." in response.text


def test_one_company_with_both_figures_makes_no_map_yet(as_alice, plan):
    CompetitorFactory(plan=plan, price_index=100, market_share=5)
    CompetitorFactory(plan=plan, name="Orbis IT")

    response = as_alice.get(reverse("analysis:competitors", args=[plan.pk]))

    assert response.context["chart"] is None
    assert "The map appears when two companies have both figures." in response.text
