"""Bringing back what was deleted, when the world has moved on meanwhile."""

from plans.items.bin import bin_item, restore_item
from plans.models import Objective, Responsibility, Role
from tests.factories import ObjectiveFactory, ResponsibilityFactory, RoleFactory


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
