"""What an import would do, row by row and why: shown before, and found out anew when it is done."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import batched
from typing import Any
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from plans.actions.models import TITLE_LENGTH, Action
from plans.imports.fields import DATES, FIELDS
from plans.imports.links import LINKS, links_of
from plans.imports.models import SheetImport
from plans.imports.names import Answering, PlanNames
from plans.imports.values import BadValue, find_amount, find_choice, find_day, find_hours, order_of_days

TOLD_EVERY = 250
#: So many actions are looked at together, and no more are in memory.
CHUNK = 500
#: A cell emptied in the sheet empties the field, but not these: an action always has them.
NEVER_EMPTY = {"objective", "title", "status", "priority"}


class Kind(StrEnum):
    ADD = "add"
    CHANGE = "change"
    SAME = "same"
    SKIP = "skip"


@dataclass
class Proposal:
    #: The row's number in the sheet, as the spreadsheet counts.
    number: int
    kind: Kind
    title: str
    #: Why the row is skipped; what of it is left out.
    reason: str = ""
    notes: list[str] = field(default_factory=list)
    #: Each change as its field, and the texts before and after.
    changes: list[tuple[str, str, str]] = field(default_factory=list)
    #: Which action it changes, and the version that was looked at.
    action: int | None = None
    version: int = 0
    values: dict[str, Any] = field(default_factory=dict)
    links: dict[str, list[int]] = field(default_factory=dict)


@dataclass
class Row:
    number: int
    #: The cells by what their columns hold.
    texts: dict[str, str]

    @property
    def uid(self) -> UUID | None:
        try:
            return UUID(self.texts.get("uid", ""))
        except ValueError:
            return None


def propose(
    sheet: SheetImport, names: PlanNames, *, told: Callable[[int], None] = lambda count: None
) -> Iterator[Proposal]:
    """`told` hears now and then how many rows have been looked at."""
    proposals = _Reader(sheet, names).proposals(rows_of(sheet))
    for count, proposal in enumerate(proposals):
        if count % TOLD_EVERY == 0:
            told(count)
        yield proposal


def rows_of(sheet: SheetImport) -> Iterator[Row]:
    """Without the empty ones."""
    for number, cells in enumerate(sheet.rows[1:], start=2):
        if any(cells):
            yield Row(number, {name: cell for name, cell in zip(sheet.columns, cells, strict=False) if name})


def ambiguous_day(sheet: SheetImport) -> str:
    """An example of a day that could be two; empty where there is none, or somebody has said how to read it."""
    if sheet.day_first is not None:
        return ""
    return order_of_days(_day_texts(sheet))[1]


def _day_texts(sheet: SheetImport) -> Iterator[str]:
    for row in rows_of(sheet):
        yield from (row.texts.get(name, "") for name in DATES)


class _Reader:
    """Knows the order of days, and which rows have come already."""

    def __init__(self, sheet: SheetImport, names: PlanNames):
        self._sheet = sheet
        self._names = names
        given = sheet.day_first
        self._day_first = order_of_days(_day_texts(sheet))[0] if given is None else given
        self._seen: dict[UUID, int] = {}

    def proposals(self, rows: Iterable[Row]) -> Iterator[Proposal]:
        for some in batched(rows, CHUNK):
            yield from self._chunk(some)

    def _chunk(self, rows: Sequence[Row]) -> Iterator[Proposal]:
        uids = [row.uid for row in rows if row.uid]
        found = Action.objects.in_plan(self._sheet.plan).filter(uid__in=uids)
        actions = {action.uid: action for action in found.select_related("objective", "role__holder", "person")}
        links = links_of([action.pk for action in actions.values()])
        for row in rows:
            action = actions.get(row.uid) if row.uid else None
            before = {name: links[name][action.pk] for name in LINKS} if action else {}
            try:
                yield self._proposal(row, action, before)
            except BadValue as error:
                title = row.texts.get("title") or str(action or "")
                yield Proposal(row.number, Kind.SKIP, title, reason=str(error))

    def _proposal(self, row: Row, action: Action | None, links: dict[str, list[int]]) -> Proposal:
        if action:
            self._check_row(row, action)
        notes: list[str] = []
        values, wanted = self._values(row, notes), self._links(row, notes)
        title = values.get("title") or str(action or "")
        if action is None:
            if row.uid:
                notes.append(_("No action of this plan has this row ID: it is added as a new one."))
            values = self._whole(values)
            told = [(str(FIELDS[name]), "", _after(row, values, name)) for name in _changed(values, wanted)]
            told = [one for one in told if one[2] and one[0] != FIELDS["title"]]
            return Proposal(row.number, Kind.ADD, title, "", notes, told, values=values, links=wanted)
        values = {name: value for name, value in values.items() if getattr(action, name) != value}
        wanted = {name: pks for name, pks in wanted.items() if set(pks) != set(links[name])}
        _check_days(action, values)
        kind = Kind.CHANGE if values or wanted else Kind.SAME
        changes = [
            (str(FIELDS[name]), _before(action, name), _after(row, values, name)) for name in _changed(values, wanted)
        ]
        return Proposal(row.number, kind, title, "", notes, changes, action.pk, action.version, values, wanted)

    def _check_row(self, row: Row, action: Action) -> None:
        earlier = self._seen.setdefault(action.uid, row.number)
        if earlier != row.number:
            raise BadValue(_("The same row ID stands in row %(number)s.") % {"number": earlier})
        version = row.texts.get("version", "")
        if version and version != str(action.version):
            raise BadValue(_("Somebody has changed this action since the sheet was taken out."))

    def _whole(self, values: dict[str, Any]) -> dict[str, Any]:
        """All a new action needs; what the sheet does not say is as in a new action."""
        if not values.get("title"):
            raise BadValue(_("The row does not say what will be done."))
        if "objective_id" not in values:
            if self._sheet.objective_id is None:
                raise BadValue(_("The row names no objective."))
            values["objective_id"] = self._sheet.objective_id
        _check_days(Action(), values)
        return values

    def _values(self, row: Row, notes: list[str]) -> dict[str, Any]:
        """The fields of the action as the row says; those it leaves empty are emptied."""
        values: dict[str, Any] = {}
        for name, text in row.texts.items():
            if name in {"uid", "version", *LINKS} or (not text and name in NEVER_EMPTY):
                continue
            values |= self._value(name, text, notes)
        return values

    def _value(self, name: str, text: str, notes: list[str]) -> dict[str, Any]:
        if name == "responsible":
            return self._answering(text, notes)
        if name == "objective":
            return {"objective_id": self._names.objectives[text]}
        if name == "title" and len(text) > TITLE_LENGTH:
            raise BadValue(_("The title has more than %(most)s characters.") % {"most": TITLE_LENGTH})
        if name in {"title", "description"}:
            return {name: text}
        if name in DATES:
            return {name: find_day(text, day_first=self._day_first) if text else None}
        if name == "expected_return":
            return {name: find_amount(text) if text else None}
        if name == "effort":
            return {name: find_hours(text) if text else None}
        enums = {"kind": Action.Kind, "status": Action.Status, "priority": Action.Priority}
        return {name: find_choice(enums[name], text) if text else ""}

    def _answering(self, text: str, notes: list[str]) -> dict[str, Any]:
        try:
            return vars(self._names.answering(text) if text else Answering())
        except BadValue as error:
            notes.append(_("%(column)s, not taken over: %(problem)s") % {"column": _("Responsible"), "problem": error})
            return {}

    def _links(self, row: Row, notes: list[str]) -> dict[str, list[int]]:
        wanted = {}
        for name, names in (("supporters", self._names.roles), ("kpis", self._names.kpis)):
            if name in row.texts:
                found, wrong = self._names.several(names, row.texts[name])
                if wrong:
                    column, problem = FIELDS[name], " ".join(wrong)
                    notes.append(_("%(column)s, not taken over: %(problem)s") % {"column": column, "problem": problem})
                else:
                    wanted[name] = found
        return wanted


def _check_days(action: Action, values: dict[str, Any]) -> None:
    starts_on, deadline = (values.get(name, getattr(action, name)) for name in DATES)
    if starts_on and deadline and deadline < starts_on:
        raise BadValue(_("The deadline must not come before the start."))


def _changed(values: dict[str, Any], links: dict[str, list[int]]) -> list[str]:
    columns = {"objective_id": "objective", "role_id": "responsible", "person_id": "responsible"}
    return list(dict.fromkeys([*(columns.get(name, name) for name in values), *links]))


def _before(action: Action, name: str) -> str:
    """What a field held, as the sheet would say it; lists of names are not told apart."""
    if name in LINKS:
        return ""
    if name in {"kind", "status", "priority"}:
        return str(getattr(action, f"get_{name}_display")())
    return _said(getattr(action, name))


def _after(row: Row, values: dict[str, Any], name: str) -> str:
    """What it will hold: a day as it was understood, all else as the sheet says it."""
    return _said(values[name]) if name in DATES else row.texts.get(name, "")


def _said(value: Any) -> str:
    if isinstance(value, dt.date):
        return date_format(value, "DATE_FORMAT")
    return "" if value is None else str(value)
