"""What comes of formulas over KPIs, period by period, and what it was computed from.

An input read in a finer rhythm is added up where it is a total or a count, and else counts as it last was. Weeks
belong to the month that most of their days lie in.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from graphlib import CycleError, TopologicalSorter

from kpis.kpi.expression import NoResult, result_of
from kpis.kpi.models import Kpi
from kpis.kpi.parsing import read_stored
from kpis.kpi.periods import MONDAY, MONTHLY, QUARTERLY, WEEKLY, first_day, last_day, period_of, periods_between

type Values = dict[dt.date, Decimal | None]

#: From the finest to the coarsest.
RHYTHMS = (WEEKLY, MONTHLY, QUARTERLY)


class Why(StrEnum):
    """Why a period has no value: an input is missing or gone, has none itself; or what Lack says."""

    MISSING = "missing"
    NONE = "none"
    GONE = "gone"
    ZERO = "zero"
    RANGE = "range"


@dataclass(frozen=True, slots=True)
class Given:
    """What one input gives for one period: its value, and the periods of its own that were read or are missing."""

    kpi_id: int
    value: Decimal | None = None
    read: tuple[dt.date, ...] = ()
    missing: tuple[dt.date, ...] = ()

    @property
    def why(self) -> Why | None:
        if self.missing or not self.read:
            return Why.MISSING
        return Why.NONE if self.value is None else None


@dataclass(frozen=True, slots=True)
class Outcome:
    """A period of a computed KPI, and why it has no value where it has none."""

    period: dt.date
    given: tuple[Given, ...]
    value: Decimal | None = None
    why: Why | None = None

    @property
    def is_read(self) -> bool:
        """All its numbers are in, whether or not they give a value."""
        return self.why not in {Why.MISSING, Why.GONE}


class Computing:
    """`kpis` by id hold every input that is still there, with its plan; `entered` its values in order of time."""

    def __init__(self, kpis: Mapping[int, Kpi], entered: Mapping[int, Values]):
        self._kpis = kpis
        self._values: dict[int, Values] = dict(entered)
        self._folded: dict[tuple[int, str], dict[dt.date, Given]] = {}

    def add(self, wanted: Iterable[Kpi], *, latest: Mapping[int, int]) -> None:
        """Compute the values of `wanted` and of all they name; of those in `latest` so many periods are enough."""
        for pk in self._in_order(wanted):
            kpi = self._kpis[pk]
            if kpi.is_computed:
                outcomes = self.outcomes(kpi, latest=latest.get(pk), only_read=True)
                self._values[pk] = {outcome.period: outcome.value for outcome in outcomes}

    @property
    def values(self) -> dict[int, Values]:
        return self._values

    def outcomes(self, kpi: Kpi, *, latest: int | None = None, only_read: bool = False) -> list[Outcome]:
        """In order of time; `latest` of them at most. Its computed inputs have been computed before."""
        folded = {pk: self._by_period(pk, kpi.rhythm) for pk in kpi.named}
        every = sorted({period for given in folded.values() for period in given}, reverse=True)
        found: list[Outcome] = []
        for period in every:
            outcome = self._outcome(kpi, period, folded)
            if outcome.is_read or not only_read:
                found.append(outcome)
            if len(found) == latest:
                break
        return found[::-1]

    def _in_order(self, wanted: Iterable[Kpi]) -> list[int]:
        """Inputs before what is computed from them; a circle, which no form lets through, leaves all without values."""
        graph: dict[int, dict[int, None]] = {}
        waiting = [kpi.pk for kpi in wanted]
        while waiting:
            pk = waiting.pop()
            if pk in self._kpis and pk not in graph:
                graph[pk] = self._kpis[pk].named
                waiting += graph[pk]
        try:
            return [pk for pk in TopologicalSorter(graph).static_order() if pk in self._kpis]
        except CycleError:
            return []

    def _outcome(self, kpi: Kpi, period: dt.date, folded: Mapping[int, dict[dt.date, Given]]) -> Outcome:
        given = tuple(found.get(period) or Given(pk, missing=(period,)) for pk, found in folded.items())
        if any(each.kpi_id not in self._kpis for each in given):
            return Outcome(period, given, why=Why.GONE)
        for why in (Why.MISSING, Why.NONE):
            if any(each.why == why for each in given):
                return Outcome(period, given, why=why)
        values = {each.kpi_id: each.value for each in given if each.value is not None}
        try:
            return Outcome(period, given, result_of(read_stored(kpi.expression), values))
        except NoResult as result:
            return Outcome(period, given, why=Why(result.lack.value))

    def _by_period(self, pk: int, rhythm: str) -> dict[dt.date, Given]:
        """Several formulas of one rhythm name the same KPIs."""
        if (pk, rhythm) not in self._folded:
            self._folded[pk, rhythm] = self._fold(pk, rhythm)
        return self._folded[pk, rhythm]

    def _fold(self, pk: int, rhythm: str) -> dict[dt.date, Given]:
        """The values of an input by the periods of `rhythm`."""
        kpi, values = self._kpis.get(pk), self._values.get(pk, {})
        if kpi is None:
            return {}
        if kpi.rhythm == rhythm:
            return {period: Given(pk, value, (period,)) for period, value in values.items()}
        span = Span.of(kpi)
        homes: dict[dt.date, list[dt.date]] = {}
        for period in values:
            homes.setdefault(home_of(period, kpi.rhythm, rhythm, span.week_start), []).append(period)
        is_total = kpi.measure in Kpi.TOTALS
        folded = {}
        for home, periods in homes.items():
            read = tuple(sorted(periods))
            if not is_total:
                folded[home] = Given(pk, values[read[-1]], read[-1:])
                continue
            missing = tuple(part for part in span.parts_of(home, rhythm) if part not in values)
            amounts = [values[period] for period in read]
            total = None if None in amounts else sum(filter(None, amounts), Decimal(0))
            folded[home] = Given(pk, total, read, missing)
        return folded


@dataclass(frozen=True)
class Span:
    """The days for which an input is read."""

    first: dt.date
    last: dt.date
    rhythm: str
    week_start: int

    @classmethod
    def of(cls, kpi: Kpi) -> "Span":
        plan = kpi.plan
        first, last = kpi.starts_on or plan.starts_on, kpi.deadline or plan.ends_on
        return cls(first, last, kpi.rhythm, plan.workspace.week_starts_on)

    def parts_of(self, home: dt.date, rhythm: str) -> list[dt.date]:
        """Its periods that belong to a coarser one: those it is read in, or all where the coarser one lies outside."""
        around = periods_between(home, last_day(home, rhythm), self.rhythm, self.week_start)
        parts = [part for part in around if home_of(part, self.rhythm, rhythm, self.week_start) == home]
        return [part for part in parts if part in self] or parts

    def __contains__(self, period: dt.date) -> bool:
        return self._first <= period <= self._last

    @cached_property
    def _first(self) -> dt.date:
        return period_of(self.first, self.rhythm, self.week_start)

    @cached_property
    def _last(self) -> dt.date:
        return period_of(self.last, self.rhythm, self.week_start)


def home_of(period: dt.date, rhythm: str, coarser: str, week_start: int = MONDAY) -> dt.date:
    """The period of a coarser rhythm that most days of `period` lie in."""
    first, last = first_day(period, rhythm, week_start), last_day(period, rhythm, week_start)
    return period_of(first + (last - first) / 2, coarser)


def is_finer(rhythm: str, other: str) -> bool:
    return RHYTHMS.index(rhythm) < RHYTHMS.index(other)
