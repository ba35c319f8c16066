"""Bringing back what was deleted, when the world has moved on meanwhile."""

import datetime as dt

from django.utils import timezone

from plans.items.bin import BIN_DAYS, bin_item, restore_item
from plans.items.tasks import empty_bins
from plans.models import BinnedItem, Objective, Responsibility, Role
from tests.factories import BinnedItemFactory, ObjectiveFactory, ResponsibilityFactory, RoleFactory


def test_a_part_in_an_objective_that_is_gone_stays_away(alice):
    part = ResponsibilityFactory()
    binned = bin_item(part.role, by=alice)
    part.objective.delete()

    left_out = restore_item(binned)

    assert left_out == 1
    assert Role.objects.filter(pk=part.role_id).exists()
    assert not Responsibility.objects.exists()


def test_a_part_whose_place_is_taken_stays_away(alice):
    part = ResponsibilityFactory(kind="A")
    binned = bin_item(part.role, by=alice)
    other = ResponsibilityFactory(kind="A", role=RoleFactory(team=part.role.team), objective=part.objective)

    left_out = restore_item(binned)

    assert left_out == 1
    assert list(Responsibility.objects.all()) == [other]


def test_restoring_is_recorded_in_the_history(alice, plan):
    pk = ObjectiveFactory(plan=plan).pk
    binned = bin_item(Objective.objects.get(pk=pk), by=alice)

    restore_item(binned)

    assert [record.history_type for record in Objective.history.filter(id=pk)] == ["+", "-", "+"]


def test_what_nobody_brought_back_in_time_is_gone_for_good(plan):
    for label, days in (("Old", BIN_DAYS + 1), ("Recent", BIN_DAYS - 1)):
        BinnedItemFactory(plan=plan, label=label, deleted_at=timezone.now() - dt.timedelta(days=days))

    empty_bins.func()

    assert [item.label for item in BinnedItem.objects.all()] == ["Recent"]
