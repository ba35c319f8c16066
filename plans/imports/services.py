"""What is done with a sheet: taken in, and imported."""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from itertools import batched
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from plans.actions.models import Action
from plans.actions.services import mark_done
from plans.actions.writing import Writing
from plans.imports.fields import guess_columns
from plans.imports.links import LINKS, links_of, set_links
from plans.imports.models import SheetImport
from plans.imports.names import PlanNames
from plans.imports.proposals import CHUNK, Kind, Proposal, propose
from plans.plan.models import Plan
from plans.plan.records import changes_of_links

State = SheetImport.State


def take_in(plan: Plan, rows: list[list[str]], *, name: str, by: Any) -> SheetImport:
    """Nothing is imported yet: the columns are guessed, and somebody looks at it."""
    columns = guess_columns(rows[0])
    return SheetImport.objects.create(
        plan=plan, by=by, file_name=name[:200], rows=rows, size=len(rows) - 1, columns=columns
    )


def move_on(sheet: SheetImport, *, from_state: str, to: str) -> bool:
    """Whether it was there to be moved on: a button pressed twice is pressed once."""
    moved = SheetImport.objects.filter(pk=sheet.pk, state=from_state).update(state=to, looked_at=0)
    return bool(moved)


def carry_out(sheet: SheetImport, *, today: dt.date) -> None:
    """Look at every row first, then write all that is to be written in one transaction.

    What is written is read again a chunk at a time: ten thousand actions with their history are not in memory together.
    """
    proposals = list(_without_words(propose(sheet, PlanNames(sheet.plan), told=_teller(sheet))))
    del sheet.rows  # some megabytes; who still wants them reads them again
    with transaction.atomic():
        Plan.objects.select_for_update().get(pk=sheet.plan_id)
        writing = Writing(sheet.plan, by=sheet.by, cause=sheet.cause)
        added = _add(writing, [one for one in proposals if one.kind is Kind.ADD], today)
        changed = _change(writing, [one for one in proposals if one.kind is Kind.CHANGE], today)
        writing.follow_up()
        left_out = [[one.number, one.title, one.reason] for one in proposals if one.kind is Kind.SKIP]
        _finish(sheet, State.DONE, added=added, changed=changed, left_out=left_out)


def _without_words(proposals: Iterator[Proposal]) -> Iterator[Proposal]:
    """What is only shown is not kept, and rows that say nothing new are not either."""
    for one in proposals:
        one.changes.clear()
        if one.kind is not Kind.SAME:
            yield one


def _teller(sheet: SheetImport) -> Callable[[int], None]:
    def tell(count: int) -> None:
        SheetImport.objects.filter(pk=sheet.pk).update(looked_at=count)

    return tell


def _still_right(proposals: Sequence[Proposal]) -> list[tuple[Proposal, Action]]:
    """With the actions, locked. Somebody may have been quicker while the rows were looked at."""
    now = Action.objects.select_for_update().in_bulk([one.action for one in proposals])
    right = []
    for one in proposals:
        action = now.get(one.action)
        if action and action.version == one.version:
            right.append((one, action))
        else:
            one.kind, one.reason = Kind.SKIP, _("Somebody has changed this action since the sheet was taken out.")
    return right


def _add(writing: Writing, proposals: list[Proposal], today: dt.date) -> list[list[int]]:
    """At the ends of their objectives' groups, in the order of the sheet."""
    last = Action.objects.filter(plan=writing.plan).order_by().values_list("objective").annotate(Max("position"))
    following = {objective: position + 1 for objective, position in last}
    return [pair for some in batched(proposals, CHUNK) for pair in _add_some(writing, some, following, today)]


def _add_some(
    writing: Writing, proposals: Sequence[Proposal], following: dict[int, int], today: dt.date
) -> list[list[int]]:
    actions = []
    for one in proposals:
        action = Action(plan=writing.plan, **one.values)
        action.position = following.get(action.objective_id, 0)
        following[action.objective_id] = action.position + 1
        mark_done(action, on=today)
        actions.append(action)
    added = writing.add(actions)
    for name in LINKS:
        pairs = zip(actions, proposals, strict=True)
        set_links(name, {action.pk: one.links[name] for action, one in pairs if name in one.links})
    return added


def _change(writing: Writing, proposals: list[Proposal], today: dt.date) -> list[dict[str, Any]]:
    """Answers what was there before, for undoing."""
    return [was for some in batched(proposals, CHUNK) for was in _change_some(writing, _still_right(some), today)]


def _change_some(
    writing: Writing, right: Sequence[tuple[Proposal, Action]], today: dt.date
) -> Iterator[dict[str, Any]]:
    links = links_of([action.pk for _one, action in right])
    before = []
    for one, action in right:
        fields = {name: _as_json(getattr(action, name)) for name in (*one.values, "done_on")}
        linked = {name: links[name][action.pk] for name in one.links}
        before.append({"fields": fields, "links": linked})
        action.changed_links = changes_of_links(linked, one.links)
        for name, value in one.values.items():
            setattr(action, name, value)
        mark_done(action, on=today)
    writing.change([action for _one, action in right])
    for name in LINKS:
        set_links(name, {action.pk: one.links[name] for one, action in right if name in one.links})
    for (_one, action), was in zip(right, before, strict=True):
        yield {"id": action.pk, "version": action.version} | was


def _as_json(value: Any) -> Any:
    """Days and amounts as text; the fields of the model read them back."""
    return str(value) if isinstance(value, dt.date | Decimal) else value


def _finish(sheet: SheetImport, state: str, **outcome: Any) -> None:
    SheetImport.objects.filter(pk=sheet.pk).update(state=state, looked_at=sheet.size, **outcome)
