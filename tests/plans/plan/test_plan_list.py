import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from plans.models import Action, Plan
from salesplan.lib.memory import memory
from tests.factories import ActionFactory, AdjustmentFactory, BudgetEntryFactory, BudgetLineFactory, PlanFactory

URL = reverse("plans:plan_list")


@pytest.fixture(autouse=True)
def cold_cache():
    memory.clear()


def row(response):
    return response.context["rows"][0]


@pytest.mark.parametrize("item_count", [1, 3])
def test_the_number_of_queries_does_not_grow_with_the_plans(as_alice, workspace, item_count, django_assert_num_queries):
    for plan in PlanFactory.create_batch(item_count, workspace=workspace):
        ActionFactory.create_batch(2, objective__plan=plan)
    as_alice.get(URL)
    memory.clear()

    # session, user, workspace, tab counts, plans, completeness; in the rail: workspaces, the week
    with django_assert_num_queries(8):
        response = as_alice.get(URL)

    assert len(response.context["rows"]) == item_count


def test_a_plan_says_what_is_late_and_what_is_blocked(as_alice, plan):
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    ActionFactory(objective__plan=plan, deadline=yesterday)
    ActionFactory(objective__plan=plan, deadline=yesterday, status=Action.Status.BLOCKED)
    ActionFactory(objective__plan=plan, deadline=yesterday, status=Action.Status.DONE, done_on=yesterday)

    response = as_alice.get(URL)

    assert [need.words for need in row(response).needs] == ["2 overdue", "1 blocked"]
    assert "1 of 3" in response.text


def test_money_moved_between_lines_does_not_change_how_much_of_the_budget_is_used(as_alice, plan):
    line, other = BudgetLineFactory(plan=plan, planned=1000), BudgetLineFactory(plan=plan, planned=500)
    AdjustmentFactory(plan=plan, from_line=line, to_line=other, amount=200)
    AdjustmentFactory(plan=plan, from_line=None, to_line=other, amount=500)
    BudgetEntryFactory(line=line, amount=500)

    response = as_alice.get(URL)

    assert row(response).budget_used == 25


def test_a_draft_says_what_it_lacks_first(as_alice, plan):
    Plan.objects.update(status=Plan.Status.DRAFT)

    response = as_alice.get(URL)

    assert len(row(response).needs) == 1


def test_each_tab_shows_its_plans_only(as_alice, workspace):
    for status in Plan.Status.values:
        PlanFactory(workspace=workspace, name=f"Plan {status}", status=status)

    shown = {
        tab: {row.plan.status for row in as_alice.get(URL, {"tab": tab}).context["rows"]}
        for tab in ("open", "closed", "archived", "nonsense")
    }

    assert shown == {
        "open": {"draft", "active"},
        "closed": {"closed"},
        "archived": {"archived"},
        "nonsense": {"draft", "active"},
    }


def test_plans_of_another_workspace_are_not_even_counted(as_alice, plan):
    PlanFactory.create_batch(2)

    response = as_alice.get(URL)

    assert response.context["counts"] == {"open": 1, "closed": 0, "archived": 0}


def test_the_first_plan_is_asked_for_where_there_is_none(as_alice):
    response = as_alice.get(URL)

    assert "Your first plan takes about 40 minutes." in response.text
    assert reverse("plans:plan_add") in response.text


def test_who_may_not_begin_a_plan_is_not_offered_to(as_bob):
    response = as_bob.get(URL)

    assert reverse("plans:plan_add") not in response.text


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "words"),
    [
        ("2026-01-01", "2026-12-31", "Jan–Dec 2026"),
        ("2026-06-01", "2027-05-31", "Jun 2026 – May 2027"),
        ("2026-02-01", "2026-02-28", "Feb 2026"),
        ("2026-03-15", "2026-04-30", "15 Mar 2026 – 30 Apr 2026"),
    ],
)
def test_a_period_is_said_in_whole_months_where_it_can_be(starts_on, ends_on, words):
    plan = PlanFactory.build(starts_on=dt.date.fromisoformat(starts_on), ends_on=dt.date.fromisoformat(ends_on))

    assert plan.period == words


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "words"),
    [
        ("2027-01-01", "2027-12-31", "sty–gru 2027"),
        ("2026-06-01", "2027-05-31", "cze 2026 – maj 2027"),
        ("2027-01-01", "2027-01-31", "sty 2027"),
    ],
)
def test_a_period_in_polish_writes_its_months_small(starts_on, ends_on, words):
    plan = PlanFactory.build(starts_on=dt.date.fromisoformat(starts_on), ends_on=dt.date.fromisoformat(ends_on))

    with translation.override("pl"):
        assert plan.period == words
