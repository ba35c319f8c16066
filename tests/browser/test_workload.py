"""Workload: from too much work to what causes it, and back to where it fits."""

import datetime as dt
import re

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from plans.models import Capacity, TimeAway
from tests.factories import ActionFactory, ObjectiveFactory, PlanFactory, RoleFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def plan(workspace):
    year = timezone.localdate().year
    return PlanFactory(workspace=workspace, starts_on=dt.date(year, 1, 1), ends_on=dt.date(year + 1, 12, 31))


@pytest.fixture
def monday():
    """The Monday after next week: none of its days has gone by, whatever today is."""
    today = timezone.localdate()
    return today - dt.timedelta(days=today.weekday()) + dt.timedelta(weeks=2)


@pytest.fixture
def calls(plan, mark, mia, monday):
    objective = ObjectiveFactory(plan=plan, title="Increase sales")
    friday = monday + dt.timedelta(days=4)
    role = RoleFactory(team__plan=plan, title="Sales manager", holder=mark)
    ActionFactory(objective=objective, title="Write offers", person=mia, effort=20, starts_on=monday, deadline=friday)
    ActionFactory(objective=objective, title="Visit fairs", role=role, effort=30, starts_on=monday, deadline=friday)
    return ActionFactory(
        objective=objective, title="Call accounts", person=mark, effort=25, starts_on=monday, deadline=friday
    )


def address(plan, query=""):
    return reverse("plans:actions", args=[plan.pk]) + query


def test_from_too_much_work_to_what_causes_it_and_to_less(window, alice, plan, calls):
    page = window(alice).open(address(plan, "?view=workload"))

    expect(page.locator(".lede")).to_contain_text("Mark Weber has more work than hours. In one week:")
    page.get_by_role("link", name="55 / 40").click()
    expect(page.locator("tr[id^=action-]:not(.addr) [data-f=title]")).to_have_count(2)
    expect(page.get_by_text("Write offers")).to_have_count(0)

    cell = page.locator(f"#action-{calls.pk} [data-f=effort]")
    cell.click()
    expect(cell.get_by_label("Effort (h)")).to_be_focused()
    page.keyboard.type("7,5")
    page.keyboard.press("Enter")
    expect(cell).to_have_text("7.5")
    expect(cell).to_be_focused()

    page.get_by_role("navigation", name="View", exact=True).get_by_role("link", name="Workload").click()
    expect(page.get_by_role("row", name="Mark Weber").get_by_role("link", name="38 / 40")).to_be_visible()
    expect(page.get_by_text("Nobody has more work than hours in these weeks.")).to_be_visible()


def test_an_impossible_effort_is_explained_in_its_cell(window, alice, plan, calls):
    page = window(alice).open(address(plan, "?view=table"))
    cell = page.locator(f"#action-{calls.pk} [data-f=effort]")

    cell.click()
    expect(cell.get_by_label("Effort (h)")).to_be_focused()
    page.keyboard.type("10001")
    page.keyboard.press("Enter")

    expect(cell.get_by_role("alert")).to_have_text(re.compile("from 0 to 10,000 hours"))
    expect(cell.get_by_label("Effort (h)")).to_have_value("10001")


def test_arrows_go_from_number_to_number(window, mia, plan, calls):
    page = window(mia).open(address(plan, "?view=workload"))
    much, little = page.get_by_role("link", name="55 / 40"), page.get_by_role("link", name="20 / 40")

    much.focus()
    page.keyboard.press("ArrowDown")
    expect(little).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(much).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"week="))


def test_the_names_stay_while_the_weeks_are_scrolled_on_a_phone(window, mark, plan, calls):
    phone = window(mark, phone=True)
    page = phone.open(address(plan, "?view=workload"))
    name = page.get_by_role("rowheader", name="Mark Weber")
    before = name.bounding_box()["x"]

    page.locator(".wl-s").evaluate("panel => (panel.scrollLeft = 400)")

    assert name.bounding_box()["x"] == before
    assert phone.sideways == 0


@pytest.mark.parametrize("options", [{}, {"dark": True}, {"phone": True}])
def test_nothing_bars_the_way(window, alice, plan, calls, options):
    reader = window(alice, **options)

    for path in (address(plan, "?view=workload"), reverse("plans:capacity", args=[plan.pk])):
        reader.open(path)
        assert reader.barriers == []
        assert reader.sideways == 0


def test_hours_and_time_away_are_said_where_they_stand(window, mark, mia, plan, calls, monday):
    page = window(mark).open(reverse("plans:capacity", args=[plan.pk]))

    page.get_by_role("link", name="Add person").click()
    page.get_by_label("Person (member)").select_option(label="Mia Rossi")
    page.get_by_label("Hours a week").fill("30")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("30 h a week")).to_be_visible()

    page.get_by_role("link", name="Add time away").click()
    page.get_by_label("First day").fill(monday.isoformat())
    page.get_by_label("Last day").fill((monday + dt.timedelta(days=2)).isoformat())
    page.get_by_role("button", name="Save").click()
    expect(page.locator("[id^=timeaway-]:not(.item-add)")).to_contain_text("away")

    assert (Capacity.objects.get().person, TimeAway.objects.get().hours) == (mia, 0)
    page.get_by_role("link", name="Workload").click()
    expect(page.get_by_role("link", name="20 / 12")).to_be_visible()


def test_without_scripts_everything_is_reached_by_links(window, mark, plan, calls):
    page = window(mark, scripts=False).open(address(plan, "?view=workload"))

    page.get_by_role("link", name="Later").click()
    page.get_by_role("link", name="This week").click()
    page.get_by_role("link", name="55 / 40").click()
    expect(page.get_by_role("link", name="Call accounts")).to_be_visible()
