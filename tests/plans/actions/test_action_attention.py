"""Which actions ask for somebody."""

import datetime as dt

import pytest
from django.urls import reverse

from plans.actions.attention import action_attention
from plans.models import Plan
from tests.factories import ActionFactory, ObjectiveFactory, RoleFactory

TODAY = dt.date(2026, 8, 19)


@pytest.fixture
def objective(plan):
    return ObjectiveFactory(plan=plan, title="Increase sales")


def problems(plan):
    return [(problem.kind, problem.title, problem.detail) for problem in action_attention(plan, TODAY)]


def in_days(days):
    return TODAY + dt.timedelta(days=days)


@pytest.mark.parametrize(
    ("fields", "kind", "detail"),
    [
        ({"deadline": in_days(-1)}, "overdue", "1 day overdue, Mark Weber"),
        ({"deadline": in_days(-48), "status": "blocked"}, "overdue", "48 days overdue, Mark Weber"),
        ({"status": "blocked"}, "blocked", "Blocked, Mark Weber"),
        ({"status": "at_risk"}, "at_risk", "At risk, Mark Weber"),
        ({"deadline": TODAY}, "at_risk", "Due today, not started, Mark Weber"),
        ({"deadline": in_days(3)}, "at_risk", "Due in 3 days, not started, Mark Weber"),
    ],
)
def test_an_action_asks_once_for_the_worst_there_is(plan, objective, mark, fields, kind, detail):
    action = ActionFactory(objective=objective, title="Call", person=mark, **fields)

    assert problems(plan) == [(kind, "Call", detail)]
    assert action_attention(plan, TODAY)[0].url == action.get_absolute_url()


@pytest.mark.parametrize(
    "fields",
    [
        {"deadline": in_days(-3), "status": "done", "done_on": TODAY},
        {"deadline": in_days(-3), "status": "cancelled"},
        {"deadline": in_days(3), "status": "in_progress"},
        {"deadline": in_days(8)},
    ],
)
def test_what_goes_as_it_should_asks_for_nothing(plan, objective, mark, fields):
    ActionFactory(objective=objective, person=mark, **fields)

    assert problems(plan) == []


def test_a_role_answers_by_the_name_of_its_holder(plan, objective):
    role = RoleFactory(team__plan=plan, title="Sales manager", holder_name="Eva Lind")
    ActionFactory(objective=objective, title="Call", role=role, status="blocked")

    assert problems(plan) == [("blocked", "Call", "Blocked, Eva Lind")]


def test_nobody_is_a_gap_said_once_for_many(plan, objective):
    ActionFactory.create_batch(3, objective=objective, title="Call")
    assert problems(plan) == 3 * [("missing", "Call", "Nobody is responsible")]

    ActionFactory(objective=objective)
    (problem,) = action_attention(plan, TODAY)
    assert (problem.title, problem.url) == ("4 actions without anybody", f"/plans/{plan.pk}/actions/?who=none")


def test_an_objective_without_an_action_leads_to_its_place_in_the_table(plan, objective):
    (problem,) = action_attention(plan, TODAY)

    assert (problem.title, problem.detail) == ("Increase sales", "Objective without an action")
    assert problem.url == f"/plans/{plan.pk}/actions/?view=table#group-{objective.pk}"


def test_a_draft_has_gaps_but_nothing_late(plan, objective):
    plan.status = "draft"
    ActionFactory(objective=objective, title="Call", deadline=in_days(-3))

    assert problems(plan) == [("missing", "Call", "Nobody is responsible")]


def test_the_longer_late_the_more_pressing(plan, objective, mark):
    for days in (-1, -400, -10):
        ActionFactory(objective=objective, title=f"{days}", person=mark, deadline=in_days(days))

    weights = {problem.title: problem.weight for problem in action_attention(plan, TODAY)}

    assert sorted(weights, key=weights.__getitem__) == ["-1", "-10", "-400"]
    assert min(weights.values()) > 100


def test_what_owners_say_is_counted_where_dates_and_kpis_say_otherwise(plan, objective, mark):
    late = {"objective": objective, "deadline": in_days(-1), "person": mark}
    ActionFactory(status="in_progress", title="Call", **late)
    ActionFactory(status="at_risk", title="Visit", **late)
    ActionFactory(objective=objective, title="Write", status="blocked", person=mark, deadline=in_days(20))

    (line,) = [problem for problem in action_attention(plan, TODAY) if problem.kind == "disagrees"]

    assert line.title == "2 actions whose status and health disagree"
    assert line.url == reverse("plans:actions", args=[plan.pk]) + "?view=table&disagrees=yes"


def test_nobody_is_asked_to_compare_before_the_plan_is_carried_out(plan, objective, mark):
    Plan.objects.filter(pk=plan.pk).update(status=Plan.Status.DRAFT)
    plan.refresh_from_db()
    ActionFactory(objective=objective, status="in_progress", deadline=in_days(-1), person=mark)

    assert problems(plan) == []


@pytest.mark.parametrize("count", [1, 3])
def test_it_costs_the_same_however_many_actions(plan, count, django_assert_num_queries):
    for objective in ObjectiveFactory.create_batch(count, plan=plan):
        ActionFactory.create_batch(count, objective=objective, deadline=in_days(-3))

    action_attention(plan, TODAY)  # the first of the day computes their health

    with django_assert_num_queries(1):  # objectives with their actions and who answers for them
        action_attention(plan, TODAY)
