"""Decisions stand on the run of the KPI they are about."""

import datetime as dt

import pytest
from django.urls import reverse

from kpis.kpi.annotations import marks_of, public_kinds
from tests.factories import ActionFactory, AgendaItemFactory, DecisionFactory, KpiFactory, ObjectiveFactory, PlanFactory


@pytest.fixture
def kpi(plan):
    return KpiFactory(plan=plan, objective=ObjectiveFactory(plan=plan))


def told(kpi):
    return [event.annotation for mark in marks_of(kpi, ["decisions"]) for event in mark.events]


def test_what_was_decided_about_a_kpi_or_its_objective_is_told_on_the_day_of_the_review(review, kpi):
    one = DecisionFactory(item=AgendaItemFactory(review=review, key=f"kpi-{kpi.pk}"), text="Ask\n more")
    DecisionFactory(item=AgendaItemFactory(review=review, key=f"objective-{kpi.objective_id}"), text="Hire two")
    DecisionFactory(item=AgendaItemFactory(review=review, key=f"kpi-{kpi.pk}0"), text="Of another KPI")

    assert [(event.day, event.text) for event in told(kpi)] == [
        (dt.date(2026, 8, 19), "Ask more"),
        (dt.date(2026, 8, 19), "Hire two"),
    ]
    assert told(kpi)[0].url == reverse("kpis:decision_detail", args=[one.pk])


def test_a_decision_whose_action_moves_the_kpi_is_told_once(other, kpi):
    action = ActionFactory(objective=kpi.objective)
    action.kpis.add(kpi)
    DecisionFactory(item=other, action=action, text="Visit the fair")
    DecisionFactory(item=other, action=ActionFactory(objective__plan=kpi.plan), text="Of another objective")

    assert [event.text for event in told(kpi)] == ["Visit the fair"]


def test_a_kpi_without_an_objective_is_told_of_its_own_decisions_only(other, plan):
    kpi = KpiFactory(plan=plan, objective=None)
    DecisionFactory(item=other, action=ActionFactory(objective__plan=plan))

    assert told(kpi) == []


def test_other_plans_and_people_outside_hear_nothing_of_it(kpi):
    elsewhere = AgendaItemFactory(review__plan=PlanFactory(workspace=kpi.plan.workspace), key=f"kpi-{kpi.pk}")
    DecisionFactory(item=elsewhere)

    assert told(kpi) == []
    assert "decisions" not in public_kinds()
