"""Working days of a country: its weekend and its public holidays, by name.

A country is its ISO code; the empty one knows no holidays, and rests on Saturday and Sunday.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from django.utils.dates import WEEKDAYS
from django.utils.translation import get_language

DAY = dt.timedelta(days=1)
SATURDAY, SUNDAY = 5, 6


@dataclass(frozen=True)
class _Year:
    holidays: Mapping[dt.date, str] = field(default_factory=dict)
    weekend: frozenset[int] = frozenset({SATURDAY, SUNDAY})
    #: Days of the weekend on which one works all the same, in exchange for another day.
    worked: frozenset[dt.date] = frozenset()


def holiday_name(day: dt.date, country: str) -> str:
    """What is celebrated on that day, in the reader's language where it is known in it; empty when nothing is."""
    return _year(day.year, country, get_language() or "").holidays.get(day, "")


def is_holiday(day: dt.date, country: str) -> bool:
    return day in _year(day.year, country, "").holidays


def is_working_day(day: dt.date, country: str) -> bool:
    year = _year(day.year, country, "")
    return day not in year.holidays and (day.weekday() not in year.weekend or day in year.worked)


def day_off_name(day: dt.date, country: str) -> str:
    """Why nobody works that day: the name of the holiday, else of the day of the week; empty for a working day."""
    if is_working_day(day, country):
        return ""
    return holiday_name(day, country) or str(WEEKDAYS[day.weekday()])


def move_by_working_days(day: dt.date, number: int, country: str) -> dt.date:
    """The working day that is `number` working days after `day`, before it when negative.

    From a working day there and back is the same day. None at all leaves the day where it is, whatever it is.
    OverflowError when there is no such day in the calendar.
    """
    step = DAY if number > 0 else -DAY
    left = abs(number)
    while left:
        day += step
        left -= is_working_day(day, country)
    return day


def working_days_between(first: dt.date, last: dt.date, country: str) -> int:
    """How many working days `last` lies after `first`; negative when it lies before."""
    if last < first:
        return -working_days_between(last, first, country)
    days = (first + DAY * number for number in range(1, (last - first).days + 1))
    return sum(is_working_day(day, country) for day in days)


def first_working_day(day: dt.date, country: str) -> dt.date:
    """The day itself, or the next one on which one works."""
    while not is_working_day(day, country):
        day += DAY
    return day


def days_a_week(day: dt.date, country: str) -> int:
    """How many days of an ordinary week one works, in the year of that day."""
    return 7 - len(_year(day.year, country, "").weekend)


@lru_cache(maxsize=512)
def _year(year: int, country: str, language: str) -> _Year:
    if not country:
        return _Year()
    # Slow to import, and needed only where a company has said its country.
    from holidays import country_holidays, list_localized_countries

    spoken = _closest(list_localized_countries().get(country, []), language)
    # Of one year and no more: an object that grows by itself is not safe among threads.
    found = country_holidays(country, years=year, expand=False, language=spoken)
    return _Year(dict(found), frozenset(found.weekend), frozenset(found.weekend_workdays))


def _closest(languages: list[str], wanted: str) -> str | None:
    """The reader's language, else English, else None: what the country itself calls its days."""
    for language in (wanted.replace("-", "_"), "en"):
        for offered in languages:
            if language and offered.partition("_")[0] == language.partition("_")[0]:
                return offered
    return None
