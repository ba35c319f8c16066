"""Copies of rows with all that hangs from them: a whole plan in a new period, or one item beside itself."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django.apps import apps
from django.db import models, transaction

from plans.plan.models import Plan, PlanItem
from plans.plan.signals import rows_rewritten

type Copies = dict[tuple[type[models.Model], Any], PlanItem]
type Rows = Callable[[Plan], Iterable[PlanItem]]
type Follow = Callable[[Copies], None]

_rows: dict[type[PlanItem], Rows] = {}
_follow: list[Follow] = []


def register_rows(model: type[PlanItem], rows: Rows) -> None:
    """`rows` says what of `model` a new period begins with, where that is not the rows as they stand."""
    _rows[model] = rows


def register_following(follow: Follow) -> None:
    """`follow` lets copies that name other rows in a text name the copies of these."""
    _follow.append(follow)


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
    _follow_copies(copies)
    _tell(target.pk, copies)
    return copies


def duplicate_item(item: PlanItem, *, fixed: Mapping[str, Any] | None = None) -> PlanItem:
    """Copy `item` and what it is made of (its roles, its criteria ...); the copy stands right after it."""
    (copy,) = duplicate_items([item], fixed=fixed)
    return copy


@transaction.atomic
def duplicate_items(items: Sequence[PlanItem], *, fixed: Mapping[str, Any] | None = None) -> list[PlanItem]:
    """Copies of rows of one kind, in their order; what links them among each other links the copies too."""
    copies: Copies = {}
    level: list[PlanItem] = list(items)
    _copy_rows(level, copies, shift=dt.timedelta(0), fixed=dict(fixed or {}))
    while level:
        level = list(_children(level))
        _copy_rows(level, copies, shift=dt.timedelta(0), fixed={})
    _copy_links(copies)
    _follow_copies(copies)
    _tell(items[0].plan_id, copies)
    return [copies[type(item), item.pk] for item in items]


def _follow_copies(copies: Copies) -> None:
    for follow in _follow:
        follow(copies)


def _tell(plan_id: int, copies: Copies) -> None:
    rows_rewritten.send(copy_items, plan_id=plan_id, models={model for model, _pk in copies})


def _pointed_at(model: type[models.Model]) -> set:
    return {field.related_model for field in model._meta.fields if field.is_relation}


def _children(rows: Iterable[PlanItem]) -> Iterable[PlanItem]:
    """Rows listed under these: those whose PARENT one of them is."""
    kinds: dict[type[models.Model], list[PlanItem]] = defaultdict(list)
    for row in rows:
        kinds[type(row)].append(row)
    for model in copied_models():
        if model.PARENT != "plan" and (parents := kinds.get(model.parent_model())):
            yield from model.objects.filter(**{f"{model.PARENT}__in": parents})


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
        _share_parent(row, copy)
        copy.save(force_insert=True)
        copies[type(row), row.pk] = copy
    for copy, attname, key in late:
        if pointed := copies.get(key):
            setattr(copy, attname, pointed.pk)
            copy.save(update_fields=[attname])


def _share_parent(row: PlanItem, copy: PlanItem) -> None:
    """Saving asks the parent for its plan: of many rows under one parent, known already, it is not fetched again."""
    parent: Any = row._meta.get_field(row.PARENT)
    if parent.is_cached(row) and getattr(copy, parent.attname) == getattr(row, parent.attname):
        setattr(copy, row.PARENT, getattr(row, row.PARENT))


def _copy_links(copies: Copies) -> None:
    """Many-to-many links: to the copy where there is one, else to the original of the same plan."""
    originals: dict[type[models.Model], list[Any]] = defaultdict(list)
    for model, pk in copies:
        originals[model].append(pk)
    for model, pks in originals.items():
        for field in model._meta.many_to_many:
            _copy_links_of(field, pks, copies)


def _copy_links_of(field: models.ManyToManyField, pks: list[Any], copies: Copies) -> None:
    through: Any = field.remote_field.through
    ours, theirs = f"{field.m2m_field_name()}_id", f"{field.m2m_reverse_field_name()}_id"
    links = through._default_manager.filter(**{f"{ours}__in": pks}).values_list(ours, theirs)
    through._default_manager.bulk_create(
        through(**{ours: copies[field.model, pk].pk, theirs: _copied(copies, field, other)}) for pk, other in links
    )


def _copied(copies: Copies, field: models.ManyToManyField, pk: Any) -> Any:
    copy = copies.get((field.related_model, pk))
    return copy.pk if copy else pk
