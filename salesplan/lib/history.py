"""What was changed in a row, by whom and when, in words."""

import datetime as dt
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.formats import date_format

#: Fields that keep the books, and say nothing to a reader.
SILENT = frozenset({"id", "uid", "version", "position", "changed_at", "plan"})


@dataclass(frozen=True)
class FieldChange:
    label: str
    old: str
    new: str


@dataclass(frozen=True)
class Change:
    """`kind` is "+" for created, "~" for changed, "-" for deleted."""

    when: dt.datetime
    who: str
    kind: str
    fields: list[FieldChange] = field(default_factory=list)


def changes_of(row: Any, *, limit: int) -> list[Change]:
    """The latest changes of a row with simple history, newest first; saves that changed nothing are left out."""
    records = list(row.history.select_related("history_user").order_by("-history_date", "-history_id")[: limit + 1])
    changes = [_change(new, old) for new, old in pairwise(records)]
    if records and len(records) <= limit:
        first = records[-1]
        changes.append(Change(first.history_date, str(first.history_user or ""), first.history_type))
    return [change for change in changes if change.fields or change.kind != "~"]


def _change(new: Any, old: Any) -> Change:
    delta = new.diff_against(old, foreign_keys_are_objs=True)
    fields = [
        FieldChange(
            _label(new.instance_type, change.field),
            _shown(new.instance_type, change.field, change.old),
            _shown(new.instance_type, change.field, change.new),
        )
        for change in delta.changes
        if change.field not in SILENT
    ]
    return Change(new.history_date, str(new.history_user or ""), new.history_type, fields)


def _label(model: type[models.Model], name: str) -> str:
    try:
        return str(model._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
    except FieldDoesNotExist:
        return name


def _shown(model: type[models.Model], name: str, value: Any) -> str:
    choices = dict(getattr(model._meta.get_field(name), "flatchoices", None) or ())
    if isinstance(value, dt.date):
        return date_format(value, "SHORT_DATE_FORMAT")
    return "–" if value in (None, "") else str(choices.get(value, value))
