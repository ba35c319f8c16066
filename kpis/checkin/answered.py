"""When the weeks of weekly KPIs were answered, by a value or by skipping; which of the last ones were missed."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from kpis.checkin.due import WEEK
from kpis.checkin.rows import Row
from kpis.kpi.periods import WEEKLY, period_label, week_code
from kpis.readings.models import Reading
from kpis.skips.models import Skip
from salesplan.lib.prepared import prepared

#: As many weeks are looked at on every page, the page's own among them.
RECENT_WEEKS = 8
#: So many KPIs of a missed week are named, more are counted.
NAMED = 2

#: KPI, week, and when it was answered.
type Answer = tuple[int, dt.date, dt.datetime]


@dataclass(frozen=True)
class Missed:
    """A week that has begun and ended without an answer for some KPIs."""

    monday: dt.date
    names: list[str]

    @property
    def code(self) -> str:
        return week_code(self.monday)

    @property
    def label(self) -> str:
        return period_label(self.monday, WEEKLY)

    @property
    def words(self) -> str:
        """Qualified leads, Demo requests; Qualified leads and 4 more"""
        if len(self.names) <= NAMED:
            return ", ".join(self.names)
        return _("%(name)s and %(count)s more") % {"name": self.names[0], "count": len(self.names) - 1}


def answers(kpi_ids: Iterable[int], first: dt.date, last: dt.date) -> list[Answer]:
    """Of the weeks from `first` to `last`."""
    return _answers(list(kpi_ids), first, last)


@prepared
def _answers(kpi_ids: list[int], first: dt.date, last: dt.date) -> QuerySet:
    of_these = {"kpi__pk__in": kpi_ids, "period__range": (first, last)}
    readings = Reading.objects.filter(**of_these).order_by().values_list("kpi_id", "period", "entered_at")
    skips = Skip.objects.filter(**of_these).order_by().values_list("kpi_id", "period", "skipped_at")
    return readings.union(skips, all=True)


def starts_of(rows: Iterable[Row]) -> dict[int, dt.date]:
    """The first week each of the weekly ones is asked for."""
    tracks = {row.kpi.pk: row.progress.track for row in rows if row.kpi.rhythm == WEEKLY}
    return {pk: track.period_of(track.starts_on) for pk, track in tracks.items()}


def missed(rows: Iterable[Row], recent: Iterable[Answer], monday: dt.date) -> list[Missed]:
    """Of the weeks before `monday`, the latest first; `recent` are the answers of RECENT_WEEKS."""
    mine = [row for row in rows if row.may_enter]
    starts, names = starts_of(mine), {row.kpi.pk: row.kpi.name for row in mine}
    answered = {(kpi, period) for kpi, period, _when in recent}
    found = []
    for weeks_ago in range(1, RECENT_WEEKS):
        week = monday - weeks_ago * WEEK
        holes = [names[pk] for pk, start in starts.items() if start <= week and (pk, week) not in answered]
        if holes:
            found.append(Missed(week, holes))
    return found
