"""A block of cells is read against what stands in the table: for the preview, and anew when it is done."""

import hashlib
from typing import Any

from django.utils.formats import date_format, get_format
from django.utils.translation import gettext as _

from plans.actions.facts import format_hours
from plans.actions.models import TITLE_LENGTH, Action
from plans.imports.names import Answering, PlanNames
from plans.imports.values import BadValue, find_choice, find_day, find_hours, order_of_days
from plans.paste.columns import CHOSEN, DAYS, FIELDS, LABELS, NEVER_EMPTY, TYPED
from plans.paste.proposals import Cell, Kind, Line, Pasted, Proposal, Question
from plans.paste.targets import Targets
from salesplan.lib.csv_text import unguard

ENUMS: dict[str, Any] = {"kind": Action.Kind, "status": Action.Status, "priority": Action.Priority}


def propose(pasted: Pasted, targets: Targets, names: PlanNames) -> Proposal:
    return _Reader(pasted, targets, names).proposal()


def question_key(cell: str, text: str) -> str:
    return f"{cell}-{hashlib.sha256(text.casefold().encode()).hexdigest()[:12]}"


def day_first_here() -> bool:
    """As the reader's language writes days with slashes."""
    formats = [each for each in get_format("DATE_INPUT_FORMATS") if "/" in each]
    return not formats or formats[0].startswith("%d")


class _Reader:
    def __init__(self, pasted: Pasted, targets: Targets, names: PlanNames):
        self._pasted, self._targets, self._names = pasted, targets, names
        self._questions: dict[str, Question] = {}
        known, self._ambiguous = order_of_days(pasted.day_texts)
        self._day_first = known
        if self._ambiguous:
            self._day_first = day_first_here() if pasted.day_first is None else pasted.day_first

    def proposal(self) -> Proposal:
        lines = [self._line(number, row) for number, row in enumerate(self._rows())]
        questions = list(self._questions.values())
        return Proposal([line for line in lines if line], questions, self._ambiguous, self._day_first)

    def _rows(self) -> list[list[str]]:
        rows = self._pasted.rows
        return rows * len(self._targets.actions) if self._pasted.fill else rows

    def _line(self, number: int, row: list[str]) -> Line | None:
        if number >= len(self._targets.actions):
            return self._new_line(number, row)
        action = self._targets.actions[number]
        if isinstance(action, str):
            return Line(action, [], reason=_("This action was deleted meanwhile."))
        cells = self._cells(number, row, action)
        _check_days(action, cells)
        return Line(action.title, cells, action)

    def _new_line(self, number: int, row: list[str]) -> Line | None:
        """Nothing for an empty one."""
        if not any(text.strip() for text in row):
            return None
        cells = [cell for cell in self._cells(number, row, Action()) if cell.kind is not Kind.SAME]
        _check_days(Action(), cells)
        line = Line("", cells)
        line.title = line.values.get("title") or row[0].strip()
        line.reason = self._why_not_added(line)
        return line

    def _why_not_added(self, line: Line) -> str:
        if not self._pasted.add:
            return _("There is no action left below, and no new ones are wanted.")
        if "title" not in self._pasted.cells:
            return _("There is no action left below, and a new one begins with its name: paste at the first column.")
        if "title" not in line.values:
            too_long = (cell.problem for cell in line.cells if cell.label == LABELS["title"])
            return next(too_long, _("The row does not say what will be done."))
        return "" if self._targets.objective else _("There is no objective for a new action.")

    def _cells(self, number: int, row: list[str], action: Action) -> list[Cell]:
        covered = self._pasted.covered
        places = [
            (cell, text)
            for place, (cell, text) in enumerate(zip(self._pasted.cells, row, strict=False))
            if cell in TYPED and (0 if self._pasted.fill else number, place) not in covered
        ]
        return [self._cell(cell, unguard(text).strip(), action) for cell, text in places]

    def _cell(self, cell: str, text: str, action: Action) -> Cell:
        label, before = str(LABELS[cell]), shown(action, cell)
        is_left_to_default = not action.pk and not text
        if text.split() == before.split() or is_left_to_default:
            return Cell(label, Kind.SAME)
        try:
            values = self._values(cell, text)
        except BadValue as error:
            return Cell(label, Kind.PROBLEM, before, text, str(error))
        if all(getattr(action, name) == value for name, value in values.items()):
            return Cell(label, Kind.SAME)
        return Cell(label, Kind.CHANGE, before, self._said(cell, values), "", values)

    def _values(self, cell: str, text: str) -> dict[str, Any]:
        if not text and cell in NEVER_EMPTY:
            raise BadValue(_("An action always has this; it stays as it is."))
        if cell == "title":
            return {"title": _title(text)}
        if text.startswith("="):
            raise BadValue(_("“%(text)s” is a formula. Paste it as values only.") % {"text": text})
        if cell in DAYS:
            return {FIELDS[cell]: find_day(text, day_first=self._day_first) if text else None}
        if cell == "effort":
            return {"effort": find_hours(text) if text else None}
        try:
            return _chosen(cell, text, self._names)
        except BadValue as error:
            return self._answered(cell, text, error)

    def _answered(self, cell: str, text: str, error: BadValue) -> dict[str, Any]:
        """As somebody has said, who was asked; else it is a problem."""
        key = question_key(cell, text)
        if key not in self._questions:
            self._questions[key] = Question(key, cell, text, str(error), self._choices(cell))
            self._questions[key].answer = self._pasted.answers.get(key, "")
        question = self._questions[key]
        question.count += 1
        for value, _label, values in question.choices:
            if value == question.answer:
                return values
        raise error

    def _choices(self, cell: str) -> list[tuple[str, str, dict[str, Any]]]:
        if cell == "who":
            return [
                (f"{who.role_id or ''}-{who.person_id or ''}", words, vars(who))
                for who, words in self._names.answering_words.items()
            ]
        return [(str(value), str(value.label), {FIELDS[cell]: value}) for value in ENUMS[cell]]

    def _said(self, cell: str, values: dict[str, Any]) -> str:
        """What the cell will hold: days, words and people as they were understood."""
        if cell == "who":
            return self._names.answering_words.get(Answering(**values), "")
        return shown(Action(**values), cell)


def _title(text: str) -> str:
    """On one line, as the table shows it."""
    title = " ".join(text.split())
    if len(title) > TITLE_LENGTH:
        raise BadValue(_("The title has more than %(most)s characters.") % {"most": TITLE_LENGTH})
    return title


def _chosen(cell: str, text: str, names: PlanNames) -> dict[str, Any]:
    if cell == "who":
        return vars(names.answering(text) if text else Answering())
    return {FIELDS[cell]: find_choice(ENUMS[cell], text) if text else ""}


def _check_days(action: Action, cells: list[Cell]) -> None:
    """The days of a line must agree with each other and with what is there already; else neither is taken."""
    days = [cell for cell in cells if cell.kind is Kind.CHANGE and cell.values.keys() & {"starts_on", "deadline"}]
    values = {name: value for cell in days for name, value in cell.values.items()}
    starts_on, deadline = (values.get(name, getattr(action, name)) for name in ("starts_on", "deadline"))
    if not (starts_on and deadline and deadline < starts_on):
        return
    for cell in days:
        cell.kind, cell.problem = Kind.PROBLEM, _("The deadline must not come before the start.")


def shown(action: Action, cell: str) -> str:
    """What a cell holds, in full."""
    if cell == "who":
        return _who(action)
    if cell in DAYS:
        value = getattr(action, FIELDS[cell])
        return date_format(value, "DATE_FORMAT") if value else ""
    if cell == "effort":
        return "" if action.effort is None else format_hours(action.effort)
    if cell in CHOSEN:
        return str(getattr(action, f"get_{FIELDS[cell]}_display")())
    return action.title


def _who(action: Action) -> str:
    """As sheets write it: a role with its holder, or a person."""
    if action.role:
        holder = action.role.held_by
        return f"{action.role.title} ({holder})" if holder else action.role.title
    return str(action.person) if action.person else ""
