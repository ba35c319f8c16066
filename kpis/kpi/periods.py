"""The calendar of KPIs: a period is named by the first of a month or of a quarter, a week by the Monday in it.

A week begins on a Monday, or on the Saturday or Sunday before: whichever it is, there is one Monday in it. So weeks
keep their names and their ISO numbers when a company has them begin on another day (docs/decisions/0034).

Dates only, never times: clock changes in spring and autumn cannot touch it.
"""

import datetime as dt
import re
from collections.abc import Iterable

from django.utils.formats import date_format
from django.utils.translation import gettext as _

WEEKLY, MONTHLY, QUARTERLY = "weekly", "monthly", "quarterly"
#: Days a week may begin on, as `date.weekday` counts them.
MONDAY, SATURDAY, SUNDAY = 0, 5, 6
_MONTHS = {MONTHLY: 1, QUARTERLY: 3}


def period_of(day: dt.date, rhythm: str, week_start: int = MONDAY) -> dt.date:
    """The name of the period `day` belongs to."""
    if rhythm == WEEKLY:
        day += _lead(week_start)
        return day - dt.timedelta(days=day.weekday())
    months = _MONTHS[rhythm]
    return dt.date(day.year, (day.month - 1) // months * months + 1, 1)


def next_period(period: dt.date, rhythm: str) -> dt.date:
    return _shift(period, rhythm, by=1)


def previous_period(period: dt.date, rhythm: str) -> dt.date:
    return _shift(period, rhythm, by=-1)


def first_day(period: dt.date, rhythm: str, week_start: int = MONDAY) -> dt.date:
    return period - _lead(week_start) if rhythm == WEEKLY else period


def last_day(period: dt.date, rhythm: str, week_start: int = MONDAY) -> dt.date:
    return first_day(next_period(period, rhythm), rhythm, week_start) - dt.timedelta(days=1)


def periods_between(first: dt.date, last: dt.date, rhythm: str, week_start: int = MONDAY) -> list[dt.date]:
    """Every period that has a day from `first` to `last`; none when `last` comes before `first`."""
    periods, period = [], period_of(first, rhythm, week_start)
    end = period_of(last, rhythm, week_start)
    while period <= end and first <= last:
        periods.append(period)
        period = next_period(period, rhythm)
    return periods


def count_periods(first: dt.date, last: dt.date, rhythm: str, week_start: int = MONDAY) -> int:
    """How many periods have a day from `first` to `last`, without walking through them."""
    if last < first:
        return 0
    first, last = period_of(first, rhythm, week_start), period_of(last, rhythm, week_start)
    if rhythm == WEEKLY:
        return (last - first).days // 7 + 1
    return (_month_number(last) - _month_number(first)) // _MONTHS[rhythm] + 1


def period_label(period: dt.date, rhythm: str) -> str:
    """week 34, August 2026, Q3 2026"""
    if rhythm == WEEKLY:
        return _("week %(week)d") % {"week": period.isocalendar().week}
    if rhythm == MONTHLY:
        return date_format(period, "F Y")
    return _("Q%(quarter)d %(year)d") % {"quarter": (period.month + 2) // 3, "year": period.year}


def week_code(day: dt.date) -> str:
    """2026-W34, as addresses and <input type="week"> write it."""
    year, week, _weekday = day.isocalendar()
    return f"{year}-W{week:02}"


def week_from_code(code: str) -> dt.date | None:
    """The Monday of "2026-W34"; None when there is no such week."""
    match = re.fullmatch(r"(\d{4})-W(\d{1,2})", code)
    try:
        return dt.date.fromisocalendar(int(match[1]), int(match[2]), 1) if match else None
    except ValueError:
        return None


def latest_week_start(week_starts: Iterable[int]) -> int:
    """Of the weeks of several companies, those that have begun when all have."""
    return min(week_starts, key=_lead, default=MONDAY)


def _lead(week_start: int) -> dt.timedelta:
    """How long before its Monday a week begins."""
    return dt.timedelta(days=-week_start % 7)


def _shift(period: dt.date, rhythm: str, *, by: int) -> dt.date:
    if rhythm == WEEKLY:
        return period + dt.timedelta(weeks=by)
    year, month = divmod(_month_number(period) + by * _MONTHS[rhythm], 12)
    return dt.date(year, month + 1, 1)


def _month_number(day: dt.date) -> int:
    return day.year * 12 + day.month - 1
