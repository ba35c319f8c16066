"""Two people write the same at the same instant, or one request arrives twice: the second is answered as if later."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, connections
from django.test import Client
from django.urls import reverse

from plans.actions.forms import QuickActionForm
from plans.capacity.forms import CapacityForm
from plans.models import Action, Capacity, Team
from plans.team.forms import TeamForm
from tests.factories import ObjectiveFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def quicker(monkeypatch):
    """Once a `form` has been judged, and before it is saved, somebody else does something."""

    def arrange(form, deed):
        judge, deeds = form.is_valid, [deed]

        def judge_slowly(self):
            verdict = judge(self)
            if deeds:
                deeds.pop()()
            return verdict

        monkeypatch.setattr(form, "is_valid", judge_slowly)

    return arrange


@pytest.fixture
def another(alice):
    client = Client()
    client.force_login(alice)
    return client


def test_who_gives_a_person_hours_that_she_was_just_given_is_told_so(as_mark, another, plan, mia, quicker):
    address = reverse("plans:capacity_add", args=[plan.pk])
    quicker(CapacityForm, lambda: another.post(address, {"person": mia.pk, "hours": "30"}))

    response = as_mark.post(address, {"person": mia.pk, "hours": "20"})

    assert response.status_code == 422
    assert "Mia Rossi has hours in this plan already" in response.text
    assert Capacity.objects.get().hours == 30


def test_a_form_that_arrives_twice_at_once_adds_one_row(as_alice, another, plan, quicker):
    address, data = reverse("plans:team_add", args=[plan.pk]), {"name": "Events", "uid": uuid.uuid4()}
    quicker(TeamForm, lambda: another.post(address, data))

    response = as_alice.post(address, data)

    assert response.status_code == 302
    assert Team.objects.get().history.count() == 1


def test_a_line_of_the_table_that_arrives_twice_at_once_adds_one_action(as_mark, mark, plan, quicker):
    again, key = Client(), {"Idempotency-Key": str(uuid.uuid4())}
    again.force_login(mark)
    address = reverse("plans:action_add", args=[ObjectiveFactory(plan=plan).pk])
    data = {"title": "Call", "uid": uuid.uuid4()}
    quicker(QuickActionForm, lambda: again.post(address, data, headers=key))

    response = as_mark.post(address, data, headers=key)

    assert response.status_code == 204
    assert Action.objects.get().history.count() == 1


def test_of_many_at_once_one_adds_and_the_others_are_told(plan, alice, mark, mia):
    """At once where the database of the tests lets several in; one after the other on SQLite's, in memory."""
    at_once = 4 if connection.vendor == "postgresql" else 1
    address, everybody_is_here = reverse("plans:capacity_add", args=[plan.pk]), Barrier(at_once)

    def add(number: int) -> int:
        client = Client()
        client.force_login((alice, mark)[number % 2])
        everybody_is_here.wait(30)
        try:
            return client.post(address, {"person": mia.pk, "hours": "20"}).status_code
        finally:
            if at_once > 1:
                connections.close_all()

    if at_once > 1:
        with ThreadPoolExecutor(at_once) as threads:
            answers = [status for _round in range(2) for status in threads.map(add, range(at_once))]
    else:
        answers = [add(number) for number in range(8)]

    assert sorted(answers) == [302] + [422] * 7
    assert Capacity.objects.count() == 1
