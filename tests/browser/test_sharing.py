"""The overview for people outside, and on the screen of a meeting room."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from kpis.models import SharedLink
from kpis.sharing.models import digest_of
from tests.factories import ActionFactory, KpiFactory, ReadingFactory, SharedLinkFactory

pytestmark = pytest.mark.django_db(transaction=True)

TOKEN = "b7Qx-what-nobody-guesses"
#: What is promised, in milliseconds.
SOON = 10_000


@pytest.fixture
def action(plan):
    kpi = KpiFactory(plan=plan, name="Qualified leads", on_dashboard=True)
    ReadingFactory(kpi=kpi)
    return ActionFactory(objective__plan=plan, title="Exhibit in Lyon", status="blocked")


@pytest.fixture
def shared(plan, mark, action) -> str:
    SharedLinkFactory(plan=plan, made_by=mark, digest=digest_of(TOKEN))
    return reverse("kpis:shared", args=[TOKEN])


def rename(action, title: str) -> None:
    """As a colleague does."""
    action.title = title
    action.save()


def ask(page) -> None:
    """What is new, at once: that it asks by itself, the test of two windows shows."""
    page.evaluate("document.dispatchEvent(new CustomEvent('ask-news'))")


def test_a_link_is_made_opened_outside_and_revoked(window, mark, plan, action):
    his, board = window(mark), window()
    page = his.open(plan.get_absolute_url())
    page.get_by_text("Share", exact=True).click()
    page.get_by_role("link", name="Links for people outside").click()
    page.get_by_label("For whom").fill("The board")
    page.get_by_role("button", name="Make the link").click()
    address = page.get_by_label("Address of the link").input_value()

    outside = board.open(address.removeprefix(board.server))
    expect(outside.get_by_role("heading", name=plan.name)).to_be_visible()
    expect(outside.locator("main")).to_contain_text("Exhibit in Lyon")
    outside.locator("[data-chart=kpi-attainment] .js-plotly-plot").wait_for()
    outside.locator("[data-chart=kpi-attainment] summary").click()
    expect(outside.locator("[data-chart=kpi-attainment] table")).to_contain_text("Qualified leads")
    page.reload()  # sends the form again: one link, and its address
    assert page.get_by_label("Address of the link").input_value() == address
    expect(page.locator(".shares li")).to_have_count(1)
    expect(page.locator(".shares")).to_contain_text("opened once")

    page.get_by_role("button", name="Revoke the link for The board").click()
    expect(page.locator("#toasts")).to_contain_text("has ended")
    outside.reload()

    expect(outside.get_by_role("heading")).to_have_text("This link has ended")
    board.faults = [fault for fault in board.faults if "404" not in fault]


def test_the_field_of_the_day_comes_with_the_choice_of_it(window, mark, plan):
    page = window(mark).open(reverse("kpis:shared_links", args=[plan.pk]))
    expect(page.get_by_label("Last day")).to_be_hidden()

    page.get_by_label("30 days").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")

    expect(page.get_by_label("Last day")).to_be_visible()


def test_a_screen_follows_what_a_colleague_changes(window, bob, plan, action, shared):
    room = window(bob).open(f"{plan.get_absolute_url()}?screen=1")
    outside = window().open(f"{shared}?screen=1")
    room.locator(".more-att, .att").first.wait_for()

    rename(action, "Exhibit in Hannover")

    for page in (room, outside):
        expect(page.locator("#screen-figures")).to_contain_text("Exhibit in Hannover", timeout=SOON)
        expect(page.locator("#screen-told")).to_contain_text("The figures changed at")
        page.locator(".js-plotly-plot").first.wait_for()


def test_what_was_opened_on_a_screen_stays_open(window, action, shared):
    page = window().open(f"{shared}?screen=1")
    table = page.locator("[data-chart=kpi-attainment] .as-table")
    table.locator("summary").click()
    expect(table.locator("table")).to_be_visible()

    rename(action, "Exhibit in Hannover")
    ask(page)

    expect(page.locator("#screen-figures")).to_contain_text("Exhibit in Hannover")
    expect(table.locator("table")).to_be_visible()


def test_a_screen_that_is_cut_off_says_so_and_goes_on(window, action, shared):
    outside = window()
    page = outside.open(f"{shared}?screen=1")
    expect(page.locator("#screen-at")).to_contain_text(re.compile(r"Figures of \d\d:\d\d"))

    outside.context.set_offline(True)
    ask(page)
    expect(page.locator("#screen-told")).to_contain_text("No connection. The figures are those of")
    rename(action, "Exhibit in Hannover")
    outside.context.set_offline(False)

    expect(page.locator("#screen-figures")).to_contain_text("Exhibit in Hannover")
    expect(page.locator("#screen-told")).to_contain_text("The figures changed at")
    outside.faults = [fault for fault in outside.faults if "ERR_INTERNET_DISCONNECTED" not in fault]


def test_a_screen_nobody_looks_at_asks_nothing(window, action, shared):
    page = window().open(f"{shared}?screen=1")
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.evaluate("Object.defineProperty(document, 'hidden', { get: () => true, configurable: true })")

    ask(page)
    page.wait_for_timeout(300)
    assert asked == []

    page.evaluate("delete document.hidden; document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))")
    expect(page.locator("#screen-told")).to_be_empty()
    page.wait_for_timeout(300)
    assert len(asked) == 1


def test_a_link_that_ends_takes_its_figures_off_the_screen(window, action, shared):
    outside = window()
    page = outside.open(f"{shared}?screen=1")
    SharedLink.objects.update(revoked_at="2026-01-01T00:00Z")

    ask(page)

    expect(page.get_by_role("heading")).to_have_text("This link has ended")
    outside.faults = [fault for fault in outside.faults if "404" not in fault]


def test_f_opens_it_and_fills_the_screen_and_escape_leaves(window, bob, plan, action):
    page = window(bob).open(plan.get_absolute_url())
    page.keyboard.press("f")
    page.wait_for_url("**/?screen=1")

    page.locator("#screen-fill:visible").wait_for()
    page.keyboard.press("f")
    page.wait_for_function("document.fullscreenElement")
    page.keyboard.press("f")
    page.wait_for_function("!document.fullscreenElement")
    assert page.url.endswith("?screen=1")
    page.keyboard.press("Escape")

    page.wait_for_url(f"**{plan.get_absolute_url()}")


@pytest.mark.parametrize(
    "options", [{}, {"dark": True}, {"phone": True}, {"scripts": False}], ids=["light", "dark", "phone", "no script"]
)
def test_no_page_of_it_has_a_barrier_or_is_wider_than_its_window(window, mark, plan, shared, options):
    outside, his, faults = window(**options), window(mark, **options), []
    SharedLinkFactory(plan=plan, made_by=mark, ends_on="2026-01-01", name="A" * 60)
    pages = [(outside, shared), (outside, f"{shared}?screen=1"), (outside, f"{shared}plots/?table=kpi-attainment")]
    for reader, path in [*pages, (his, reverse("kpis:shared_links", args=[plan.pk]))]:
        page = reader.open(path)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        if options.get("scripts", True):
            page.evaluate("document.querySelectorAll('details').forEach((part) => (part.open = true))")
            faults += [f"{path} {barrier}" for barrier in reader.barriers]
            assert reader.sideways <= 1, path

    assert faults == []
