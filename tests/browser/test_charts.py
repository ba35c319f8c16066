"""Plots are fetched and drawn after the page: those near the view first."""

import re

import pytest
from playwright.sync_api import expect

from tests.factories import (
    ActionFactory,
    BudgetEntryFactory,
    BudgetLineFactory,
    CompetitorFactory,
    KpiFactory,
    ObjectiveFactory,
    ReadingFactory,
)

pytestmark = pytest.mark.django_db(transaction=True)

PLOTS = re.compile("/plots/")


@pytest.fixture
def overview(plan):
    """A page much higher than its window."""
    for number in range(12):
        objective = ObjectiveFactory(plan=plan, title=f"Objective {number}")
        ReadingFactory(kpi=KpiFactory(plan=plan, objective=objective, on_dashboard=True), value=number)
        ActionFactory(objective=objective)
    BudgetEntryFactory(line=BudgetLineFactory(plan=plan, planned=500), amount=100)
    return f"/plans/{plan.pk}/overview/"


def drawn(page, chart):
    return page.locator(f"[data-chart={chart}] .main-svg").first


def test_a_plot_nobody_has_come_to_is_drawn_too_and_moves_nothing(window, alice, overview):
    page = window(alice).open(overview)
    before = page.evaluate("document.documentElement.scrollHeight")

    expect(drawn(page, "actions-by-week")).to_be_attached()

    assert page.evaluate("scrollY") == 0
    assert page.evaluate("document.documentElement.scrollHeight") == before


def test_one_answer_serves_all_plots_of_a_page(window, alice, overview):
    reader = window(alice)
    asked = []
    reader.page.on("request", lambda request: asked.append(request.url) if PLOTS.search(request.url) else None)
    page = reader.open(overview)

    for chart in ("objective-progress", "budget-by-category", "actions-by-week"):
        page.locator(f"[data-chart={chart}]").scroll_into_view_if_needed()
        expect(drawn(page, chart)).to_be_visible()

    assert len(asked) == 1


def test_colours_follow_the_theme(window, alice, overview):
    page = window(alice).open(overview)
    page.locator("[data-chart=budget-waterfall]").scroll_into_view_if_needed()
    text = drawn(page, "budget-waterfall").locator("text").first
    light = text.evaluate("text => getComputedStyle(text).fill")

    page.evaluate("document.documentElement.dataset.bsTheme = 'dark'")

    expect(drawn(page, "budget-waterfall").locator("text").first).not_to_have_css("fill", light)


def test_what_cannot_be_fetched_says_so_and_can_be_tried_again(window, alice, overview):
    reader = window(alice)
    reader.page.route(PLOTS, lambda route: route.abort())
    page = reader.open(overview)
    chart = page.locator("[data-chart=budget-waterfall]")
    chart.scroll_into_view_if_needed()

    expect(chart.get_by_text("The plot could not be loaded.")).to_be_visible()
    page.unroute(PLOTS)
    chart.get_by_role("button", name="Try again").click()

    expect(drawn(page, "budget-waterfall")).to_be_visible()
    expect(page.get_by_text("The plot could not be loaded.").first).to_be_hidden()
    assert reader.faults != []
    reader.faults.clear()  # the browser's own word about the answer that was withheld


def test_who_was_signed_out_signs_in_and_goes_on(window, alice, overview):
    reader = window(alice)
    page = reader.open("/")
    page.route(PLOTS, lambda route: route.fulfill(status=401))
    page.goto(reader.server + overview)

    dialog = page.get_by_role("dialog", name="You were signed out")
    expect(dialog).to_be_visible()
    page.unroute(PLOTS)
    dialog.get_by_role("button", name="Try again").click()

    expect(dialog).to_be_hidden()
    expect(page.locator("[data-chart] .main-svg").first).to_be_visible()


def test_other_axes_draw_another_map(window, alice, plan):
    CompetitorFactory(plan=plan, name="Innovatech", price_index=104, market_share=6)
    CompetitorFactory(plan=plan, name="Datacore", price_index=128, market_share=24)
    page = window(alice).open(f"/plans/{plan.pk}/situation/competitors/")
    page.locator("[data-chart=positioning-map]").scroll_into_view_if_needed()
    expect(drawn(page, "positioning-map")).to_be_visible()

    page.locator("#map-x").select_option("share")
    page.locator("#map-y").select_option("price")

    expect(page.get_by_role("heading", name="Positioning: Price index against Market share")).to_be_visible()
    expect(drawn(page, "positioning-map")).to_be_visible()


def test_the_table_is_fetched_when_it_is_opened(window, alice, overview):
    page = window(alice).open(overview)
    chart = page.locator("[data-chart=budget-waterfall]")

    expect(chart.locator("table")).to_have_count(0)

    chart.get_by_text("Show as table").click()

    expect(chart.get_by_role("rowheader", name="Left")).to_be_visible()


def test_without_javascript_the_table_is_a_link_away(window, alice, overview):
    page = window(alice, scripts=False).open(overview)
    chart = page.locator("[data-chart=budget-waterfall]")
    expect(chart.locator(".chart")).to_be_hidden()

    chart.get_by_text("Show as table").click()
    chart.locator(".as-table").get_by_role("link").click()

    expect(page.get_by_role("rowheader", name="Left")).to_be_visible()


def test_paper_shows_what_was_never_scrolled_to(window, alice, overview):
    page = window(alice).open(overview)
    expect(page.locator("[data-chart] .main-svg").first).to_be_visible()

    page.evaluate("dispatchEvent(new Event('beforeprint'))")

    expect(drawn(page, "actions-by-week")).to_be_attached()
