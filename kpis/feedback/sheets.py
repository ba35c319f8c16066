"""A sheet of answers: what it would add, row by row, adding it, and taking it back."""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _
from simple_history.utils import bulk_create_with_history

from kpis.feedback.columns import guess_columns
from kpis.feedback.models import Answer, FeedbackSheet, Improvement, Scale
from kpis.feedback.scores import CSAT, NPS, RANGES
from plans.imports.names import Names
from plans.imports.values import BadValue, find_day, order_of_days
from plans.plan.models import Plan
from plans.targeting.models import Segment

State = FeedbackSheet.State
BATCH = 400
MOST_LETTERS = 5000
STARS = ("star", "gwiazd", "csat")
_SCORE = re.compile(r"(\d{1,2})(?:[.,]0+)?(?:\s*(?:/|of|out of|z|na)\s*(5|10))?")


@dataclass(frozen=True)
class Row:
    """One row of the sheet: an answer to be added, or why it is left out."""

    number: int
    answer: Answer
    reason: str = ""
    note: str = ""


def take_in(plan: Plan, rows: list[list[str]], *, name: str, by: Any) -> FeedbackSheet:
    """Nothing is imported yet: columns and scale are guessed, and somebody looks at it."""
    columns = guess_columns(rows[0])
    sheet = FeedbackSheet(plan=plan, by=by, file_name=name[:200], rows=rows, columns=columns)
    sheet.scale = _guessed_scale(rows[0], columns, _cells(sheet, "score"))
    sheet.day_first = order_of_days(_cells(sheet, "on"))[0]
    sheet.save()
    return sheet


def _guessed_scale(head: list[str], columns: list[str], scores: list[str]) -> str:
    """Stars are five; else one score that fits the other scale only says that it is that."""
    heading = head[columns.index("score")].casefold() if "score" in columns else ""
    if any(word in heading for word in STARS):
        return Scale.SATISFIED
    numbers = [int(match[1]) for match in map(_SCORE.fullmatch, scores) if match]
    return Scale.RECOMMEND if numbers and (max(numbers) > 5 or min(numbers) < 1) else Scale.SATISFIED


def _cells(sheet: FeedbackSheet, name: str) -> list[str]:
    if name not in sheet.columns:
        return []
    place = sheet.columns.index(name)
    return [row[place] for row in sheet.rows[1:] if row[place]]


def ambiguous_day(sheet: FeedbackSheet) -> str:
    """An example of a day that could be two, until somebody has said which."""
    return order_of_days(_cells(sheet, "on"))[1] if sheet.day_first is None else ""


def propose(sheet: FeedbackSheet, *, today: dt.date) -> Iterator[Row]:
    """What each row would become. Two questions to the database, whatever the sheet holds."""
    segments = Names(Segment.objects.in_plan(sheet.plan).values_list("name", "pk"))
    known = {_same(answer) for answer in Answer.objects.in_plan(sheet.plan).filter(source=sheet.source)}
    for number, cells in enumerate(sheet.rows[1:], 2):
        found = {name: cell for name, cell in zip(sheet.columns, cells, strict=True) if name and cell}
        row = _row(sheet, number, found, segments, today)
        if not row.reason and _same(row.answer) in known:
            row = Row(number, row.answer, _("It is here already."))
        known.add(_same(row.answer))
        yield row


def _same(answer: Answer) -> tuple[Any, ...]:
    return (answer.on, answer.scale, answer.score, answer.text, answer.customer, answer.place)


def _row(sheet: FeedbackSheet, number: int, found: dict[str, str], segments: Names, today: dt.date) -> Row:
    answer = Answer(plan=sheet.plan, source=sheet.source, on=today, recorded_by=sheet.by, sheet=sheet)
    answer.text = found.get("text", "")
    answer.customer, answer.place = found.get("customer", "")[:120], found.get("place", "")[:120]
    note = ""
    try:
        if "on" in found:
            answer.on = find_day(found["on"], day_first=sheet.day_first)
        if "score" in found:
            answer.scale, answer.score = _score(found["score"], sheet.scale)
    except BadValue as error:
        return Row(number, answer, str(error))
    if answer.on > today:
        return Row(number, answer, _("This day is still to come."))
    if not answer.text and answer.score is None:
        return Row(number, answer, _("It has neither words nor a score."))
    if len(answer.text) > MOST_LETTERS:
        return Row(number, answer, _("It has more than %(most)s characters.") % {"most": MOST_LETTERS})
    if "segment" in found:
        try:
            answer.segment_id = segments[found["segment"]]
        except BadValue as error:
            note = str(error)
    return Row(number, answer, note=note)


def _score(text: str, scale: str) -> tuple[str, int]:
    """4, 4/5, 9 of 10; what the cell itself says of its scale goes before what the sheet says."""
    match = _SCORE.fullmatch(text.casefold())
    if match and match[2]:
        scale = CSAT if match[2] == "5" else NPS
    first, last = RANGES[scale]
    if not match or not first <= int(match[1]) <= last:
        words = {"text": text, "first": first, "last": last}
        raise BadValue(_("“%(text)s” is no whole number from %(first)s to %(last)s.") % words)
    return scale, int(match[1])


@transaction.atomic
def import_sheet(sheet: FeedbackSheet, *, by: Any, today: dt.date) -> int:
    """All rows that can be taken; pressed twice, it is done once. Answers how many were added."""
    waiting = FeedbackSheet.objects.select_for_update().filter(pk=sheet.pk, state=State.OPEN)
    if not waiting.exists() or ambiguous_day(sheet):
        return 0
    answers = [row.answer for row in propose(sheet, today=today) if not row.reason]
    for answer in answers:
        answer.version = 1
    bulk_create_with_history(
        answers, Answer, batch_size=BATCH, default_user=by, default_change_reason=_("Sheet %(file)s") % {"file": sheet}
    )
    waiting.update(state=State.DONE, rows=[], added=len(answers))
    sheet.plan.touch()
    return len(answers)


@transaction.atomic
def undo_sheet(sheet: FeedbackSheet) -> int:
    """Take its answers away again, but for those somebody has worked on since; answers how many stay."""
    if not FeedbackSheet.objects.select_for_update().filter(pk=sheet.pk, state=State.DONE).exists():
        return 0
    answers = Answer.objects.filter(sheet=sheet)
    untouched = answers.filter(version=1).exclude(Exists(Improvement.objects.filter(answer=OuterRef("pk"))))
    untouched.delete()
    FeedbackSheet.objects.filter(pk=sheet.pk).update(state=State.UNDONE)
    sheet.plan.touch()
    return answers.count()
