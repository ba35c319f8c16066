"""Plots and tiles leave the page as files."""

import struct

import pytest
from playwright.sync_api import expect

from tests.factories import BudgetEntryFactory, BudgetLineFactory, KpiFactory, ReadingFactory

pytestmark = pytest.mark.django_db(transaction=True)

WHITE = "rgb(255, 255, 255)"
FILE = {"Content-Disposition": 'attachment; filename="leads.svg"'}
DARK = "document.documentElement.dataset.bsTheme = 'dark'"


@pytest.fixture
def kpi(plan):
    kpi = KpiFactory(plan=plan, name="New leads", on_dashboard=True)
    ReadingFactory(kpi=kpi, value=7)
    return kpi


@pytest.fixture
def overview(plan, kpi):
    BudgetEntryFactory(line=BudgetLineFactory(plan=plan, name="Fairs & more", planned=500), amount=100)
    return f"/plans/{plan.pk}/overview/"


def take(page, box, what):
    """By the keyboard."""
    box.locator(".take-out summary").scroll_into_view_if_needed()
    page.wait_for_timeout(200)  # a menu closes when the page scrolls
    box.locator(".take-out summary").press("Enter")
    with page.expect_download() as download:
        box.locator(".take-out").get_by_text(what).press("Enter")
    return download.value


def test_a_plot_is_a_picture_that_stands_for_itself_and_prints(window, alice, plan, overview):
    page = window(alice).open(overview)
    page.evaluate(DARK)

    picture = take(page, page.locator("[data-chart=budget-by-category]"), "Picture as SVG")

    drawing = picture.path().read_text()
    assert picture.suggested_filename.endswith(".svg")
    assert "budget-by-category" in picture.suggested_filename
    for words in ("Budget by category", plan.name, "Source: Salesplan", "is spent", "Fairs", "&amp; more"):
        assert words in drawing
    assert WHITE in drawing


def test_a_png_has_twice_the_dots(window, alice, overview):
    page = window(alice).open(overview)

    picture = take(page, page.locator("[data-chart=budget-waterfall]"), "Picture as PNG")

    head = picture.path().read_bytes()[:24]
    assert head[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">I", head[16:20]) == (2_000,)


def test_figures_come_from_the_same_menu(window, alice, overview):
    page = window(alice).open(overview)

    sheet = take(page, page.locator("[data-chart=budget-by-category]"), "Figures as CSV")

    assert sheet.path().read_text("utf-8-sig").splitlines()[0].startswith("Category,Planned (EUR)")


def test_a_tile_leaves_as_picture_and_as_figures(window, alice, overview, kpi):
    page = window(alice).open(overview)
    tile = page.locator(f"[data-tile='{kpi.pk}']")

    drawing, picture = (take(page, tile, f"Picture as {kind}") for kind in ("SVG", "PNG"))
    sheet = take(page, tile, "Figures as CSV")

    assert "New leads" in drawing.path().read_text()
    assert picture.path().read_bytes().startswith(b"\x89PNG")
    assert picture.suggested_filename == drawing.suggested_filename.replace(".svg", ".png")
    assert sheet.path().read_text("utf-8-sig").startswith("Period,Value")


def test_what_could_not_be_made_is_said_where_one_is(window, alice, overview, kpi):
    page = window(alice).open(overview)
    page.route("**/tile/", lambda route: route.fulfill(body="", headers=FILE))
    tile = page.locator(f"[data-tile='{kpi.pk}']")

    tile.locator(".take-out summary").press("Enter")
    tile.get_by_text("Picture as PNG").press("Enter")

    expect(tile.get_by_text("The picture could not be made. Try again.")).to_be_visible()
