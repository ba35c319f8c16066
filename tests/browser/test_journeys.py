"""Whole journeys: the director drafts a plan from an empty page, the manager works the table, the team checks in."""

import datetime as dt
import re

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from accounts.models import User
from analysis.models import Competitor, Finding, SwotItem
from kpis.models import Kpi, Reading
from plans.models import Action, Allocation, BudgetLine, Objective, Persona, Plan, Role, SalesStage, Story
from tests.factories import ActionFactory, KpiFactory, ObjectiveFactory, ReadingFactory

pytestmark = pytest.mark.django_db(transaction=True)


class Hand:
    """Does on a page what a person does: opens the form of an item, fills it in, saves."""

    def __init__(self, window):
        self.window, self.page = window, window.page

    def add(self, path: str, **fields: str) -> None:
        """Open the form whose address ends so, fill it in, save it, and wait until the list is drawn again."""
        self.page.locator(f'a[href*="{path}"]:visible').first.click()
        self.save(**fields)

    def save(self, **fields: str) -> None:
        form = self.page.locator("form.item-form:visible").last
        form.wait_for()
        for name, value in fields.items():
            self.fill(form, name, value)
        form.locator("[type=submit]").last.click()
        form.wait_for(state="detached")
        self.window.settle()

    def fill(self, form, name: str, value: str) -> None:
        field = form.locator(f'[name="{name}"]').first
        if field.evaluate("field => field.tagName") == "SELECT":
            field.select_option(value, force=True)
        else:
            field.fill(value)

    def check(self, path: str) -> None:
        self.page.locator(f'form[action*="{path}"] [type=submit]:visible').first.click()
        self.window.settle()


@pytest.mark.parametrize("language", ["en", "pl"])
def test_a_director_drafts_a_plan_from_an_empty_page_through_all_seven_steps(window, alice, workspace, language):
    User.objects.filter(pk=alice.pk).update(language=language)
    director = window(alice, language=language)
    hand = Hand(director)

    page = director.open(reverse("plans:plan_add"))
    form = page.locator("main form").first
    for name, value in {"name": "Plan 2027", "starts_on": "2027-01-01", "ends_on": "2027-12-31"}.items():
        hand.fill(form, name, value)
    form.locator("[type=submit]").click()
    page.wait_for_url(re.compile(r"/plans/\d+/"))
    plan = Plan.objects.get()

    # 1 Situation
    director.open(reverse("analysis:research", args=[plan.pk]))
    hand.add("research-notes/add/", title="Survey")
    hand.add("findings/add/", statement="Buyers compare three suppliers")
    director.open(reverse("analysis:competitors", args=[plan.pk]))
    hand.add("competitors/add/", name="Datacore", price_index="128", market_share="24")
    director.open(reverse("analysis:swot", args=[plan.pk]))
    hand.add("quadrant=weakness", text="No presence online")

    # 2 Objectives: the change is turned into numbers
    director.open(reverse("plans:objectives", args=[plan.pk]))
    hand.add("objectives/add/", title="Sales +15 %", unit="EUR", baseline="1 000 000", ambition="+15 % by year end")

    # 3 Team, the usual structure in one click
    director.open(reverse("plans:team", args=[plan.pk]))
    hand.check("team/structure")

    # 4 Targeting
    director.open(reverse("plans:targeting", args=[plan.pk]))
    hand.add("segments/add/", name="Mid-size manufacturers")
    hand.add("personas/add/", name="Clara")

    # 5 Strategy
    director.open(reverse("plans:strategy", args=[plan.pk]))
    hand.add("stories/add/", title="The quote that took five days")

    # 6 Budget and actions
    director.open(reverse("plans:budget", args=[plan.pk]))
    hand.add("budget-lines/add/", name="Online advertising", planned="50 000,50")
    director.open(reverse("plans:actions", args=[plan.pk]))
    page.locator("[data-add-action]").first.click()
    page.locator("[data-quick] [name=title]").fill("Launch a campaign")
    page.keyboard.press("Enter")
    page.get_by_text("Launch a campaign").wait_for()

    # 7 Follow-up
    director.open(reverse("kpis:kpis", args=[plan.pk]))
    hand.add("kpis/add/", name="Leads", unit="leads", baseline="10", target="20")
    director.open(plan.get_absolute_url())

    assert "Plan 2027" in page.locator("h1").inner_text()
    assert page.locator("html").get_attribute("lang") == language
    assert Finding.objects.get().statement == "Buyers compare three suppliers"
    assert Competitor.objects.get().price_index == 128
    assert SwotItem.objects.get().quadrant == "weakness"
    objective = Objective.objects.get()
    assert (objective.target, objective.deadline) == (1_150_000, dt.date(2027, 12, 31))
    assert Role.objects.count() == 12
    assert Persona.objects.get().segment.name == "Mid-size manufacturers"
    assert SalesStage.objects.count() == 7
    assert Story.objects.count() == 1
    assert float(BudgetLine.objects.get().planned) == 50_000.5
    assert Action.objects.get().objective == objective
    assert Kpi.objects.get().target == 20


def test_a_manager_edits_the_table_in_place_by_mouse_and_by_key(window, mark, plan):
    action = ActionFactory(objective=ObjectiveFactory(plan=plan), title="Launch a campaign")
    page = window(mark).open(reverse("plans:actions", args=[plan.pk]))
    row = page.locator(f"#action-{action.pk}")

    row.locator("[data-f=status]").click()
    row.locator("select[name=status]").select_option("blocked")
    row.locator(".stt.block").wait_for()
    expect(row.locator("[data-f=status]")).to_be_focused()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Enter")
    row.locator("input[name=deadline]").fill("2026-09-30")
    page.keyboard.press("Enter")
    row.locator("input[name=deadline]").wait_for(state="detached")

    action.refresh_from_db()
    assert (action.status, action.deadline) == ("blocked", dt.date(2026, 9, 30))
    expect(row.locator("[data-f=due]")).to_be_focused()


def test_two_people_edit_one_cell_and_the_second_chooses(window, mark, alice, plan):
    action = ActionFactory(objective=ObjectiveFactory(plan=plan), title="Launch a campaign")
    url = reverse("plans:actions", args=[plan.pk])
    first, second = window(alice).open(url), window(mark).open(url)
    for page in (first, second):
        page.locator(f"#action-{action.pk} [data-f=priority]").click()
        page.locator("select[name=priority]").wait_for()

    first.locator("select[name=priority]").select_option("1")
    first.locator("select[name=priority]").wait_for(state="detached")
    second.locator("select[name=priority]").select_option("4")

    strip = second.locator(".confl")
    strip.wait_for()
    assert "Alice Martin" in strip.inner_text()
    action.refresh_from_db()
    assert action.priority == 1

    strip.locator("[type=submit], button:not([type])").last.click()
    strip.wait_for(state="detached")

    action.refresh_from_db()
    assert action.priority == 4


def test_a_deleted_action_is_brought_back_with_z(window, mark, plan):
    action = ActionFactory(objective=ObjectiveFactory(plan=plan))
    page = window(mark).open(reverse("plans:actions", args=[plan.pk]))
    row = page.locator(f"#action-{action.pk}")

    row.hover()
    row.locator(".rowmenu").click()
    page.locator("#item-menu .grave").click()
    row.wait_for(state="detached")
    assert not Action.objects.exists()
    page.keyboard.press("z")
    row.wait_for()

    assert Action.objects.get() == action


def test_a_session_that_ends_in_the_middle_of_an_edit_loses_nothing(window, mark, plan):
    action = ActionFactory(objective=ObjectiveFactory(plan=plan), title="Launch a campaign")
    manager = window(mark)
    page = manager.open(reverse("plans:actions", args=[plan.pk]))
    page.locator(f"#action-{action.pk} [data-f=title]").click(position={"x": 44, "y": 2})
    page.locator("input[name=title]").fill("Launch two campaigns")
    manager.context.clear_cookies(name="sessionid")

    page.keyboard.press("Enter")
    page.locator("#signed-out[open]").wait_for()
    assert page.locator("input[name=title]").input_value() == "Launch two campaigns"
    manager.sign_in(mark)
    page.locator("#signed-out [data-again]").click()
    page.locator("input[name=title]").wait_for(state="detached")

    action.refresh_from_db()
    assert action.title == "Launch two campaigns"


@pytest.mark.parametrize("phone", [False, True])
def test_a_member_enters_this_weeks_kpis(window, mia, plan, phone):
    Plan.objects.filter(pk=plan.pk).update(
        starts_on=timezone.localdate() - dt.timedelta(days=100), ends_on=timezone.localdate() + dt.timedelta(days=100)
    )
    for name in ("Leads", "Visits"):
        kpi = KpiFactory(plan=plan, owner=mia, name=name, unit="", baseline=1, target=9_000)
        ReadingFactory(kpi=kpi, period=timezone.localdate() - dt.timedelta(days=timezone.localdate().weekday() + 7))
    page = window(mia, phone=phone).open(reverse("kpis:week"))

    for value in ("3,5", "4"):
        field = page.locator("input[name=value]:focus, .now input[name=value]").first
        field.fill(value)
        page.keyboard.press("Enter")
        page.wait_for_timeout(900)

    assert sorted(Reading.objects.filter(entered_by=mia).values_list("value", flat=True)) == [3.5, 4]


def test_every_step_can_be_filled_in_without_javascript(window, alice, plan):
    director = window(alice, scripts=False)
    hand = Hand(director)
    page = director.page

    def add(url_name: str, pk: int, **fields: str) -> None:
        director.open(reverse(url_name, args=[pk]))
        form = page.locator("main form").first
        for name, value in fields.items():
            hand.fill(form, name, value)
        form.locator("[type=submit]").first.click()
        director.settle()

    add("analysis:researchnote_add", plan.pk, title="Survey")
    add("plans:objective_add", plan.pk, title="Sell more", unit="EUR", baseline="10", target="20")
    add("plans:team_add", plan.pk, name="Sales")
    add("plans:segment_add", plan.pk, name="Brokers")
    add("plans:story_add", plan.pk, title="The quote")
    add("plans:budgetline_add", plan.pk, name="Advertising", planned="1 000")
    objective = Objective.objects.get()
    add("plans:action_add", objective.pk, title="Launch a campaign")
    add("kpis:kpi_add", plan.pk, name="Leads", baseline="1", target="2")
    director.open(reverse("plans:action_cell", args=[Action.objects.get().pk]) + "?cell=status")
    page.locator("select[name=status]").select_option("in_progress")
    page.locator("main form [type=submit]").first.click()
    director.settle()

    assert page.url.endswith(f"#action-{Action.objects.get().pk}")
    assert Action.objects.get().status == "in_progress"
    assert Kpi.objects.get().name == "Leads"
    assert Allocation.objects.count() == 0
