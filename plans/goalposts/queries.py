import datetime as dt
from collections.abc import Iterable
from copy import copy
from typing import Any

from django.db.models import Exists, OuterRef

from plans.goalposts.models import MovedGoalpost
from plans.goalposts.words import move_words, timing_words
from plans.plan.models import Plan, PlanItem


def moved_goalposts(plan: Plan, since: dt.datetime | None = None) -> list[MovedGoalpost]:
    """All that was moved in the plan, or what was since a moment; newest first: one query."""
    moved = MovedGoalpost.objects.in_plan(plan).select_related("moved_by")
    return _told(moved if since is None else moved.filter(moved_at__gt=since))


def is_moved(model: type[PlanItem]) -> Exists:
    """Whether any was moved of a row: part of the query that reads it."""
    kind = model._meta.label_lower
    return Exists(MovedGoalpost.objects.filter(plan=OuterRef("plan"), kind=kind, row=OuterRef("pk")).order_by())


def moved_of(row: PlanItem) -> list[MovedGoalpost]:
    """Of one objective or KPI, newest first."""
    moved = MovedGoalpost.objects.filter(plan=row.plan_id, kind=row._meta.label_lower, row=row.pk)
    return _told(moved.select_related("moved_by"))


def original_of(row: Any, moved: Iterable[MovedGoalpost]) -> Any:
    """The row with the goalposts it had when the plan was approved, or when it was added after that.

    `moved` is all that was moved of it, newest first.
    """
    original = copy(row)
    for move in moved:
        setattr(original, move.field, move.values[0])
    return original


def _told(moved: Iterable[MovedGoalpost]) -> list[MovedGoalpost]:
    """Each with its `words` and its `timing`."""
    found = list(moved)
    for move in found:
        move.words, move.timing = move_words(move), timing_words(move)
    return found
