"""Statements composed once: rows are saved as Django saves them, whatever their values."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db.models import F

from plans.models import Action
from salesplan.lib import saving
from tests.factories import ActionFactory, ObjectiveFactory


@pytest.fixture
def objective(plan):
    return ObjectiveFactory(plan=plan)


@pytest.fixture
def statements(monkeypatch):
    """None is composed yet."""
    monkeypatch.setattr(saving, "_statements", {})
    return saving._statements


def test_a_row_is_stored_with_all_its_values_and_knows_its_id(objective, statements):
    action = ActionFactory(
        objective=objective,
        title="100% of “A”; DROP TABLE",
        deadline=dt.date(2026, 5, 1),
        effort=Decimal("7.50"),
        expected_return=None,
    )

    found = Action.objects.get(pk=action.pk)

    for field in Action._meta.concrete_fields:
        assert getattr(found, field.attname) == getattr(action, field.attname), field.name


def test_rows_of_a_kind_are_stored_by_the_statement_of_the_first(objective, statements):
    ActionFactory(objective=objective)
    composed = dict(statements)

    actions = ActionFactory.create_batch(2, objective=objective)

    assert statements == composed
    assert len({action.pk for action in actions} | {action.uid for action in actions}) == 4


def test_each_set_of_columns_has_a_statement_of_its_own(objective, statements):
    action = ActionFactory(objective=objective, priority=3, effort=None)
    action.title, action.priority, action.effort = "Another", 1, Decimal(2)

    action.save(update_fields=["priority"])
    found = Action.objects.get(pk=action.pk)

    assert (found.priority, found.effort) == (1, None)
    assert found.title != "Another"

    action.save(update_fields=["effort", "title"])
    found = Action.objects.get(pk=action.pk)

    assert (found.title, found.effort) == ("Another", Decimal(2))


def test_a_row_is_brought_back_under_its_id(objective, statements):
    action = ActionFactory(objective=objective)
    pk = action.pk
    Action.objects.filter(pk=pk).delete()

    action.pk = pk
    action.save(force_insert=True)

    assert Action.objects.get().pk == pk


def test_what_is_computed_by_the_database_is_still_computed_there(objective, statements):
    action = ActionFactory(objective=objective, priority=2)
    action.priority = F("priority") + 1

    action.save(update_fields=["priority"])

    assert Action.objects.get().priority == 3


def test_a_row_that_is_gone_is_not_saved_silently(objective, statements):
    action = ActionFactory(objective=objective)
    Action.objects.filter(pk=action.pk).delete()

    with pytest.raises(Action.NotUpdated):
        action.save(update_fields=["title"])
