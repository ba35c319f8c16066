"""From when a KPI is on track: as the company says, or the KPI itself; and what hangs from it."""

import datetime as dt

import pytest
from django.urls import reverse

from kpis.kpi.progress import kpi_progress
from kpis.models import Kpi
from plans.actions.health_keeping import keep_health_current
from plans.models import Action
from tests.factories import ActionFactory, KpiFactory, ReadingFactory

TODAY = dt.date(2026, 8, 19)
FORM = {"name": "Leads", "measure": "level", "direction": "more", "rhythm": "weekly", "target": "100", "weight": "1"}


@pytest.fixture
def leads(plan):
    """At 85% of its pace."""
    kpi = KpiFactory(plan=plan, name="Leads", unit="", baseline=None, target=100)
    ReadingFactory(kpi=kpi, period=dt.date(2026, 8, 10), value=85)
    return kpi


def status(plan):
    (progress,) = kpi_progress(plan, TODAY)
    return progress.status


def test_the_company_says_what_a_share_of_the_pace_comes_to(plan, leads):
    before = status(plan)

    plan.workspace.at_risk_percent = 80

    assert (before, status(plan)) == ("off_track", "at_risk")


def test_a_kpi_says_otherwise(as_alice, plan, leads, htmx):
    typed = FORM | {"on_track_percent": "85", "at_risk_percent": "70"}

    as_alice.post(reverse("kpis:kpi_edit", args=[leads.pk]), typed, headers=htmx("kpi-list"))

    assert status(plan) == "on_track"
    assert "For this KPI: on track from 85%, at risk from 70%." in as_alice.get(leads.get_absolute_url()).text


@pytest.mark.parametrize(
    "typed",
    [
        {"on_track_percent": "85"},
        {"at_risk_percent": "85"},
        {"on_track_percent": "70", "at_risk_percent": "70"},
        {"on_track_percent": "201", "at_risk_percent": "70"},
        {"on_track_percent": "50", "at_risk_percent": "0"},
    ],
)
def test_rules_that_cannot_be_are_explained(as_alice, leads, htmx, typed):
    response = as_alice.post(reverse("kpis:kpi_edit", args=[leads.pk]), FORM | typed, headers=htmx("kpi-list"))

    leads.refresh_from_db()
    assert response.status_code == 422
    assert "Both or none. At risk begins at 1 or more" in response.text
    assert leads.on_track_percent is None


def test_other_rules_of_the_company_judge_the_actions_of_its_kpis_anew(plan, leads):
    action = ActionFactory(objective__plan=plan, deadline=dt.date(2026, 12, 31))
    leads.actions.add(action)
    plan.refresh_from_db()
    plan.health_on = None
    keep_health_current(plan, TODAY)
    before = Action.objects.get().health

    plan.workspace.at_risk_percent = 80
    plan.workspace.save()
    plan.refresh_from_db()
    keep_health_current(plan, TODAY)

    assert (before, Action.objects.get().health) == ("off_track", "at_risk")


def test_each_status_of_the_list_shows_its_rule_when_asked(as_bob, plan, leads):
    page = as_bob.get(reverse("kpis:kpis", args=[plan.pk])).text

    why = reverse("kpis:kpi_why", args=[leads.pk])
    assert f'href="{why}" data-why>' in page
    assert "85 against 100 expected: 85% of pace." in as_bob.get(why).text


def test_no_data_is_grey_in_the_list_and_says_why(as_bob, plan):
    kpi = KpiFactory(plan=plan)

    page = as_bob.get(reverse("kpis:kpis", args=[plan.pk])).text

    assert '"stt todo why"' in page
    assert "No value yet. No data is never off track." in as_bob.get(reverse("kpis:kpi_why", args=[kpi.pk])).text
    assert Kpi.objects.get().readings.count() == 0
