"""When the values of a week are to be in, who is reminded when, and from when they are late.

A check-in is a day of the calendar and an hour on everybody's own clock: at nine in Warsaw for her, at nine in Lisbon
for him. It asks for the week it ends: a check-in from Thursday on for its own, one earlier in the week for the week
before. Nobody is late before the second working day after it.
"""

import datetime as dt
from dataclasses import dataclass

from accounts.models import Workspace
from kpis.kpi.periods import WEEKLY, period_of, previous_period, week_code
from salesplan.lib.workdays import move_by_working_days

DAY, WEEK = dt.timedelta(days=1), dt.timedelta(weeks=1)
#: From this day of a week on, counted from its first, a check-in asks for the week itself.
OWN_WEEK_FROM = 3
REMINDED_BEFORE, LATE_AFTER = 1, 2


@dataclass(frozen=True)
class Checkin:
    day: dt.date
    hour: int
    country: str

    @property
    def week(self) -> dt.date:
        """First day of the week it asks for."""
        first = period_of(self.day, WEEKLY)
        return first if (self.day - first).days >= OWN_WEEK_FROM else previous_period(first, WEEKLY)

    @property
    def code(self) -> str:
        return week_code(self.week)

    def due(self, zone: dt.tzinfo) -> dt.datetime:
        return self._on(self.day, zone)

    def reminds_at(self, zone: dt.tzinfo) -> dt.datetime:
        """The working day before, at the same hour."""
        return self._on(move_by_working_days(self.day, -REMINDED_BEFORE, self.country), zone)

    @property
    def late_on(self) -> dt.date:
        """By the day of the company."""
        return move_by_working_days(self.day, LATE_AFTER, self.country)

    def _on(self, day: dt.date, zone: dt.tzinfo) -> dt.datetime:
        """An hour that the clocks leave out in spring is the one after it; of two in autumn it is the first.

        In UTC: two moments of one zone are compared by their clocks alone.
        """
        return dt.datetime.combine(day, dt.time(self.hour), zone).astimezone(dt.UTC)


def next_checkin(workspace: Workspace, now: dt.datetime, zone: dt.tzinfo) -> Checkin:
    """The first that is still to come for somebody in that zone."""
    today = now.astimezone(zone).date()
    coming = _of(workspace, today + DAY * ((workspace.checkin_weekday - today.weekday()) % 7))
    return coming if coming.due(zone) > now else _of(workspace, coming.day + WEEK)


def late_checkin(workspace: Workspace, today: dt.date) -> Checkin:
    """The latest for which values can be late."""
    found = _of(workspace, today - DAY * ((today.weekday() - workspace.checkin_weekday) % 7))
    while found.late_on > today:
        found = _of(workspace, found.day - WEEK)
    return found


def checkin_of(workspace: Workspace, week: dt.date) -> Checkin:
    """The one that asks for the week beginning on that day."""
    place = (workspace.checkin_weekday - week.weekday()) % 7
    return _of(workspace, week + DAY * (place if place >= OWN_WEEK_FROM else place + 7))


def _of(workspace: Workspace, day: dt.date) -> Checkin:
    return Checkin(day, workspace.checkin_hour, workspace.country)
