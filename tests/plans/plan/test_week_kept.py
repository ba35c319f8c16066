"""The number beside "My week" is counted once, until something of one's plans changes."""

import pytest
from django.urls import reverse

from accounts.models import Membership
from accounts.roles import Role
from plans.plan import frame
from plans.plan.frame import Week
from tests.factories import ObjectiveFactory


@pytest.fixture
def counted(monkeypatch):
    """How often it was counted."""
    calls = []

    def count(user, week_starts):
        calls.append(user)
        return Week(done=len(calls), due=9)

    monkeypatch.setattr(frame, "_week_of", [count])
    return calls


def week_shown(client):
    return client.get(reverse("plans:plan_list")).context["frame"].week_count


def test_the_week_is_counted_once_while_nothing_changes(as_alice, plan, counted):
    assert [week_shown(as_alice), week_shown(as_alice)] == ["1 of 9", "1 of 9"]


def test_a_change_in_one_of_her_plans_counts_it_again(as_alice, plan, counted):
    before = week_shown(as_alice)

    ObjectiveFactory(plan=plan)

    assert [before, week_shown(as_alice)] == ["1 of 9", "2 of 9"]


def test_weeks_that_begin_on_another_day_count_it_again(as_alice, plan, counted):
    before = week_shown(as_alice)

    plan.workspace.week_starts_on = 6
    plan.workspace.save()

    assert [before, week_shown(as_alice)] == ["1 of 9", "2 of 9"]


def test_another_role_counts_it_again(as_alice, alice, plan, counted):
    before = week_shown(as_alice)

    Membership.objects.filter(user=alice).update(role=Role.VIEWER)

    assert [before, week_shown(as_alice)] == ["1 of 9", "2 of 9"]
