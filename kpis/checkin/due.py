"""Which KPIs a week asks for.

A weekly KPI is due every week. A monthly or quarterly one is due in the week in which its period ends, and stays
on the page of later weeks until it is filled in; once filled it also shows in the week somebody filled it in, so
that it does not vanish under her hands. Only the latest period that has ended is asked for: older holes are
mended on the KPI's own page.
"""

import datetime as dt

from django.db.models import Case, Count, DateField, Exists, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from kpis.kpi.models import Kpi
from kpis.kpi.periods import MONTHLY, QUARTERLY, WEEKLY, last_day, period_of, previous_period
from kpis.readings.models import Reading
from plans.plan.frame import Week

WEEK = dt.timedelta(days=7)
RHYTHMS = (WEEKLY, MONTHLY, QUARTERLY)


def due_in_week(kpis: QuerySet[Kpi], monday: dt.date) -> QuerySet[Kpi]:
    """Those of `kpis` that the week asks for, with `due_period`."""
    whens = [When(rhythm=rhythm, then=Value(due_period(rhythm, monday))) for rhythm in RHYTHMS]
    asked = Q()
    for rhythm in RHYTHMS:
        asked |= _asked(rhythm, monday)
    first, last = Coalesce("starts_on", "plan__starts_on"), Coalesce("deadline", "plan__ends_on")
    dated = kpis.alias(first_day=first, last_day=last).annotate(due_period=Case(*whens, output_field=DateField()))
    return dated.filter(asked)


def _asked(rhythm: str, monday: dt.date) -> Q:
    period = due_period(rhythm, monday)
    end = last_day(period, rhythm)
    asked = Q(rhythm=rhythm, first_day__lte=end, last_day__gte=period)
    if end < monday:
        settled = Reading.objects.filter(kpi=OuterRef("pk"), period=period).exclude(entered_at__range=_moments(monday))
        asked &= ~Q(Exists(settled))
    return asked


def due_period(rhythm: str, monday: dt.date) -> dt.date:
    """The latest period that has ended by the Sunday of the week; its first day."""
    return previous_period(period_of(monday + WEEK, rhythm), rhythm)


def count_due(kpis: QuerySet[Kpi], monday: dt.date) -> Week:
    """How many of them are in: one query."""
    is_in = Exists(Reading.objects.filter(kpi=OuterRef("pk"), period=OuterRef("due_period")))
    due = due_in_week(kpis, monday).annotate(is_in=is_in)
    return Week(**due.aggregate(done=Count("pk", filter=Q(is_in=True)), due=Count("pk")))


def my_week(user) -> Week:
    """What the frame shows beside "My week"."""
    return count_due(Kpi.objects.owed_by(user), period_of(timezone.localdate(), WEEKLY))


def _moments(monday: dt.date) -> tuple[dt.datetime, dt.datetime]:
    start = timezone.make_aware(dt.datetime.combine(monday, dt.time.min))
    end = timezone.make_aware(dt.datetime.combine(monday + WEEK, dt.time.min))
    return start, end - dt.timedelta(microseconds=1)
