"""Copies of rows with all that hangs from them: a whole plan in a new period, or one item beside itself."""

import datetime as dt
import uuid
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.apps import apps
from django.db import models, transaction

from plans.plan.models import Plan, PlanItem

type Copies = dict[tuple[type[models.Model], Any], PlanItem]
type Rows = Callable[[Plan], Iterable[PlanItem]]

_rows: dict[type[PlanItem], Rows] = {}


def register_rows(model: type[PlanItem], rows: Rows) -> None:
    """`rows` says what of `model` a new period begins with, where that is not the rows as they stand."""
    _rows[model] = rows


def copied_models() -> list[type[PlanItem]]:
    """Every kind of item that goes along with its plan, those pointed at before those that point."""
    kinds = [model for model in apps.get_models() if issubclass(model, PlanItem) and model.COPIED]
    ordered: list[type[PlanItem]] = []
    while kinds:
        ready = [model for model in kinds if not (_pointed_at(model) & set(kinds)) - {model}]
        ordered += ready or kinds
        kinds = [model for model in kinds if model not in ordered]
    return ordered


@transaction.atomic
def copy_items(source: Plan, target: Plan, *, shift: dt.timedelta) -> Copies:
    """Copy everything intended in `source` to `target`, every date moved by `shift`.

    What happened (readings, money spent, adjustments) stays behind: `PlanItem.COPIED`.
    """
    copies: Copies = {}
    for model in copied_models():
        rows = _rows[model](source) if model in _rows else model.objects.filter(plan=source)
        _copy_rows(rows, copies, shift=shift, fixed={"plan": target})
    _copy_links(copies)
    return copies


@transaction.atomic
def duplicate_item(item: PlanItem, *, fixed: Mapping[str, Any] | None = None) -> PlanItem:
    """Copy `item` and what it is made of (its roles, its criteria ...); the copy stands right after it."""
    copies: Copies = {}
    level: list[PlanItem] = [item]
    _copy_rows(level, copies, shift=dt.timedelta(0), fixed=dict(fixed or {}))
    while level:
        level = [child for row in level for child in _children(row)]
        _copy_rows(level, copies, shift=dt.timedelta(0), fixed={})
    _copy_links(copies)
    return copies[type(item), item.pk]


def _pointed_at(model: type[models.Model]) -> set:
    return {field.related_model for field in model._meta.fields if field.is_relation}


def _children(row: PlanItem) -> Iterable[PlanItem]:
    """Rows listed under this one: those whose PARENT it is."""
    for model in copied_models():
        if model.PARENT != "plan" and model.parent_model() is type(row):
            yield from model.objects.filter(**{model.PARENT: row})


def _copy_rows(rows: Iterable[PlanItem], copies: Copies, *, shift: dt.timedelta, fixed: dict) -> None:
    late: list[tuple[PlanItem, str, Any]] = []
    for row in rows:
        copy = type(row)(**{f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields if not f.primary_key})
        copy.uid, copy.version = uuid.uuid4(), 0
        for field in row._meta.concrete_fields:
            value = getattr(copy, field.attname)
            if isinstance(field, models.DateField) and not isinstance(field, models.DateTimeField) and value:
                setattr(copy, field.attname, value + shift)
            elif isinstance(field, models.ForeignKey) and value and issubclass(field.related_model, PlanItem):
                pointed = copies.get((field.related_model, value))
                if pointed:
                    setattr(copy, field.attname, pointed.pk)
                elif field.related_model is type(row):
                    # A row of the same kind (a role's superior) that may not be copied yet.
                    late.append((copy, field.attname, (field.related_model, value)))
                    if "plan" in fixed:
                        setattr(copy, field.attname, None)
        for name, value in fixed.items():
            setattr(copy, name, value)
        copy.save(force_insert=True)
        copies[type(row), row.pk] = copy
    for copy, attname, key in late:
        if pointed := copies.get(key):
            setattr(copy, attname, pointed.pk)
            copy.save(update_fields=[attname])


def _copy_links(copies: Copies) -> None:
    """Many-to-many links: to the copy where there is one, else to the original of the same plan."""
    for (model, pk), copy in copies.items():
        for field in model._meta.many_to_many:
            linked = getattr(model._default_manager.get(pk=pk), field.name).values_list("pk", flat=True)
            if linked:
                getattr(copy, field.name).set(
                    copies[field.related_model, other].pk if (field.related_model, other) in copies else other
                    for other in linked
                )
