"""What pages of rows weigh: fifty of everything, and no page sends more than 60 KB of HTML."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from analysis.models import SwotItem
from kpis.sharing.models import digest_of
from tests.factories import (
    ActionFactory,
    AllocationFactory,
    AnswerFactory,
    AxisFactory,
    BudgetEntryFactory,
    BudgetLineFactory,
    CapacityFactory,
    CommunicationFactory,
    CompetitorFactory,
    CriterionFactory,
    EvidenceFactory,
    FindingFactory,
    KpiFactory,
    MembershipFactory,
    ObjectiveFactory,
    PersonaFactory,
    PlanFactory,
    ReadingFactory,
    RoleFactory,
    ScoreFactory,
    SharedLinkFactory,
    StoryFactory,
    SurveyFactory,
    SwotItemFactory,
    TeamFactory,
    ThemeFactory,
    TimeAwayFactory,
)

MOST_BYTES = 60_000
ROWS, OBJECTIVES = 50, 10
#: The page, and whether it is that of a plan.
PAGES = [
    ("kpis:checkin", True),
    ("kpis:dashboard", True),
    ("kpis:kpis", True),
    ("plans:actions", True),
    ("plans:allocations", True),
    ("plans:budget", True),
    ("kpis:week", False),
]
LISTS = [
    "plans:objectives",
    "plans:targeting",
    "plans:team",
    "plans:communications",
    "plans:capacity",
    "plans:responsibilities",
    "plans:strategy",
    "analysis:competitors",
    "analysis:research",
    "analysis:swot",
    "kpis:feedback",
    "kpis:surveys",
    "kpis:themes",
]


@pytest.fixture
def full_plan(workspace, alice):
    today = timezone.localdate()
    monday = today - dt.timedelta(days=today.weekday())
    half_a_year = dt.timedelta(days=180)
    plan = PlanFactory(workspace=workspace, starts_on=today - half_a_year, ends_on=today + half_a_year)
    role = RoleFactory(team__plan=plan, holder=alice)
    objectives = [
        ObjectiveFactory(plan=plan, title=f"Win back accounts of region {number}", owner=alice)
        for number in range(OBJECTIVES)
    ]
    for number in range(ROWS):
        objective = objectives[number % OBJECTIVES]
        action = ActionFactory(
            objective=objective, title=f"Call district {number}", deadline=today, role=role, effort="7.25"
        )
        line = BudgetLineFactory(plan=plan, name=f"Budget line number {number}", planned=1_000)
        BudgetEntryFactory(line=line, amount=100)
        AllocationFactory(line=line, action=action, amount=200)
        name = f"Qualified leads of district {number}"
        kpi = KpiFactory(plan=plan, name=name, objective=objective, owner=alice, unit="leads", on_dashboard=True)
        for week in range(1, 9):
            ReadingFactory(kpi=kpi, period=monday - dt.timedelta(weeks=week), value=2 - week / 10)
    return plan


@pytest.fixture
def full_lists(workspace, alice):
    """What a plan writes down before it has actions: fifty of each."""
    plan = PlanFactory(workspace=workspace)
    team, axis = TeamFactory(plan=plan), AxisFactory(plan=plan)
    for number in range(ROWS):
        ObjectiveFactory(plan=plan, title=f"Win back accounts of region {number}", owner=alice)
        RoleFactory(team=team, title=f"Sales manager {number}", holder=alice)
        TimeAwayFactory(capacity=CapacityFactory(plan=plan, name=f"Emma Larsen {number}"))
        CommunicationFactory(plan=plan, name=f"Monday meeting {number}")
        PersonaFactory(segment=CriterionFactory(segment__plan=plan).segment)
        StoryFactory(plan=plan, title=f"The quote that took {number} days")
        FindingFactory(note__plan=plan)
        ScoreFactory(competitor=CompetitorFactory(plan=plan, name=f"Datacore {number}"), axis=axis)
        answer = AnswerFactory(plan=plan, survey=SurveyFactory(plan=plan), scale="nps", score=3, customer="K. Nowak")
        answer.themes.add(ThemeFactory(plan=plan, name=f"Theme number {number}"))
        quadrant = SwotItem.Quadrant.values[number % 4]
        point = SwotItemFactory(plan=plan, text=f"Quotes take five days in region {number}", quadrant=quadrant)
        EvidenceFactory(item=point, source=f"Quote log {number}")
    return plan


@pytest.mark.parametrize("name", LISTS)
def test_a_list_of_fifty_rows_is_light(as_alice, full_lists, name):
    page = as_alice.get(reverse(name, args=[full_lists.pk]))

    assert page.status_code == 200
    assert len(page.content) <= MOST_BYTES


def test_a_list_of_fifty_plans_is_light(as_alice, workspace):
    PlanFactory.create_batch(ROWS, workspace=workspace)

    assert len(as_alice.get(reverse("plans:plan_list")).content) <= MOST_BYTES


def test_a_list_of_fifty_people_is_light(as_alice, workspace):
    MembershipFactory.create_batch(ROWS, workspace=workspace)

    assert len(as_alice.get(reverse("accounts:member_list")).content) <= MOST_BYTES


@pytest.mark.parametrize(("name", "of_a_plan"), PAGES)
def test_a_page_of_fifty_rows_is_light(as_alice, full_plan, name, of_a_plan):
    page = as_alice.get(reverse(name, args=[full_plan.pk] if of_a_plan else []))

    assert page.status_code == 200
    assert len(page.content) <= MOST_BYTES


@pytest.mark.parametrize("view", ["board", "board&by=who", "timeline", "calendar", "mine", "workload"])
def test_each_view_of_fifty_actions_is_light(as_alice, full_plan, view):
    page = as_alice.get(reverse("plans:actions", args=[full_plan.pk]) + f"?view={view}")

    assert page.context["page"].shown >= min(page.context["page"].total, 25)
    assert len(page.content) <= MOST_BYTES


def test_the_workload_of_fifty_people_is_light(as_alice, full_plan):
    for number, action in enumerate(full_plan.action_set.all()):
        action.role = RoleFactory(team__plan=full_plan, title=f"Sales manager {number}", holder_name=f"Person {number}")
        action.deadline += dt.timedelta(days=100)
        action.effort = 9_999
        action.save()

    page = as_alice.get(reverse("plans:actions", args=[full_plan.pk]) + "?view=workload&status=not_started")

    assert page.text.count('class="over"') == 20 * 12 + 12 + 1  # people, their sum, and the key
    assert len(page.content) <= MOST_BYTES


@pytest.mark.parametrize("name", ["plans:actions", "kpis:kpis", "kpis:dashboard"])
def test_a_page_of_fifty_rows_is_light_in_polish_too(as_alice, full_plan, alice, name):
    alice.language = "pl"
    alice.save()

    page = as_alice.get(reverse(name, args=[full_plan.pk]))

    assert 'lang="pl"' in page.text
    assert len(page.content) <= MOST_BYTES


def test_the_dashboard_is_light_with_as_many_objectives(as_alice, full_plan, alice):
    for number in range(OBJECTIVES, ROWS):
        objective = ObjectiveFactory(plan=full_plan, title=f"Win back accounts of region {number}", owner=alice)
        ReadingFactory(kpi=KpiFactory(plan=full_plan, objective=objective, on_dashboard=True))

    page = as_alice.get(reverse("kpis:dashboard", args=[full_plan.pk]))

    assert len(page.content) <= MOST_BYTES


@pytest.mark.parametrize("language", ["en", "pl"])
def test_the_overview_outside_is_light_too(client, full_plan, alice, language):
    SharedLinkFactory(plan=full_plan, made_by=alice, digest=digest_of("token"), language=language)

    page = client.get(reverse("kpis:shared", args=["token"]))

    assert page.status_code == 200
    assert len(page.content) <= MOST_BYTES
