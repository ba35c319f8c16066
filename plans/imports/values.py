"""One cell of a sheet as a value: words, days and amounts as people write them."""

import datetime as dt
import re
from collections.abc import Iterable
from decimal import Decimal
from functools import cache
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from plans.actions.models import MOST_HOURS, Action
from salesplan.lib.fields import QUARTER_HOUR
from salesplan.lib.forms import EARLIEST, LATEST, OUT_OF_REACH, parse_hours, parse_number

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?")
_DOTS = re.compile(r"(\d{1,2})\.\s*(\d{1,2})\.\s*(\d{4}|\d{2})")
_SLASHES = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-](\d{4}|\d{2})")
MOST_MONEY = Decimal(10) ** 12

#: What other tools and people call them, in small letters.
OTHER_WORDS = {
    Action.Status.NOT_STARTED: "to do|todo|open|new|planned|backlog|do zrobienia|nowe|otwarte|zaplanowane",
    Action.Status.IN_PROGRESS: "doing|started|active|ongoing|w trakcie|rozpoczęte",
    Action.Status.BLOCKED: "on hold|waiting|paused|wstrzymane",
    Action.Status.DONE: "complete|completed|finished|closed|zrobione|gotowe|ukończone",
    Action.Status.CANCELLED: "canceled|dropped|rejected|odwołane",
    Action.Priority.URGENT: "critical|highest|krytyczny",
    Action.Priority.NORMAL: "medium|średni",
    Action.Priority.LOW: "lowest",
}


class BadValue(ValueError):
    """Says in words what is wrong with a cell."""


def find_choice(enum: Any, text: str) -> Any:
    """By its word in either language, or by what the database calls it."""
    try:
        return _choices(enum)[text.casefold()]
    except KeyError:
        wanted = ", ".join(str(label) for label in enum.labels)
        raise BadValue(_("“%(text)s” is none of: %(wanted)s.") % {"text": text, "wanted": wanted}) from None


@cache
def _choices(enum: Any) -> dict[str, Any]:
    found = {word: value for value in enum for word in OTHER_WORDS.get(value, "").split("|") if word}
    found |= {str(value).casefold(): value for value in enum.values}
    for code, _language in settings.LANGUAGES:
        with translation.override(code):
            found |= {str(label).casefold(): value for value, label in enum.choices}
    return found


def find_kind(text: str) -> str:
    return find_choice(Action.Kind, text)


def find_amount(text: str) -> Decimal:
    try:
        amount = parse_number(re.sub(r"[A-Z]{3}$", "", text.strip()))
    except ValueError:
        raise BadValue(_("“%(text)s” is no number.") % {"text": text}) from None
    if not 0 <= amount < MOST_MONEY:
        raise BadValue(_("“%(text)s” is no amount from 0 to a trillion.") % {"text": text})
    return round(amount, 2)


def find_hours(text: str) -> Decimal:
    try:
        hours = parse_hours(text)
    except ValueError:
        raise BadValue(_("“%(text)s” is no number.") % {"text": text}) from None
    if not 0 <= hours <= MOST_HOURS or hours % QUARTER_HOUR:
        raise BadValue(_("“%(text)s” is no effort from 0 to 10,000 hours in whole quarters.") % {"text": text})
    return hours


def find_day(text: str, *, day_first: bool | None) -> dt.date:
    """2026-09-30, 30.9.2026, and with slashes or dashes in the order that holds for the whole sheet."""
    if found := _ISO.fullmatch(text):
        year, month, day = map(int, found.groups())
    elif found := _DOTS.fullmatch(text):
        day, month, year = map(int, found.groups())
    elif found := _SLASHES.fullmatch(text):
        first, second, year = map(int, found.groups())
        day, month = (second, first) if day_first is False else (first, second)
    else:
        raise BadValue(_("“%(text)s” is no day. Write it like 2026-09-30.") % {"text": text})
    try:
        value = dt.date(year + 2000 if year < 100 else year, month, day)
    except ValueError:
        raise BadValue(_("There is no day “%(text)s”. Write it like 2026-09-30.") % {"text": text}) from None
    if not EARLIEST <= value <= LATEST:
        raise BadValue(str(OUT_OF_REACH))
    return value


def order_of_days(texts: Iterable[str]) -> tuple[bool | None, str]:
    """Whether the day comes first where a day is written like 03/04/2026, as far as the sheet itself tells.

    Where it does not (no number beyond twelve, or on both sides) that is None, with an example to ask about.
    """
    found, example = set(), ""
    for match in filter(None, map(_SLASHES.fullmatch, texts)):
        first, second = int(match[1]), int(match[2])
        found |= ({True} if first > 12 else set()) | ({False} if second > 12 else set())
        if first <= 12 and second <= 12 and first != second:
            example = example or match[0]
    if len(found) == 1:
        return found.pop(), ""
    return None, example
