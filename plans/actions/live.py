"""What has happened to the actions of a plan since somebody looked: who changed which, read from their history, and
which of the others are off track or well again because of it.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import BigIntegerField, CharField, ExpressionWrapper, F, QuerySet, Value
from django.db.models.functions import Coalesce, NullIf

from plans.actions.models import Action
from plans.plan.models import Plan
from salesplan.lib.prepared import prepared

#: A change is dated before it is committed, and another may be committed before it. So it is looked for from so much
#: earlier; what was told already is told again, and the page finds nothing new in it.
MARGIN = dt.timedelta(seconds=15)
#: More than that are not told one by one: the page is drawn again.
MOST_ACTIONS, MOST_RECORDS = 60, 240

Allocation: Any = Action.allocations.field.model


@dataclass
class Note:
    """The latest that was done to an action.

    `mine` when the one who asks has done all of it, or nobody has: only its health is another.
    """

    pk: int
    title: str
    who: str
    when: dt.datetime
    mine: bool
    is_new: bool = False
    is_gone: bool = False


def notes_since(plan: Plan, seen: dt.datetime, *, reader: Any) -> list[Note] | None:
    """The latest change last; None when there are more than one wants to hear of."""
    # What was seen before the plan was made is older than all of it; its margin may lie outside the calendar.
    since = min(max(seen, plan.created_at), plan.changed_at) - MARGIN
    records = [*_changes(plan, since), *_allocations(plan, since)]
    notes: dict[int, Note] = {}
    for record in sorted(records, key=lambda record: record["history_date"]):
        _take_down(notes, record, reader)
    for pk, title, judged_at in _judged(plan, since):
        notes.setdefault(pk, Note(pk, title, who="", when=judged_at, mine=True))
    return None if len(records) >= MOST_RECORDS or len(notes) > MOST_ACTIONS else list(notes.values())


def _take_down(notes: dict[int, Note], record: dict[str, Any], reader: Any) -> None:
    before = notes.pop(record["row"], None)
    mine = record["history_user"] == reader.pk
    note = Note(record["row"], record["called"], record["who"], record["history_date"], mine)
    if before:
        note.title, note.is_new, note.is_gone = note.title or before.title, before.is_new, before.is_gone
        if mine and not before.mine:
            note.who, note.when, note.mine = before.who, before.when, False
    if record["what"] in {"+", "-"}:
        note.is_new, note.is_gone = record["what"] == "+", record["what"] == "-"
    notes[note.pk] = note


@prepared
def _changes(plan: Any, since: dt.datetime) -> QuerySet:
    records = _since(Action, plan, since)
    return _latest(records.annotate(row=F("id"), called=F("title"), what=F("history_type")))


@prepared
def _allocations(plan: Any, since: dt.datetime) -> QuerySet:
    """What is allocated stands in the row of the action, and is no field of it."""
    records = _since(Allocation, plan, since)
    return _latest(records.annotate(row=F("action"), called=Value(""), what=Value("~")))


@prepared
def _judged(plan: Any, since: dt.datetime) -> QuerySet:
    rows = Action.objects.filter(plan=plan, judged_at__gte=since).order_by("judged_at")
    return rows.values_list("pk", "title", "judged_at")[: MOST_ACTIONS + 1]


def _since(model: Any, plan: Any, since: dt.datetime) -> QuerySet:
    """Found by its date. By the index of plans SQLite would read all that was ever done in this one; a sum has none."""
    number = ExpressionWrapper(F("plan_id") + 0, output_field=BigIntegerField())
    return model.history.filter(history_date__gte=since).alias(number=number).filter(number=plan)


def _latest(records: QuerySet) -> QuerySet:
    named = NullIf("history_user__name", Value(""))
    who = Coalesce(named, "history_user__email", Value(""), output_field=CharField())
    latest = records.annotate(who=who).order_by("-history_date")
    return latest.values("row", "called", "what", "who", "history_user", "history_date")[:MOST_RECORDS]
