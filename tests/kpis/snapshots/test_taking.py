"""Keeping a plan as it is."""

import uuid

import pytest

from kpis.models import Snapshot
from kpis.snapshots.queries import state_in, state_of
from kpis.snapshots.services import take_snapshot
from tests.factories import ActionFactory


def test_a_snapshot_keeps_the_plan_as_it_is(plan, alice):
    action = ActionFactory(objective__plan=plan, title="Call lost accounts")
    state = state_of(plan)

    snapshot = take_snapshot(plan, alice, "Before the negotiations")
    action.title = "Call every account"
    action.save()

    assert state_in(Snapshot.objects.get()) == state
    assert (snapshot.taken_by, snapshot.name, snapshot.kind) == (alice, "Before the negotiations", "manual")


def test_for_one_deed_it_is_taken_once(plan, alice):
    deed = uuid.uuid4()

    first, second = (take_snapshot(plan, alice, "Q1 review", Snapshot.Kind.REVIEW, uid=deed) for _time in range(2))

    assert first == second
    assert Snapshot.objects.count() == 1


def test_a_snapshot_is_never_changed(plan, alice):
    snapshot = take_snapshot(plan, alice, "Q1 review")
    snapshot.name = "Q2 review"

    with pytest.raises(TypeError, match="never changed"):
        snapshot.save()
