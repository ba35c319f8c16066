"""Where the KPIs of a plan stand, in a number of queries that does not grow with KPIs or readings.

for progress in kpi_progress(plan, timezone.localdate()):
    progress.kpi.name, progress.value, progress.words, progress.look, progress.freshness.stale
"""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import F, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from kpis.kpi import words
from kpis.kpi.bullet import Bullet, bullet_of
from kpis.kpi.computing import Computing, Values
from kpis.kpi.models import Kpi
from kpis.kpi.pace import Freshness, Pace, freshness, judge
from kpis.kpi.periods import previous_period
from kpis.kpi.track import Track
from plans.plan.models import Plan
from salesplan.lib.prepared import prepared

#: How many periods a sparkline shows.
SPARK_PERIODS = 8
#: A week that began on a Saturday is named by a Monday that is still to come.
LONGEST_LEAD = dt.timedelta(days=2)
#: So that a list of ids is never empty.
NO_KPI = 0


@dataclass(frozen=True)
class KpiProgress:
    """One KPI as it stands. For a total, `value` and `series` are running totals, `last` the last period's own.

    Without a `value` but with a `last_period`, the numbers of that period are in and give none.

    `series` and `pace_series` are the last eight periods up to the last one read, None where none was read.
    """

    kpi: Kpi
    track: Track
    pace: Pace
    freshness: Freshness
    value: Decimal | None = None
    last: Decimal | None = None
    last_period: dt.date | None = None
    series: tuple[Decimal | None, ...] = ()
    pace_series: tuple[Decimal | None, ...] = ()
    #: The values as they were entered, period by period, for the same eight periods.
    entered: tuple[Decimal | None, ...] = ()
    #: 0 at the baseline, 1 at the target; may lie outside. None without a target.
    target_share: Decimal | None = None

    @property
    def status(self) -> str:
        return self.pace.status

    @property
    def look(self) -> words.Look:
        """CSS class, icon and word of the status."""
        return words.LOOKS[self.pace.status]

    @property
    def words(self) -> str:
        """1.4 pt ahead"""
        return words.gap_words(self.pace)

    @property
    def icon(self) -> str:
        return words.gap_icon(self.pace)

    @property
    def css(self) -> str:
        """Class of .delta: up, eq, wn or dn."""
        return words.delta_css(self.pace)

    @property
    def pace_words(self) -> str:
        """pace 17.0"""
        return words.pace_words(self.pace)

    @property
    def bullet(self) -> Bullet | None:
        return bullet_of(self.pace)

    @property
    def rule(self) -> str:
        """Why the status is what it is, in a sentence with its numbers."""
        if self.value is None and (self.last_period or self.kpi.is_computed):
            return words.lack_words(self.kpi, self.last_period)
        return words.rule_words(self.pace)


def kpi_progress(plan: Plan, today: dt.date, *, only: Collection[int] | None = None) -> list[KpiProgress]:
    """Every KPI of `plan` in its order, or those with the ids `only`: two queries."""
    kpis = Kpi.objects.in_plan(plan).select_related("owner", "objective")
    return progress_of(kpis if only is None else kpis.filter(pk__in=only), today, plan=plan)


def progress_of(kpis: QuerySet[Kpi], today: dt.date, *, plan: Plan | None = None) -> list[KpiProgress]:
    """`today` in the past shows what was known then of the periods begun by that day.

    KPIs of several plans come with `select_related("plan__workspace")`.
    """
    rows = list(kpis)
    for kpi in rows if plan else ():
        kpi.plan = plan  # type: ignore[assignment]
    values = values_by_kpi(rows, today)
    return [measure(kpi, values.get(kpi.pk, {}), today) for kpi in rows]


def measure(kpi: Kpi, values: Values, today: dt.date) -> KpiProgress:
    """`values` by period, ascending: all that count for a total, at least the last eight for a level."""
    track = Track.of(kpi, kpi.plan)
    last = max(values, default=None)
    fresh = freshness(track, last, today)
    if last is None:
        return KpiProgress(kpi, track, judge(track, None, today), fresh)
    running = running_values(track, values)
    value = running.get(last)
    pace = judge(track, value, min(track.last_day(last), today))
    periods = _last_periods(last, track.rhythm, first=min(values))
    return KpiProgress(
        kpi,
        track,
        pace,
        fresh,
        value=value,
        last=values[last],
        last_period=last,
        series=tuple(running.get(period) for period in periods),
        pace_series=tuple(track.expected(track.last_day(period)) for period in periods),
        entered=tuple(values.get(period) for period in periods),
        target_share=None if value is None else track.share(value),
    )


def pace_of(kpi: Kpi, values: Values, today: dt.date) -> Pace:
    """How it stands, without what only its own pages show."""
    track = Track.of(kpi, kpi.plan)
    last = max(values, default=None)
    if last is None:
        return judge(track, None, today)
    return judge(track, running_values(track, values).get(last), min(track.last_day(last), today))


def values_by_kpi(kpis: Iterable[Kpi], today: dt.date, *, whole: Collection[int] = ()) -> dict[int, Values]:
    """Plain rows instead of readings: models would be the dearest part of the page.

    All of them for a total and for the ids in `whole`, else at least the last eight. One query; another one where
    something is computed from KPIs that are not among `kpis`. All know their plan and its company.
    """
    kpis = list(kpis)
    computed = [kpi for kpi in kpis if kpi.is_computed]
    if not computed:
        return _entered_values(kpis, whole, today)
    return computing_of(with_inputs(kpis), today, whole=whole).values


def computing_of(known: Mapping[int, Kpi], today: dt.date, *, whole: Collection[int] = ()) -> Computing:
    """All that is computed among `known`, from what was entered: one query."""
    inputs = {pk for kpi in known.values() for pk in kpi.named}
    computing = Computing(known, _entered_values(known.values(), {*whole, *inputs}, today))
    short = {kpi.pk for kpi in known.values() if kpi.measure == Kpi.Measure.COMPUTED} - {*whole, *inputs}
    computing.add(known.values(), latest=dict.fromkeys(short, SPARK_PERIODS))
    return computing


def with_inputs(kpis: Iterable[Kpi]) -> dict[int, Kpi]:
    """`kpis` by id, and with them whatever they are computed from, as far as it is there; each knows its plan."""
    known = {kpi.pk: kpi for kpi in kpis}
    computed = [kpi for kpi in known.values() if kpi.is_computed]
    if all(pk in known for kpi in computed for pk in kpi.named):
        return known
    plans = {kpi.plan_id: kpi.plan for kpi in computed}
    others = {kpi.pk: kpi for kpi in Kpi.objects.filter(plan__in=plans).exclude(pk__in=known)}
    for kpi in others.values():
        kpi.plan = plans[kpi.plan_id]
    return known | named_by(computed, others)


def named_by(kpis: Iterable[Kpi], others: Mapping[int, Kpi]) -> dict[int, Kpi]:
    """Those of `others` that `kpis` are computed from, and what these are computed from."""
    found: dict[int, Kpi] = {}
    waiting = [pk for kpi in kpis for pk in kpi.named]
    while waiting:
        pk = waiting.pop()
        if pk in others and pk not in found:
            found[pk] = others[pk]
            waiting += others[pk].named
    return found


def _entered_values(kpis: Iterable[Kpi], whole: Collection[int], today: dt.date) -> dict[int, Values]:
    latest = {kpi.pk: kpi.period_on(today) for kpi in kpis}
    values: dict[int, Values] = {}
    for pk, period, value in _counted_values(list(latest), [NO_KPI, *whole], today + LONGEST_LEAD):
        if period <= latest[pk]:
            values.setdefault(pk, {})[period] = value
    return values


@prepared
def _counted_values(kpi_ids: list[int], whole: list[int], until: dt.date) -> QuerySet:
    latest = Window(RowNumber(), partition_by=F("pk"), order_by=F("readings__period").desc())
    return (
        Kpi.objects.filter(pk__in=kpi_ids, readings__period__lte=until)
        .annotate(nth=latest)
        .filter(Q(measure__in=Kpi.TOTALS) | Q(pk__in=whole) | Q(nth__lte=SPARK_PERIODS + 1))
        .order_by("pk", "readings__period")
        .values_list("pk", "readings__period", "readings__value")
    )


def running_values(track: Track, values: Values) -> Values:
    """What the KPI stood at after each period: the value itself, or for a total the sum so far."""
    if not track.is_total:
        return values
    running: Values = {}
    total = Decimal(0)
    for period, value in values.items():
        if track.counts(period):
            total += value or 0
            running[period] = total
    return running


def _last_periods(last: dt.date, rhythm: str, *, first: dt.date) -> list[dt.date]:
    periods = [last]
    while len(periods) < SPARK_PERIODS and periods[-1] > first:
        periods.append(previous_period(periods[-1], rhythm))
    return periods[::-1]
