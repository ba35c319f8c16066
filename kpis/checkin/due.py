"""Which KPIs a week asks for.

A weekly KPI is due every week. A monthly or quarterly one is due in the week in which its period ends, and stays
on the page of later weeks until it is filled in or skipped; then it also shows in the week in which that was done, so
that it does not vanish under her hands. Only the latest period that has ended is asked for: older holes are
mended on the KPI's own page.
"""

import datetime as dt
from collections.abc import Collection
from functools import lru_cache
from typing import Any, NamedTuple

from django.db.models import Case, DateField, Exists, FilteredRelation, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from kpis.kpi.models import Kpi
from kpis.kpi.periods import (
    MONDAY,
    MONTHLY,
    QUARTERLY,
    WEEKLY,
    first_day,
    last_day,
    latest_week_start,
    period_of,
    previous_period,
)
from kpis.readings.models import Reading
from kpis.skips.models import Skip
from plans.plan.frame import Week
from plans.plan.models import Plan
from salesplan.lib.prepared import prepared

WEEK = dt.timedelta(days=7)
RHYTHMS = (WEEKLY, MONTHLY, QUARTERLY)
LONG_AGO, ONE_DAY = dt.datetime(1900, 1, 1, tzinfo=dt.UTC), dt.datetime(2900, 1, 1, tzinfo=dt.UTC)


class Asked(NamedTuple):
    """What a week asks for, by rhythm, in the order of RHYTHMS."""

    periods: list[dt.date]
    #: Last days of the periods.
    ends: list[dt.date]
    #: A reading entered between these moments does not settle its period: the line stays in the week it was filled in.
    since: list[dt.datetime]
    until: list[dt.datetime]


def asked_in(monday: dt.date, week_start: int = MONDAY) -> Asked:
    return _asked_in(monday, week_start, timezone.get_current_timezone())


@lru_cache(maxsize=256)
def _asked_in(monday: dt.date, week_start: int, zone: dt.tzinfo) -> Asked:
    """Every line that is saved asks for the same week."""
    begin = first_day(monday, WEEKLY, week_start)
    periods = [due_period(rhythm, monday, week_start) for rhythm in RHYTHMS]
    ends = [last_day(period, rhythm, week_start) for period, rhythm in zip(periods, RHYTHMS, strict=True)]
    # A period that ends in this very week is asked for whenever it was filled in.
    since = [_start_of(begin, zone) if end < begin else LONG_AGO for end in ends]
    until = [_start_of(begin + WEEK, zone) if end < begin else ONE_DAY for end in ends]
    return Asked(periods, ends, since, until)


def due_of(kpis: QuerySet[Kpi], periods: list, ends: list, since: list, until: list) -> QuerySet[Kpi]:
    """Those of `kpis` that a week asks for (see Asked), with `due_period`."""
    asked, whens = Q(), []
    for rhythm, period, end, first, last in zip(RHYTHMS, periods, ends, since, until, strict=True):
        readings = Reading.objects.filter(kpi=OuterRef("pk"), period=period)
        skips = Skip.objects.filter(kpi=OuterRef("pk"), period=period)
        settled = Q(Exists(readings.filter(Q(entered_at__lt=first) | Q(entered_at__gte=last))))
        settled |= Q(Exists(skips.filter(Q(skipped_at__lt=first) | Q(skipped_at__gte=last))))
        asked |= Q(rhythm=rhythm, first_day__lte=end, last_day__gte=period) & ~settled
        whens.append(When(rhythm=rhythm, then=Value(period) if isinstance(period, dt.date) else period))
    days = {"first_day": Coalesce("starts_on", "plan__starts_on"), "last_day": Coalesce("deadline", "plan__ends_on")}
    dated = (
        kpis.exclude(measure__in=Kpi.COMPUTED).alias(**days).annotate(due_period=Case(*whens, output_field=DateField()))
    )
    return dated.filter(asked)


def due_period(rhythm: str, monday: dt.date, week_start: int = MONDAY) -> dt.date:
    """The latest period that has ended by the last day of the week."""
    following = first_day(monday + WEEK, WEEKLY, week_start)
    return previous_period(period_of(following, rhythm, week_start), rhythm)


def due_in_plan(plan: Plan, monday: dt.date) -> list[Kpi]:
    """Everybody's, in the order of the plan."""
    return _due_in_plan(plan, *asked_in(monday, plan.workspace.week_starts_on))


def owed_in(user, monday: dt.date, week_start: int = MONDAY) -> list[Kpi]:
    """Those the user owes, plan by plan."""
    return _owed(user, *asked_in(monday, week_start))


@prepared
def _due_in_plan(plan: Any, *asked: Any) -> QuerySet[Kpi]:
    kpis = _with_reason(due_of(Kpi.objects.in_plan(plan), *asked))
    return kpis.select_related("owner", "objective").order_by("position", "pk")


@prepared
def _owed(user: Any, *asked: Any) -> QuerySet[Kpi]:
    kpis = _with_reason(due_of(Kpi.objects.owed_by(user), *asked))
    return kpis.select_related("owner", "objective", "plan__workspace").order_by(
        "plan__name", "plan_id", "position", "pk"
    )


def _with_reason(kpis: QuerySet[Kpi]) -> QuerySet[Kpi]:
    """`skip_reason`: why their period is skipped."""
    skips = Skip.objects.filter(kpi=OuterRef("pk"), period=OuterRef("due_period"))
    return kpis.annotate(skip_reason=Coalesce(Subquery(skips.values("reason")), Value("")))


def missing_of(kpis: QuerySet[Kpi], monday: dt.date, week_start: int) -> QuerySet[Kpi]:
    """Those of `kpis` that the week asks for and that are neither in nor skipped, with `due_period`."""
    return due_of(kpis, *asked_in(monday, week_start)).exclude(_is_answered())


def count_in_plan(plan: Plan, monday: dt.date) -> Week:
    """How many of everybody's are in, or skipped: one query."""
    asked = asked_in(monday, plan.workspace.week_starts_on)
    return _count(_entries_in_plan(plan, sorted(set(asked.periods))), asked)


def count_owed(user: Any, monday: dt.date, week_start: int = MONDAY) -> Week:
    """The same of those the user owes."""
    asked = asked_in(monday, week_start)
    return _count(_entries_of_owed(user, sorted(set(asked.periods))), asked)


def my_week(user, week_starts: Collection[int]) -> Week:
    """What the frame shows beside "My week"; `week_starts` are those of her companies."""
    week_start = latest_week_start(week_starts)
    return count_owed(user, period_of(timezone.localdate(), WEEKLY, week_start), week_start)


# Counted with every line that is saved, and each time the frame is drawn anew. So the days are compared here and not by
# `due_of`: a database takes longer to prepare a dozen subqueries than to read what they are about.


@prepared
def _entries_in_plan(plan: Any, periods: list[dt.date]) -> QuerySet:
    return _entries(Kpi.objects.in_plan(plan).entered(), periods)


@prepared
def _entries_of_owed(user: Any, periods: list[dt.date]) -> QuerySet:
    return _entries(Kpi.objects.owed_by(user), periods)


def _entries(kpis: QuerySet[Kpi], periods: list) -> QuerySet:
    """Each KPI with its days and what stands in some periods: a row for each pair of a value and a skip, or one."""
    value = FilteredRelation("readings", condition=Q(readings__period__in=periods))
    skip = FilteredRelation("skips", condition=Q(skips__period__in=periods))
    days = {"first_day": Coalesce("starts_on", "plan__starts_on"), "last_day": Coalesce("deadline", "plan__ends_on")}
    kpis = kpis.order_by().annotate(value_in=value, skip_in=skip, **days)
    entries = ("value_in__period", "value_in__entered_at", "skip_in__period", "skip_in__skipped_at")
    return kpis.values_list("pk", "rhythm", "first_day", "last_day", *entries)


def _count(rows: list[tuple], asked: Asked) -> Week:
    """What `due_of` asks for, as `_is_answered` says it."""
    answered: dict[int, bool] = {}
    settled: set[int] = set()
    by_rhythm = dict(zip(RHYTHMS, zip(*asked, strict=True), strict=True))
    for pk, rhythm, begins, ends, *entries in rows:
        period, end, since, until = by_rhythm[rhythm]
        if begins > end or ends < period:
            continue
        moments = [at for of, at in (entries[:2], entries[2:]) if of == period]
        answered[pk] = answered.get(pk, False) or bool(moments)
        if any(not since <= at < until for at in moments):
            settled.add(pk)
    left = [is_in for pk, is_in in answered.items() if pk not in settled]
    return Week(done=sum(left), due=len(left))


def _is_answered() -> Q:
    """Of a KPI with its `due_period`: whether it has a value, or is skipped."""
    answer = {"kpi": OuterRef("pk"), "period": OuterRef("due_period")}
    return Q(Exists(Reading.objects.filter(**answer))) | Q(Exists(Skip.objects.filter(**answer)))


def _start_of(day: dt.date, zone: dt.tzinfo) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time.min), zone)
