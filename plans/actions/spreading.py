"""How the effort of an action is spread over the working days until its deadline, evenly and by weeks.

Hours are counted in hundredths, as whole numbers: ten thousand actions are added up on one page. What is rounded in
one week is made up for in the next, so that the weeks add up to the effort exactly.
"""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from functools import reduce
from itertools import accumulate, groupby
from operator import or_

from django.db.models import Q

from plans.actions.weeks import monday_of
from salesplan.lib.workdays import DAY, first_working_day, is_working_day

HUNDREDTHS = 100


class WorkCalendar:
    """The working days from today to `last`. Weeks are numbered from 0, the one in which `start` lies.

    `start` is the first working day from today on: on a Saturday the work begins on Monday.
    """

    def __init__(self, today: dt.date, last: dt.date, country: str):
        self.start = first_working_day(today, country)
        self.monday = monday_of(self.start)
        self._first = (self.start - self.monday).days
        days = (self.monday + DAY * number for number in range(max((last - self.monday).days, 6) + 8))
        #: How many working days there are before each day.
        self._before = [0, *accumulate(int(is_working_day(day, country)) for day in days)]

    def week_of(self, day: dt.date) -> int:
        return (day - self.monday).days // 7

    def spread(
        self, effort: Decimal, starts_on: dt.date | None, deadline: dt.date, weeks: range
    ) -> Iterator[tuple[int, int]]:
        """The hundredths of hours in each of these weeks; weeks without any are left out.

        What is late is to be done in week 0. What has no working day at all falls into the week of its deadline.
        """
        hundredths = int(effort * HUNDREDTHS)
        end = (deadline - self.monday).days + 1
        if end <= self._first:
            if 0 in weeks:
                yield 0, hundredths
            return
        begin = max((starts_on - self.monday).days, self._first) if starts_on else self._first
        before = self._before
        done, days = before[begin], before[end] - before[begin]
        if not days:
            if (end - 1) // 7 in weeks:
                yield (end - 1) // 7, hundredths
            return
        first = max(begin // 7, weeks.start)
        given = _share(hundredths, before[min(max(7 * first, begin), end)] - done, days)
        for week in range(first, min((end - 1) // 7 + 1, weeks.stop)):
            upto = _share(hundredths, before[min(7 * week + 7, end)] - done, days)
            if upto > given:
                yield week, upto - given
                given = upto


def _share(hundredths: int, days: int, of_days: int) -> int:
    """Rounded to the nearest."""
    return (2 * hundredths * days + of_days) // (2 * of_days)


def works_in(monday: dt.date, today: dt.date, country: str) -> Q:
    """Which actions are worked on in that week: the condition says in the database what `spread` says of one.

    Whether they are open and have any effort is not its business.
    """
    start = first_working_day(today, country)
    days = [day for number in range(7) if (day := monday + DAY * number) >= start]
    if not days:
        return Q(pk__in=[])
    parts = [Q(deadline__lt=start)] if monday == monday_of(start) else []
    for works, run in groupby(days, key=lambda day: is_working_day(day, country)):
        first, *_others = stretch = list(run)
        parts.append(_worked(first, stretch[-1]) if works else _without_work(first, stretch[-1], country))
    return reduce(or_, parts)


def _worked(first: dt.date, last: dt.date) -> Q:
    return Q(deadline__gte=first) & (Q(starts_on=None) | Q(starts_on__lte=last))


def _without_work(first: dt.date, last: dt.date, country: str) -> Q:
    """Actions of days off alone, which may have begun the week before."""
    begin = first
    while not is_working_day(begin - DAY, country):
        begin -= DAY
    return Q(deadline__range=(first, last), starts_on__gte=begin)
