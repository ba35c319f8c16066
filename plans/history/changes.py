"""All that was changed in a row: what, from what to what, by whom, when and how it came about."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Any

from django.db.models import OuterRef, Subquery
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
    #: What was changed: its id, and what it was called then.
    row: int = 0
    name: str = ""


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
    pairs = list(zip(records, [*records[1:], None], strict=False))[:PAGE]  # of none, none
    changes = _changes(type(row), pairs, plan)
    if changes and not first:
        changes[0] = replace(changes[0], is_current=True)
    return Past(list(_by_day(changes)), first + PAGE if len(records) > PAGE else None)


def past_of_plan(model: type[PlanItem], plan: Plan, *, since: dt.datetime, first: int = 0) -> Past:
    """The same of all rows of a kind, each change with what it was made in."""
    every: Any = model.history
    earlier = every.filter(id=OuterRef("id"), history_id__lt=OuterRef("history_id")).order_by("-history_id")
    found = every.filter(plan_id=plan.pk, history_date__gt=since).select_related("history_user")
    found = found.annotate(before=Subquery(earlier.values("history_id")[:1])).order_by("-history_date", "-history_id")
    records = list(found[first : first + PAGE + 1])
    known = {record.history_id: record for record in every.filter(history_id__in=[one.before for one in records])}
    pairs = [(record, known.get(record.before)) for record in records[:PAGE]]
    return Past(list(_by_day(_changes(model, pairs, plan))), first + PAGE if len(records) > PAGE else None)


def _changes(model: type[PlanItem], pairs: Sequence[tuple[Any, Any]], plan: Plan) -> list[Change]:
    """Of versions, each with the one before it; without those in which nothing changed."""
    names = Names(_targets(model, pairs))
    changes = (_change(record, before, plan, names) for record, before in pairs)
    return [change for change in changes if change.fields or change.kind != "~" or change.cause]


def _is_news(record: Any, plan: Plan) -> bool:
    since = plan.news_since
    return since is not None and record.history_date > since and record.history_user_id != plan.reader_id


def _by_day(changes: list[Change]) -> Iterator[Day]:
    def key(change: Change) -> tuple[dt.date, str]:
        return timezone.localtime(change.when).date(), change.who

    for (on, who), group in groupby(changes, key):
        yield Day(on, who, list(group))


def _targets(model: type[PlanItem], pairs: Iterable[tuple[Any, Any]]) -> Iterator[Target]:
    """What the values point at that have changed."""
    for record, before in pairs:
        for each in told_fields(model) if before else ():
            old, new = getattr(before, each.attname), getattr(record, each.attname)
            yield from (target for value in (old, new) if old != new and (target := target_of(each, value)))
        for link, (before, after) in (record.links or {}).items():
            yield from ((linked_model(model, link), pk) for pk in (*before, *after))


def _change(record: Any, before: Any, plan: Plan, names: Names) -> Change:
    kind = record.history_type
    fields: list[FieldChange] = []
    if kind == "+" and before is not None:
        kind = "back"
    elif kind == "~" and before is not None:
        fields = [*_fields_changed(record, before, plan, names)]
    if kind in {"+", "~"}:
        fields += _links_changed(record, names)
    who = str(record.history_user or "")
    return Change(
        record.history_date,
        who,
        kind,
        record.version,
        said(record.history_change_reason),
        fields,
        is_news=_is_news(record, plan),
        row=record.id,
        name=str(record.instance),
    )


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
        FieldChange(
            label_of(model, link), links_in_words(model, link, old, names), links_in_words(model, link, new, names)
        )
        for link, (old, new) in (record.links or {}).items()
    ]
