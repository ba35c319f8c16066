"""When a change is due, as people say it: "by year end", "in six months", "do 30 czerwca", "w 9 miesięcy".

Pure: a phrase becomes a `Due`, and a `Due` becomes a day once it is known from when one counts.
"""

import calendar
import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass

from plans.objectives.calendar_words import MONTH, NUMBER, UNIT, month_number, unit_of, whole_number

MONTHS_OF = {"month": 1, "quarter": 3, "year": 12}


@dataclass(frozen=True)
class Due:
    """`end` of a unit, `after` a count of units, or `on` a day (`day` 0: the month's last) of a month of a year."""

    how: str
    unit: str = ""
    count: int = 0
    day: int = 0
    month: int = 0
    year: int = 0

    def day_from(self, start: dt.date, plan_end: dt.date) -> dt.date:
        """The last day; ValueError when the calendar has no such day."""
        try:
            return {"end": self._end, "after": self._after, "on": self._on}[self.how](start, plan_end)
        except OverflowError as error:
            raise ValueError(str(self)) from error

    def _end(self, start: dt.date, plan_end: dt.date) -> dt.date:
        if self.unit == "plan":
            return plan_end
        if self.unit == "quarter" and self.count:
            end = _month_end(self.year or start.year, 3 * self.count)
            return end if self.year or end >= start else _month_end(start.year + 1, 3 * self.count)
        length = MONTHS_OF.get(self.unit, 12)
        return _month_end(self.year or start.year, (start.month - 1) // length * length + length)

    def _after(self, start: dt.date, _plan_end: dt.date) -> dt.date:
        """Six months from 1 January end on 30 June."""
        if self.unit in {"day", "week"}:
            return start + dt.timedelta(days=self.count * (7 if self.unit == "week" else 1) - 1)
        months = start.year * 12 + start.month - 1 + self.count * MONTHS_OF[self.unit]
        year, month = divmod(months, 12)
        last = calendar.monthrange(year, month + 1)[1] if year <= dt.MAXYEAR else 0
        day = dt.date(year, month + 1, min(start.day, last))
        return day - dt.timedelta(days=1) if start.day <= last else day

    def _on(self, start: dt.date, _plan_end: dt.date) -> dt.date:
        day = self._in_year(self.year or start.year)
        return day if self.year or day >= start else self._in_year(start.year + 1)

    def _in_year(self, year: int) -> dt.date:
        return dt.date(year, self.month, self.day) if self.day else _month_end(year, self.month)


def _month_end(year: int, month: int) -> dt.date:
    return dt.date(year, month, calendar.monthrange(year, month)[1])


def find_due(text: str) -> tuple[Due | None, str]:
    """The deadline said in `text` (lower case, without accents), and what else it says."""
    for pattern, read in PHRASES:
        if match := pattern.search(text):
            return read(match), f"{text[: match.start()]} {text[match.end() :]}"
    return None, text


def _on_day(match: re.Match) -> Due:
    found = match.groupdict()
    month = found["month"]
    number = int(month) if month.isdecimal() else month_number(month)
    return Due("on", day=int(found.get("day") or 0), month=number, year=int(found.get("year") or 0))


def _after(match: re.Match) -> Due:
    if match["half"]:
        return Due("after", "month", 6)
    return Due("after", unit_of(match["unit"]), whole_number(match["count"] or "1"))


def _end_of_quarter(match: re.Match) -> Due:
    count = match["count"] or ""
    quarter = {"i": 1, "ii": 2, "iii": 3, "iv": 4}.get(count) or int(count)
    return Due("end", "quarter", quarter, year=int(match["year"] or 0))


def _end(match: re.Match) -> Due:
    return Due("end", unit_of(match["unit"]), year=int(match["year"] or 0))


def _end_of_year(match: re.Match) -> Due:
    return Due("end", "year", year=int(match["year"]))


_BY = r"(?:\b(?:by|on|at|until|till|before|due|do|na|przed)\s+)?(?:the\s+)?"
_YEAR = r"(?:,?\s+(?:of\s+)?(?P<year>\d{4})\b(?:\s*r(?:oku|\.)?)?)?"
_LATELY = r"(?:(?:the|a period of|najblizsz\w+|kolejn\w+|nastepn\w+|next|coming)\s+)*"
_END = r"(?:(?:the\s+)?end\s+of\s+(?:the\s+|this\s+)?|(?:konca|koniec|koncem)\s+(?:tego\s+)?)"

#: The more exact phrase stands before the one it contains.
PHRASES: list[tuple[re.Pattern, Callable[[re.Match], Due]]] = [
    (re.compile(pattern), read)
    for pattern, read in (
        (rf"{_BY}\b(?P<year>\d{{4}})-(?P<month>\d\d?)-(?P<day>\d\d?)\b", _on_day),
        (rf"{_BY}\b(?P<day>\d\d?)[./](?P<month>\d\d?)[./](?P<year>\d{{4}})\b", _on_day),
        (rf"{_BY}\b(?P<day>\d\d?)(?:st|nd|rd|th|\.)?\s+(?:of\s+)?(?P<month>{MONTH}){_YEAR}", _on_day),
        (rf"{_BY}\b(?P<month>{MONTH})\s+(?P<day>\d\d?)(?:st|nd|rd|th)?\b{_YEAR}", _on_day),
        (rf"{_BY}{_END}?\bq(?P<count>[1-4])\b{_YEAR}", _end_of_quarter),
        (rf"{_BY}{_END}?\b(?P<count>iii|ii|iv|i|[1-4])\.?\s+kwartal\w*{_YEAR}", _end_of_quarter),
        (rf"{_BY}{_END}(?P<year>\d{{4}})\b(?:\s*r(?:oku|\.)?)?", _end_of_year),
        (rf"{_BY}{_END}(?P<unit>{UNIT}){_YEAR}", _end),
        (rf"{_BY}\b(?P<unit>year|quarter|month|plan|period)(?:'s)?[\s-]*end\b{_YEAR}", _end),
        (rf"{_BY}{_END}(?P<month>{MONTH}){_YEAR}", _on_day),
        (rf"\b(?:by|until|till|before|do)\s+(?P<month>{MONTH}){_YEAR}", _on_day),
        (
            rf"\b(?:in|within|over|during|for|after|w ciagu|w okresie|przez|za|w)\s+{_LATELY}"
            rf"(?:(?P<half>half a year|polrocza|pol roku)|(?:(?P<count>{NUMBER})\s+)?(?P<unit>{UNIT}))\b",
            _after,
        ),
    )
]
