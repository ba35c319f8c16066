"""The track a KPI is meant to follow: what it should be on a day, and how much of its target is reached."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from accounts.models import Workspace
from kpis.kpi.models import Kpi
from kpis.kpi.path import Path
from kpis.kpi.periods import MONDAY, count_periods, first_day, last_day, period_of, periods_between
from kpis.kpi.rules import USUAL_RULES, Rules
from plans.objectives.models import Direction


class Span(Protocol):
    starts_on: dt.date
    ends_on: dt.date
    workspace: Workspace


@dataclass(frozen=True, slots=True)
class Track:
    """Level: a line from the baseline to the target. Total: each period brings the same share of the target.

    With a path, what that says period by period is expected instead.

    Within a band there is no line, only the band. Without a baseline the target itself is expected all along.
    """

    starts_on: dt.date
    deadline: dt.date
    rhythm: str = Kpi.Rhythm.WEEKLY
    measure: str = Kpi.Measure.LEVEL
    direction: str = Direction.MORE
    unit: str = ""
    baseline: Decimal | None = None
    target: Decimal | None = None
    band_low: Decimal | None = None
    band_high: Decimal | None = None
    path: Path | None = None
    rules: Rules = USUAL_RULES
    week_start: int = MONDAY

    @classmethod
    def of(cls, kpi: Kpi, plan: Span) -> "Track":
        """A KPI without dates of its own follows the plan's."""
        return cls(
            kpi.starts_on or plan.starts_on,
            kpi.deadline or plan.ends_on,
            kpi.rhythm,
            kpi.measure,
            kpi.direction,
            kpi.unit,
            kpi.baseline,
            kpi.target,
            kpi.band_low,
            kpi.band_high,
            Path.of(kpi),
            Rules.of(kpi, plan.workspace),
            plan.workspace.week_starts_on,
        )

    @property
    def is_total(self) -> bool:
        return self.measure in Kpi.TOTALS

    @property
    def start(self) -> Decimal | None:
        """Where the track begins: a total at zero, a level at its baseline."""
        return Decimal(0) if self.is_total else self.baseline

    @property
    def has_band(self) -> bool:
        return self.direction == Direction.WITHIN

    @property
    def is_set(self) -> bool:
        """Whether there is anything to compare with."""
        if self.has_band:
            return self.band_low is not None or self.band_high is not None
        return self.target is not None

    def counts(self, period: dt.date) -> bool:
        """Whether a reading of `period` belongs to the total: earlier ones are history."""
        return not self.is_total or period >= self.period_of(self.starts_on)

    def period_of(self, day: dt.date) -> dt.date:
        return period_of(day, self.rhythm, self.week_start)

    def first_day(self, period: dt.date) -> dt.date:
        return first_day(period, self.rhythm, self.week_start)

    def last_day(self, period: dt.date) -> dt.date:
        return last_day(period, self.rhythm, self.week_start)

    def periods(self, first: dt.date | None = None, last: dt.date | None = None) -> list[dt.date]:
        """All of its own, unless other days are said."""
        return periods_between(first or self.starts_on, last or self.deadline, self.rhythm, self.week_start)

    def expected(self, on: dt.date) -> Decimal | None:
        """What the KPI should be on the evening of `on`; None without a target, or with a band."""
        if self.target is None or self.has_band:
            return None
        if self.is_total:
            return self.path.added(self, on) if self.path else self.target * self._elapsed_periods(on)
        return self.path.level(self, on) if self.path else self.line(on)

    def line(self, on: dt.date) -> Decimal:
        """The straight way of a level to its target."""
        assert self.target is not None  # noqa: S101 (nobody asks without one)
        if self.baseline is None:
            return self.target
        return self.baseline + (self.target - self.baseline) * self._elapsed_days(on)

    def share(self, value: Decimal) -> Decimal | None:
        """How much of the way to the target is done: 0 at the baseline (a total's zero), 1 at the target."""
        if self.target is None or self.has_band:
            return None
        start = self.start or Decimal(0)
        return None if self.target == start else (value - start) / (self.target - start)

    def _elapsed_periods(self, on: dt.date) -> Decimal:
        """The period `on` lies in counts as elapsed: its reading is part of the sum."""
        whole = count_periods(self.starts_on, self.deadline, self.rhythm, self.week_start)
        done = count_periods(self.starts_on, min(on, self.deadline), self.rhythm, self.week_start)
        return Decimal(done) / whole if whole else Decimal(1)

    def _elapsed_days(self, on: dt.date) -> Decimal:
        whole = (self.deadline - self.starts_on).days
        done = min(max((on - self.starts_on).days, 0), whole)
        return Decimal(done) / whole if whole > 0 else Decimal(1)
