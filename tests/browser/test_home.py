"""Each begins with her question, reaches what is asked of her in two clicks, and it goes when it is done."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from kpis.kpi.periods import WEEKLY, period_of
from plans.models import Action, Plan
from tests.factories import ActionFactory, KpiFactory, PlanFactory, ReadingFactory

pytestmark = pytest.mark.django_db(transaction=True)

WEEK, DAY = dt.timedelta(weeks=1), dt.timedelta(days=1)


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def running(plan, today):
    """It runs today, whichever day that is."""
    Plan.objects.filter(pk=plan.pk).update(starts_on=today - 20 * WEEK, ends_on=today + 20 * WEEK)
    plan.refresh_from_db()
    return plan


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_a_team_member_enters_her_values_on_the_phone_and_owes_nothing(window, mia, running, today, dark):
    week = period_of(today, WEEKLY)
    for name in ("Leads", "Demos"):
        kpi = KpiFactory(plan=running, owner=mia, name=name, starts_on=week - 4 * WEEK)
        for back in range(1, 5):
            ReadingFactory(kpi=kpi, period=week - back * WEEK, value=3)
    hers = window(mia, phone=True, dark=dark)
    page = hers.open("/")
    expect(page.get_by_role("heading", level=1)).to_have_text("What I owe")
    assert (hers.sideways, hers.barriers) == (0, [])

    page.get_by_role("link", name="Enter 2 values").click()
    for name in ("Leads", "Demos"):
        field = page.get_by_role("textbox", name=name, exact=True).first
        field.fill("3")
        field.press("Enter")
        hers.settle()
    expect(page.locator("#ci-progress")).to_contain_text("2 of 2")
    page = hers.open(reverse("kpis:home"))

    expect(page.locator(".lede")).to_contain_text("No value is asked of you until")
    expect(page.get_by_role("link", name="Enter 2 values")).to_have_count(0)


@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
def test_a_manager_asks_who_is_late_and_sees_by_herself_when_it_is_done(window, mark, mia, running, today, phone):
    action = ActionFactory(objective__plan=running, title="Visit", person=mia, deadline=today - 3 * DAY)
    his = window(mark, phone=phone)
    page = his.open("/")
    expect(page.get_by_role("heading", level=1)).to_have_text("What is off")
    assert (his.sideways, his.barriers) == (0, [])

    page.get_by_role("button", name="Ask Mia Rossi").click()

    expect(page.locator("#home-figures")).to_contain_text("Asked today")
    expect(page.locator("#toasts")).to_contain_text("Mia Rossi is asked")
    expect(page.get_by_role("button", name="Ask Mia Rossi")).to_have_count(0)
    done = Action.objects.get(pk=action.pk)
    done.status, done.done_on = "done", today
    done.save()
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.locator("#home-figures")).to_contain_text("no action is past its deadline")


def test_what_one_had_opened_and_where_one_was_stays_when_the_page_changes_by_itself(window, mark, running, today):
    late = {"objective__plan": running, "person": mark, "status": "in_progress", "deadline": today - 3 * DAY}
    for number in range(10):
        ActionFactory(title=f"Visit {number}", **late)
    his = window(mark)
    page = his.open(reverse("kpis:home"))
    page.locator("#disagree-more > summary").click()
    link = page.get_by_role("link", name="Visit 9", exact=True)
    link.focus()

    ActionFactory(title="Another", **late)
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")

    expect(page.locator("#home-figures")).to_contain_text("Another")
    expect(page.locator("#disagree-more")).to_have_attribute("open", "")
    expect(link).to_be_focused()


@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
def test_a_director_closes_a_plan_that_is_over_and_it_waits_no_more(window, alice, running, workspace, today, phone):
    over = PlanFactory(workspace=workspace, name="Spring", starts_on=today - 30 * WEEK, ends_on=today - WEEK)
    hers = window(alice, phone=phone)
    page = hers.open("/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Will we make it")
    assert (hers.sideways, hers.barriers) == (0, [])

    page.get_by_role("listitem").filter(has_text="Close it").get_by_role("link").click()
    page.get_by_role("button", name="Close", exact=True).click()
    hers.settle()
    over.refresh_from_db()
    assert over.status == "closed"
    page = hers.open(reverse("kpis:home"))

    expect(page.locator("#home-figures")).to_contain_text("no plan is over")
    expect(page.locator("#home-figures")).not_to_contain_text("Spring")


def test_the_keyboard_leads_home_and_down_the_lines(window, mark, running, today):
    ActionFactory(objective__plan=running, title="Visit", person=mark, status="in_progress", deadline=today - DAY)
    his = window(mark)
    page = his.open(reverse("plans:plan_list"))

    page.keyboard.press("g")
    page.keyboard.press("h")
    page.wait_for_url("**/home/")
    his.settle()
    page.keyboard.press("j")

    assert page.evaluate("document.activeElement.closest('.att') !== null")


def test_without_scripts_the_page_says_the_same_and_asking_works(window, mark, mia, running, today):
    ActionFactory(objective__plan=running, title="Visit", person=mia, deadline=today - 3 * DAY)
    his = window(mark, scripts=False)
    page = his.open("/")

    page.get_by_role("button", name="Ask Mia Rossi").click()

    expect(page.locator("#home-figures")).to_contain_text("Asked today")
