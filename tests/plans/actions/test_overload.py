"""Who has more work than hours soon."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from plans.actions.overload import NOW, SOON, overload_attention
from tests.factories import ActionFactory, CapacityFactory, ObjectiveFactory, RoleFactory

WEDNESDAY = dt.date(2026, 8, 19)


@pytest.fixture
def objective(plan):
    return ObjectiveFactory(plan=plan)


@pytest.fixture(autouse=True)
def _wednesday_in_august(monkeypatch):
    monkeypatch.setattr(timezone, "localdate", lambda *args: WEDNESDAY)


def week(number, **fields):
    """An action of 50 hours in the week that comes so many weeks after this one."""
    monday = dt.date(2026, 8, 17) + dt.timedelta(weeks=number)
    return {"effort": 50, "starts_on": monday, "deadline": monday + dt.timedelta(days=4)} | fields


def test_the_first_week_is_named_and_those_that_follow_are_counted(plan, objective, mark):
    ActionFactory(objective=objective, person=mark, **week(1))
    ActionFactory(objective=objective, person=mark, **week(2))
    ActionFactory(objective=objective, person=mark, **week(4))

    (problem,) = overload_attention(plan, WEDNESDAY)

    assert (problem.kind, problem.title, problem.weight) == ("overload", "Mark Weber", SOON)
    assert problem.detail == "50 h of work in 40 hours, 24–30 Aug, and 2 more weeks"


def test_this_week_presses_more_than_the_next(plan, objective, mark):
    ActionFactory(objective=objective, person=mark, **week(0))

    assert [problem.weight for problem in overload_attention(plan, WEDNESDAY)] == [NOW]


@pytest.mark.parametrize("fields", [week(5), week(1, effort=40), week(1, status="cancelled"), week(1, effort=None)])
def test_nothing_is_said_of_what_fits_is_far_off_or_is_not_known(plan, objective, mark, fields):
    ActionFactory(objective=objective, person=mark, **fields)

    assert overload_attention(plan, WEDNESDAY) == []


def test_nothing_is_said_of_work_that_nobody_is_there_to_do(plan, objective):
    ActionFactory(objective=objective, **week(1))
    ActionFactory(objective=objective, role=RoleFactory(team__plan=plan), **week(1))

    assert overload_attention(plan, WEDNESDAY) == []


@pytest.mark.parametrize("count", [1, 3])
def test_the_number_of_queries_does_not_grow_with_the_people(plan, objective, count, django_assert_num_queries):
    for number in range(count):
        role = RoleFactory(team__plan=plan, holder_name=f"Person {number}")
        CapacityFactory(plan=plan, name=role.holder_name, hours=20)
        ActionFactory(objective=objective, role=role, **week(1, effort=21))
    assert plan.workspace

    with django_assert_num_queries(2):  # objectives with their actions; hours of people, with how complete the plan is
        problems = overload_attention(plan, WEDNESDAY)

    assert [problem.detail for problem in problems] == count * ["21 h of work in 20 hours, 24–30 Aug"]


def test_the_overview_leads_to_what_causes_it(as_alice, plan, objective):
    for title in ("Leads", "Offers"):
        role = RoleFactory(team__plan=plan, title=title, holder_name="Emma Larsen")
        ActionFactory(objective=objective, title=title, role=role, **week(1, effort=30))
    ActionFactory(objective=objective, title="Somebody else's", **week(1))

    page = as_alice.get(reverse("kpis:dashboard", args=[plan.pk]))
    (problem,) = overload_attention(plan, WEDNESDAY)
    causes = as_alice.get(problem.url)

    assert "60 h of work in 40 hours" in page.text
    assert sorted(row["title"] for row in causes.context["page"].rows) == ["Leads", "Offers"]
