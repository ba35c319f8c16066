"""Too much work, an objective without action, an action without KPI: worked examples."""

import datetime as dt
from decimal import Decimal

import pytest

from kpis.alerts.cards import Card
from kpis.alerts.rules import rule_named
from plans.models import Action
from tests.factories import ActionFactory, AllocationFactory, KpiFactory, ObjectiveFactory
from tests.kpis.alerts.conftest import TODAY, open_alerts


def card_of(alert) -> Card:
    return Card(alert, rule_named(alert.rule), alert.plan, TODAY)


@pytest.fixture
def objective(plan, mark):
    return ObjectiveFactory(plan=plan, title="Retain customers", owner=mark, deadline=dt.date(2026, 12, 31))


def test_more_work_than_hours_in_a_week_is_an_alert(judge, workspace, objective, mia):
    workspace.hours_per_week = 40
    workspace.save()
    # Three days are left of the week, 24 hours; until Friday 60 are to be done.
    ActionFactory(objective=objective, person=mia, effort=60, deadline=dt.date(2026, 8, 21))

    judge()

    (alert,) = open_alerts("overload")
    card = card_of(alert)
    assert card.name == "Mia Rossi"
    assert card.says == "60 hours of work where there are 24, in the week of 17–23 Aug."
    assert card.clears == "36 hours of that week done by somebody else or later."
    assert alert.level == 36
    assert list(alert.people.all()) == [mia]
    assert f"who=person-{mia.pk}" in card.way.url


def test_work_that_fits_is_none(judge, objective, mia):
    ActionFactory(objective=objective, person=mia, effort=20, deadline=dt.date(2026, 8, 21))

    judge()

    assert open_alerts("overload") == []


def test_an_objective_without_action_concerns_whoever_answers_for_it(judge, objective, mark):
    judge()

    (alert,) = open_alerts("no_action")
    card = card_of(alert)
    assert card.says == "No action says how it is to be reached. It is due on 31 Dec."
    assert list(alert.people.all()) == [mark]
    assert card.way.url.endswith(f"#group-{objective.pk}")


def test_one_whose_actions_were_all_cancelled_has_none(judge, objective):
    ActionFactory(objective=objective, status=Action.Status.CANCELLED)
    judge()
    assert card_of(open_alerts("no_action")[0]).says == "Its only action was cancelled. It is due on 31 Dec."

    ActionFactory(objective=objective)
    judge()

    assert open_alerts("no_action") == []


@pytest.mark.parametrize(("days", "level"), [(31, 1), (30, 2), (0, 2), (-1, 3)])
def test_it_is_worse_the_nearer_it_is_due(judge, objective, days, level):
    objective.deadline = TODAY + dt.timedelta(days=days)
    objective.save()

    judge()

    assert open_alerts("no_action")[0].level == Decimal(level)


@pytest.mark.parametrize("status", ["in_progress", "at_risk", "blocked"])
def test_an_action_under_way_without_kpi_is_an_alert(judge, objective, mia, status):
    action = ActionFactory(objective=objective, status=status, person=mia)

    judge()

    (alert,) = open_alerts("no_kpi")
    label = Action.Status(status).label.lower()
    assert card_of(alert).says == f"It is {label}, and no KPI will show what it brings."
    assert list(alert.people.all()) == [mia]
    assert card_of(alert).way.url == f"/actions/{action.pk}/kpis/"


def test_so_is_one_that_costs_money(judge, objective):
    AllocationFactory(line__plan=objective.plan, action=ActionFactory(objective=objective))

    judge()

    assert card_of(open_alerts("no_kpi")[0]).says == "Money was given to it, and no KPI will show what it brings."


@pytest.mark.parametrize("status", ["not_started", "done", "cancelled"])
def test_what_waits_and_what_is_over_needs_none(judge, objective, status):
    done_on = TODAY if status == "done" else None
    ActionFactory(objective=objective, status=status, done_on=done_on)

    judge()

    assert open_alerts("no_kpi") == []


def test_with_a_kpi_linked_it_clears(judge, plan, objective):
    action = ActionFactory(objective=objective, status="in_progress")
    judge()

    action.kpis.add(KpiFactory(plan=plan))
    judge()

    assert open_alerts("no_kpi") == []
