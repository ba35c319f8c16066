"""A plan begins with what others begin with."""

import datetime as dt

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from analysis.gallery.catalogue import BLUEPRINTS
from analysis.gallery.services import start_plan
from analysis.gallery.tasks import open_example
from kpis.models import Kpi
from plans.actions.health_keeping import judge_actions
from plans.models import Action, Allocation, BudgetLine, Objective, Plan
from plans.plan.models import Aim

DATA = {"name": "Growth 2027", "starts_on": "2027-01-01", "months": 12, "currency": "PLN"}


def test_there_is_a_template_for_each_of_the_five_aims():
    assert {blueprint.aim for blueprint in BLUEPRINTS.values()} == set(Aim)


@pytest.mark.parametrize("key", BLUEPRINTS)
def test_every_template_becomes_a_plan_whose_sums_add_up(workspace, alice, key):
    blueprint = BLUEPRINTS[key]

    plan = start_plan(
        blueprint,
        workspace=workspace,
        owner=alice,
        name="Test",
        starts_on=dt.date(2027, 1, 1),
        ends_on=dt.date(2027, 6, 30),
    )

    assert Objective.objects.in_plan(plan).count() == len(blueprint.objectives)
    assert Action.objects.in_plan(plan).count() == blueprint.action_count
    assert Kpi.objects.in_plan(plan).count() == blueprint.kpi_count
    assert sum(line.planned for line in BudgetLine.objects.in_plan(plan)) == blueprint.budget
    for line in BudgetLine.objects.in_plan(plan):
        assert sum(part.amount for part in Allocation.objects.filter(line=line)) <= line.planned
    for action in Action.objects.in_plan(plan):
        assert plan.starts_on <= action.starts_on <= action.deadline <= plan.ends_on
        assert action.role is not None
    assert judge_actions(plan, timezone.localdate()) == {}


def test_starting_from_a_template_leads_to_its_objectives(as_alice, workspace):
    response = as_alice.post(reverse("analysis:gallery_start", args=["more-sales"]), DATA)

    plan = Plan.objects.get()
    assert response.url == reverse("plans:objectives", args=[plan.pk])
    assert (plan.name, plan.currency, plan.status) == ("Growth 2027", "PLN", "draft")
    assert plan.ends_on == dt.date(2027, 12, 31)


def test_a_wrong_start_is_explained_and_makes_no_plan(as_alice, workspace):
    url = reverse("analysis:gallery_start", args=["more-sales"])

    response = as_alice.post(url, DATA | {"starts_on": "2027-02-31"})

    assert response.status_code == 422
    assert "There is no such day" in response.text
    assert 'value="Growth 2027"' in response.text
    assert not Plan.objects.exists()


def test_those_who_may_not_draft_plans_cannot_start_one(as_bob, workspace):
    assert as_bob.post(reverse("analysis:gallery_start", args=["more-sales"]), DATA).status_code == 403
    assert as_bob.post(reverse("analysis:gallery_example")).status_code == 403


def test_an_unknown_template_is_not_found(as_alice):
    assert as_alice.get(reverse("analysis:gallery_start", args=["nothing"])).status_code == 404


@pytest.mark.django_db(transaction=True)  # the worker lets go of its connection, and with it of any transaction
def test_the_example_is_built_by_the_worker_and_opens_when_it_is_there(as_alice, workspace):
    waiting = as_alice.post(reverse("analysis:gallery_example")).url

    call_command("db_worker", batch=True, interval=0, verbosity=0)

    plan = Plan.objects.get()
    assert plan.template_key == "innovatech"
    assert as_alice.get(waiting).url == plan.get_absolute_url()


def test_progress_of_somebody_elses_example_is_not_found(client, carol, alice, workspace, db):
    result = open_example.enqueue(alice.pk, workspace.pk, "en")
    url = reverse("analysis:gallery_progress", args=[result.id])
    client.force_login(carol)

    assert client.get(url).status_code == 404

    client.force_login(alice)
    assert "some seconds" in client.get(url).text
