"""All that was changed in a row: what, from what to what, by whom, when and how it came about."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from typing import Any

from django.db import models
from django.utils import timezone

from plans.history.causes import said
from plans.history.names import Names, Target
from plans.history.values import (
    in_words,
    label_of,
    linked_model,
    links_in_words,
    pieces_of,
    target_of,
    told_fields,
)
from plans.plan.models import Plan, PlanItem

#: So many versions are read at once.
PAGE = 20


@dataclass(frozen=True)
class FieldChange:
    label: str
    old: str
    new: str
    #: Of a long text, what to read of it (`word_by_word`).
    pieces: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True)
class Change:
    """`kind` is "+" for created, "~" for changed, "-" for deleted, "back" for brought back from the bin."""

    when: dt.datetime
    who: str
    kind: str
    #: The version that came of it.
    version: int
    cause: str = ""
    fields: list[FieldChange] = field(default_factory=list)
    #: Whether it is what the row is now, so that there is nothing to restore.
    is_current: bool = False
    #: Made by somebody else since the reader's last visit.
    is_news: bool = False


@dataclass(frozen=True)
class Day:
    """What one person did on one day."""

    on: dt.date
    who: str
    changes: list[Change]


@dataclass(frozen=True)
class Past:
    days: list[Day]
    #: How many versions were read before the next page; None on the last.
    following: int | None


def past_of(row: PlanItem, plan: Plan, *, first: int = 0) -> Past:
    """One page of what was changed, newest first; versions in which nothing changed are left out."""
    found = row.history.select_related("history_user").order_by("-history_date", "-history_id")
    records = list(found[first : first + PAGE + 1])
    names = Names(_targets(type(row), records))
    changes = []
    for place, record in enumerate(records[:PAGE]):
        before = records[place + 1] if place + 1 < len(records) else None
        is_news = _is_news(record, plan)
        change = _change(record, before, plan, names, is_current=first + place == 0, is_news=is_news)
        if change.fields or change.kind != "~" or change.cause:
            changes.append(change)
    return Past(list(_by_day(changes)), first + PAGE if len(records) > PAGE else None)


def _is_news(record: Any, plan: Plan) -> bool:
    since = plan.news_since
    return since is not None and record.history_date > since and record.history_user_id != plan.reader_id


def _by_day(changes: list[Change]) -> Iterator[Day]:
    def key(change: Change) -> tuple[dt.date, str]:
        return timezone.localtime(change.when).date(), change.who

    for (on, who), group in groupby(changes, key):
        yield Day(on, who, list(group))


def _targets(model: type[PlanItem], records: list[Any]) -> Iterator[Target]:
    """What the values point at that have changed."""
    for record, before in pairwise(records):
        for each in told_fields(model):
            old, new = getattr(before, each.attname), getattr(record, each.attname)
            yield from (target for value in (old, new) if old != new and (target := target_of(each, value)))
    for record in records:
        for link, (before, after) in (record.links or {}).items():
            yield from ((linked_model(model, link), pk) for pk in (*before, *after))


def _change(record: Any, before: Any, plan: Plan, names: Names, *, is_current: bool, is_news: bool) -> Change:
    kind = record.history_type
    fields: list[FieldChange] = []
    if kind == "+" and before is not None:
        kind = "back"
    elif kind == "~" and before is not None:
        fields = [*_fields_changed(record, before, plan, names)]
    if kind in {"+", "~"}:
        fields += _links_changed(record, names)
    who = str(record.history_user or "")
    cause = said(record.history_change_reason)
    return Change(record.history_date, who, kind, record.version, cause, fields, is_current, is_news)


def _fields_changed(record: Any, before: Any, plan: Plan, names: Names) -> Iterator[FieldChange]:
    model = record.instance_type
    for each in told_fields(model):
        old, new = getattr(before, each.attname), getattr(record, each.attname)
        if old != new:
            words = in_words(each, before, plan, names), in_words(each, record, plan, names)
            yield FieldChange(label_of(model, each.name), *words, pieces=pieces_of(each, old, new))


def _links_changed(record: Any, names: Names) -> list[FieldChange]:
    model = record.instance_type
    return [
        FieldChange(label_of(model, link), *(links_in_words(model, link, pks, names) for pks in pair))
        for link, pair in (record.links or {}).items()
    ]


