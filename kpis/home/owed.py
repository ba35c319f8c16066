"""Which values somebody owes, by the week whose check-in asks for them.

As `kpis.checkin.due` says of one week, read for the current week and the last ones at once. What is locked or skipped
is not owed.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Workspace
from kpis.checkin.answered import answers
from kpis.checkin.due import due_period
from kpis.home.plans import HomePlans
from kpis.kpi.models import Kpi
from kpis.kpi.periods import WEEKLY, first_day, last_day, period_label, period_of
from kpis.kpi.schedule import WEEK, Checkin, checkin_of
from kpis.locks.locked import OPEN, Locked, locked_in
from plans.actions.names import named
from plans.plan.attention import Attention

#: The current week and the three before it: older holes are mended on the page of the KPI.
WEEKS = 4
LATE, DUE = 110, 60


@dataclass
class OwedWeek:
    checkin: Checkin
    is_late: bool
    kpis: list[Kpi] = field(default_factory=list)

    @property
    def url(self) -> str:
        return reverse("kpis:week", query={"week": self.checkin.code})

    @property
    def problem(self) -> Attention:
        count = len(self.kpis)
        title = ngettext("%(count)d KPI of %(week)s", "%(count)d KPIs of %(week)s", count)
        words = {"count": count, "week": period_label(self.checkin.week, WEEKLY)}
        day = date_format(self.checkin.day, "MONTH_DAY_FORMAT")
        when = (_("Was due on %(day)s") if self.is_late else _("Due on %(day)s")) % {"day": day}
        detail = _("%(when)s: %(kpis)s") % {"kpis": named([kpi.name for kpi in self.kpis]), "when": when}
        kind, weight = ("stale", LATE) if self.is_late else ("due", DUE)
        return Attention(kind, title % words, detail, self.url, _("Enter values"), weight)


@dataclass(frozen=True)
class Owed:
    """The oldest week first; `asked_ever` says whether any KPI is hers to enter."""

    weeks: list[OwedWeek]
    asked_ever: bool
    #: The day from which values are asked for again, once all are in: the first of the next week.
    free_until: dt.date

    @property
    def next(self) -> OwedWeek | None:
        return self.weeks[0] if self.weeks else None

    def count(self, *, late: bool) -> int:
        return sum(len(week.kpis) for week in self.weeks if week.is_late == late)


def owed_by(user, plans: HomePlans, workspace: Workspace, now: dt.datetime) -> Owed:
    """Three queries."""
    kpis = list(Kpi.objects.owed_by(user).filter(plan__in=plans.ids).order_by("plan__name", "plan", "position", "pk"))
    for kpi in kpis:
        kpi.plan = plans.named[kpi.plan_id]
    today = timezone.localdate(now)
    week = period_of(today, WEEKLY, workspace.week_starts_on)
    asked = [(kpi, *one) for kpi in kpis for one in _asked_of(kpi, week)]
    first = min((period for _kpi, _week, period in asked), default=week)
    # A list of ids is never empty: no KPI has this one.
    answered = {(pk, period) for pk, period, _when in answers([0, *(kpi.pk for kpi in kpis)], first, week)}
    locks = locked_in({kpi.plan_id for kpi in kpis}, today)
    weeks = _by_week(_open_ones(asked, answered, locks), workspace, now)
    return Owed(weeks, bool(kpis), first_day(week + WEEK, WEEKLY, workspace.week_starts_on))


def _asked_of(kpi: Kpi, week: dt.date) -> Iterator[tuple[dt.date, dt.date]]:
    """The weeks that ask for a value of it, and the period each asks for."""
    week_start = kpi.plan.workspace.week_starts_on
    first, last = kpi.starts_on or kpi.plan.starts_on, kpi.deadline or kpi.plan.ends_on
    if kpi.rhythm == WEEKLY:
        pairs = [(week - back * WEEK, week - back * WEEK) for back in range(WEEKS)]
    else:
        period = due_period(kpi.rhythm, week, week_start)
        end = last_day(period, kpi.rhythm, week_start)
        pairs = [(period_of(end, WEEKLY, week_start), period)]
    for asking, period in pairs:
        if first <= last_day(period, kpi.rhythm, week_start) and last >= period:
            yield asking, period


def _open_ones(
    asked: Iterable[tuple[Kpi, dt.date, dt.date]],
    answered: Collection[tuple[int, dt.date]],
    locks: dict[int, Locked],
) -> Iterator[tuple[Kpi, dt.date]]:
    for kpi, week, period in asked:
        if (kpi.pk, period) not in answered and not locks.get(kpi.plan_id, OPEN).holds(kpi, period):
            yield kpi, week


def _by_week(owed: Iterable[tuple[Kpi, dt.date]], workspace: Workspace, now: dt.datetime) -> list[OwedWeek]:
    found: dict[dt.date, list[Kpi]] = defaultdict(list)
    for kpi, week in owed:
        found[week].append(kpi)
    zone = timezone.get_current_timezone()
    weeks = [(checkin_of(workspace, week), kpis) for week, kpis in sorted(found.items())]
    return [OwedWeek(checkin, checkin.due(zone) <= now, kpis) for checkin, kpis in weeks]
