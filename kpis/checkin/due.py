"""Which KPIs a week asks for.

A weekly KPI is due every week. A monthly or quarterly one is due in the week in which its period ends, and stays
on the page of later weeks until it is filled in; once filled it also shows in the week somebody filled it in, so
that it does not vanish under her hands. Only the latest period that has ended is asked for: older holes are
mended on the KPI's own page.
"""

import datetime as dt

from django.db.models import Case, Count, DateField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from kpis.kpi.models import Kpi
from kpis.kpi.periods import MONTHLY, QUARTERLY, WEEKLY, last_day, period_of, previous_period
from kpis.readings.models import Reading
from plans.plan.frame import Week

WEEK = dt.timedelta(days=7)


def due_in_week(kpis: QuerySet[Kpi], monday: dt.date) -> QuerySet[Kpi]:
    """Those of `kpis` that the week asks for, with `due_period` and `read_at` (None while open)."""
    periods = {rhythm: due_period(rhythm, monday) for rhythm in (WEEKLY, MONTHLY, QUARTERLY)}
    reading = Reading.objects.filter(kpi=OuterRef("pk"), period=OuterRef("due_period"))
    ends = {rhythm: last_day(period, rhythm) for rhythm, period in periods.items()}
    ending = [rhythm for rhythm, end in ends.items() if end >= monday]
    return (
        kpis.annotate(due_period=_by_rhythm(periods), due_end=_by_rhythm(ends))
        .annotate(read_at=Subquery(reading.values("entered_at")[:1]))
        .filter(due_end__gte=Coalesce("starts_on", "plan__starts_on"))
        .filter(due_period__lte=Coalesce("deadline", "plan__ends_on"))
        .filter(Q(rhythm__in=ending) | Q(read_at=None) | Q(read_at__range=_moments(monday)))
    )


def due_period(rhythm: str, monday: dt.date) -> dt.date:
    """The latest period that has ended by the Sunday of the week; its first day."""
    return previous_period(period_of(monday + WEEK, rhythm), rhythm)


def count_due(kpis: QuerySet[Kpi], monday: dt.date) -> Week:
    """How many of them are in: one query."""
    return Week(**due_in_week(kpis, monday).aggregate(done=Count("pk", filter=~Q(read_at=None)), due=Count("pk")))


def my_week(user) -> Week:
    """What the frame shows beside "My week"."""
    return count_due(Kpi.objects.owed_by(user), period_of(timezone.localdate(), WEEKLY))


def _by_rhythm(days: dict[str, dt.date]) -> Case:
    whens = [When(rhythm=rhythm, then=Value(day)) for rhythm, day in days.items()]
    return Case(*whens, output_field=DateField())


def _moments(monday: dt.date) -> tuple[dt.datetime, dt.datetime]:
    start = timezone.make_aware(dt.datetime.combine(monday, dt.time.min))
    end = timezone.make_aware(dt.datetime.combine(monday + WEEK, dt.time.min))
    return start, end - dt.timedelta(microseconds=1)
