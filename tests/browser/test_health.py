"""Health beside status: why a row is marked, by mouse and by key, and the mark that goes with what is mended."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from tests.factories import ActionFactory, ObjectiveFactory

pytestmark = pytest.mark.django_db(transaction=True)
WHY = "Waits for “Hire an agency”, which is 2 days late"


@pytest.fixture
def table(plan, mark):
    today = timezone.localdate()
    objective = ObjectiveFactory(plan=plan)
    usual = {"objective": objective, "person": mark, "status": "in_progress"}
    hire = ActionFactory(title="Hire an agency", deadline=today - dt.timedelta(days=2), position=0, **usual)
    launch = ActionFactory(title="Launch", deadline=today + dt.timedelta(days=40), position=1, **usual)
    launch.waits_for.add(hire)
    return reverse("plans:actions", args=[plan.pk])


def test_the_reason_shows_by_key_and_goes_when_what_it_waits_for_is_done(window, mark, table):
    mine = window(mark)
    page = mine.open(table)
    first, second = page.locator("td[data-f=status]").first, page.locator("td[data-f=status]").nth(1)
    expect(second).to_contain_text("≠ Off track")
    expect(second.locator("i")).to_have_css("opacity", "0")

    first.focus()
    page.keyboard.press("ArrowDown")
    expect(second.locator("i")).to_have_css("opacity", "1")
    expect(second.locator("i")).to_have_text(f" {WHY}")
    assert mine.barriers == []

    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    page.locator("form[data-cell] select").select_option("done")
    expect(first).to_contain_text("Done")
    expect(page.locator("td[data-f=status] b")).to_have_count(0)


def test_one_finds_where_they_disagree_without_javascript(window, mark, table):
    page = window(mark, scripts=False).open(f"{table}?filters=1")

    page.get_by_label("Status and health").select_option(label="Where they disagree")
    page.get_by_role("button", name="Show").click()
    expect(page.locator("tr[id^=action-]:not(.addr)")).to_have_count(2)

    page.get_by_role("link", name="Launch").click()
    expect(page.locator("#health")).to_contain_text(WHY)
    page.get_by_role("link", name=WHY).click()
    expect(page.locator("#health")).to_contain_text("2 days late")


@pytest.mark.parametrize("options", [{"phone": True}, {"phone": True, "dark": True}])
def test_on_a_phone_the_reason_stands_in_the_row(window, mark, table, options):
    mine = window(mark, **options)
    page = mine.open(table)

    expect(page.get_by_text(WHY)).to_be_visible()
    assert mine.sideways == 0
    assert mine.barriers == []


@pytest.mark.parametrize("view", ["board", "timeline", "calendar", "mine"])
def test_the_other_views_show_it_without_barriers(window, mark, table, view):
    mine = window(mark, dark=view in {"board", "timeline"})
    month = timezone.localdate() + dt.timedelta(days=40)
    page = mine.open(f"{table}?view={view}&month={month:%Y-%m}")

    expect(page.get_by_text("Off track").first).to_be_attached()
    assert mine.barriers == []
