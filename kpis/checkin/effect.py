"""What a check-in shows: which KPIs are behind, what they touch, and how faithfully they are kept up."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

from django.db.models import QuerySet
from django.utils import timezone

from kpis.checkin.answered import RECENT_WEEKS, Answer, answers, starts_of
from kpis.checkin.due import WEEK
from kpis.checkin.rows import Row
from kpis.kpi.models import Kpi
from kpis.kpi.pace import AT_RISK, OFF_TRACK
from plans.actions.models import Action
from salesplan.lib.prepared import prepared

#: A streak is counted at most so far back.
LOOK_BACK_WEEKS = 52


@dataclass(frozen=True)
class Behind:
    """A KPI behind its pace, with the open actions meant to move it."""

    row: Row
    actions: list[Action] = field(default_factory=list)


@dataclass(frozen=True)
class Effect:
    behind: list[Behind]
    #: Weeks in a row in which every weekly KPI of the page was answered in time.
    streak: int
    entered: int
    skipped: int

    @property
    def worst(self) -> Behind | None:
        return self.behind[0] if self.behind else None

    @property
    def others(self) -> list[Behind]:
        return self.behind[1:]


def effect_of(rows: list[Row], *, monday: dt.date, recent: list[Answer]) -> Effect:
    """`recent` are the answers of RECENT_WEEKS."""
    behind = [row for row in rows if row.is_done and row.progress.status in {AT_RISK, OFF_TRACK}]
    behind.sort(key=lambda row: row.progress.pace.ratio or 0)
    actions = _actions_of([row.kpi for row in behind])
    return Effect(
        behind=[Behind(row, actions.get(row.kpi.pk, [])) for row in behind],
        streak=_streak(rows, monday, recent),
        entered=sum(row.is_done for row in rows),
        skipped=sum(row.is_skipped for row in rows),
    )


def _actions_of(kpis: Iterable[Kpi]) -> dict[int, list[Action]]:
    actions: dict[int, list[Action]] = {}
    for link in _links_to_actions([kpi.pk for kpi in kpis]):
        if link.action.is_open:
            actions.setdefault(link.kpi_id, []).append(link.action)
    return actions


@prepared
def _links_to_actions(kpi_ids: list[int]) -> QuerySet:
    links = Kpi.actions.through.objects.filter(kpi__pk__in=kpi_ids)
    return links.select_related("action").order_by("action_id")


def _streak(rows: list[Row], monday: dt.date, recent: list[Answer]) -> int:
    """The week of the page itself counts once it is complete, and breaks nothing while it is not."""
    starts = starts_of(rows)
    complete = 0
    # Most streaks end within the first few weeks: the year before them is read only where they do not.
    for since, until in pairwise((0, RECENT_WEEKS, LOOK_BACK_WEEKS)):
        found = answers(starts, monday - (until - 1) * WEEK, monday - since * WEEK) if since else recent
        in_time = _in_time(found)
        for weeks_ago in range(since, until):
            week = monday - weeks_ago * WEEK
            due = {pk for pk, first in starts.items() if first <= week}
            if due and due <= in_time.get(week, set()):
                complete += 1
            elif weeks_ago or not due:
                return complete
    return complete


def _in_time(found: Iterable[Answer]) -> dict[dt.date, set[int]]:
    """By week, the KPIs answered by the Monday after it."""
    in_time: dict[dt.date, set[int]] = {}
    for kpi_id, period, moment in found:
        if moment < _too_late(period, timezone.get_current_timezone()):
            in_time.setdefault(period, set()).add(kpi_id)
    return in_time


@lru_cache(maxsize=256)
def _too_late(period: dt.date, zone: dt.tzinfo) -> dt.datetime:
    """The end of the Monday after the week."""
    return timezone.make_aware(dt.datetime.combine(period + WEEK + dt.timedelta(days=1), dt.time.min), zone)
