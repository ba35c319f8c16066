"""A stretch of time as a drawing shows it: where a day lies between its edges, in percent, and what stands above."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.formats import date_format

from salesplan.lib.dates import short_month

#: Longer stretches have a line for each quarter, then for each year; shorter ones one for each week.
MOST_MONTHS, MOST_QUARTERS, MOST_WEEKS = 18, 24, 7
MONTHS_OF_QUARTER = 3
LABEL_DAYS = 3


@dataclass(frozen=True)
class Tick:
    x: str
    label: str
    #: Whether today lies between this line and the next.
    now: bool


@dataclass(frozen=True)
class Scale:
    """From the morning of `first` to the evening of `last`."""

    first: dt.date
    last: dt.date

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    def shows(self, day: dt.date) -> bool:
        return self.first <= day <= self.last

    def share(self, day: dt.date) -> float:
        """Where the morning of `day` lies, in percent; it may lie outside."""
        return (day - self.first).days / self.days * 100

    def at(self, day: dt.date) -> str:
        return percent(self.share(day))

    def width(self, first: dt.date, last: dt.date) -> float:
        """Of both days and those between, in percent."""
        return ((last - first).days + 1) / self.days * 100

    def ticks(self, today: dt.date) -> list[Tick]:
        days = list(self._lines())
        following = [*days[1:], self.last + dt.timedelta(days=1)]
        return [
            Tick(self.at(day), self._label(day, (end - day).days), day <= today < end)
            for day, end in zip(days, following, strict=True)
        ]

    @property
    def _months(self) -> int:
        return (self.last.year - self.first.year) * 12 + self.last.month - self.first.month + 1

    def _lines(self) -> Iterator[dt.date]:
        if self.days <= MOST_WEEKS * 7:
            for number in range(self.days):
                day = self.first + dt.timedelta(days=number)
                if number == 0 or day.weekday() == 0:
                    yield day
            return
        step = self._step
        month = month_of(self.first)
        while month <= self.last:
            if (month.month - 1) % step == 0 or month == month_of(self.first):
                yield max(month, self.first)
            month = add_months(month, 1)

    @property
    def _step(self) -> int:
        """Months between two lines."""
        if self._months <= MOST_MONTHS:
            return 1
        return MONTHS_OF_QUARTER if self._months <= MOST_QUARTERS * MONTHS_OF_QUARTER else 12

    def _label(self, day: dt.date, room: int) -> str:
        """`room`: how many days there are before the next line; the rest of a week has none for a label."""
        if self.days <= MOST_WEEKS * 7:
            return date_format(day, "MONTH_DAY_FORMAT") if room >= LABEL_DAYS else ""
        if self._step == 12:
            return str(day.year)
        new_year = day == self.first or day.month <= self._step
        return short_month(day, with_year=new_year)


def percent(share: float) -> str:
    """As SVG reads it, whatever the language."""
    return f"{share:.2f}%"


def month_of(day: dt.date) -> dt.date:
    return day.replace(day=1)


def add_months(month: dt.date, number: int) -> dt.date:
    """The first day of the month so many months later."""
    years, index = divmod(month.month - 1 + number, 12)
    return dt.date(month.year + years, index + 1, 1)


def read_month(text: str) -> dt.date | None:
    """2026-03 as its first day; None for anything else. The years at the ends of the calendar are left out."""
    try:
        month = dt.datetime.strptime(text, "%Y-%m").date()  # noqa: DTZ007 - a month has no time zone
    except ValueError:
        return None
    return month if 1900 < month.year < 2200 else None


def month_text(month: dt.date) -> str:
    return f"{month:%Y-%m}"
