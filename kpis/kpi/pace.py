"""Where a KPI stands against its track, by rules one can read (S7.1)."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from kpis.kpi.periods import MONTHLY, QUARTERLY, WEEKLY
from kpis.kpi.rules import NEAR, Rules
from kpis.kpi.track import Track
from plans.objectives.models import Direction

ON_TRACK, AT_RISK, OFF_TRACK, NO_DATA = "on_track", "at_risk", "off_track", "no_data"
#: Outside a band by at most this share of its width: at risk.
BAND_MARGIN = Decimal("0.1")
STALE_AFTER = {WEEKLY: 8, MONTHLY: 32, QUARTERLY: 95}


@dataclass(frozen=True, slots=True)
class Pace:
    """`gap` is actual minus expected (inside a band: zero), `ratio` the share of what is expected, 1 or more is good.

    `on` is the day for which it was judged. How it is said is in kpis/kpi/words.py.
    """

    track: Track
    on: dt.date
    status: str = NO_DATA
    actual: Decimal | None = None
    expected: Decimal | None = None
    ratio: Decimal | None = None
    gap: Decimal | None = None
    #: The target itself is met already, whatever the track says.
    reached: bool = False

    @property
    def is_good(self) -> bool:
        return self.status == ON_TRACK

    @property
    def on_pace(self) -> bool:
        return self.gap is not None and abs(self.gap) <= abs(self.expected or Decimal(0)) * NEAR

    @property
    def ahead(self) -> bool:
        return self.gap is not None and _advance(self.track, self.gap) > 0


@dataclass(frozen=True, slots=True)
class Freshness:
    """`updated_on` is the last day the readings speak of, `days` how long ago that was."""

    updated_on: dt.date | None
    days: int
    stale: bool
    limit: int


def judge(track: Track, actual: Decimal | None, on: dt.date) -> Pace:
    """The pace of a value on a day; without a value or a target it is grey, never red."""
    if actual is None or not track.is_set:
        return Pace(track, on, actual=actual, expected=track.expected(on))
    if track.has_band:
        return _judge_band(track, actual, on)
    expected = track.expected(on)
    assert expected is not None  # noqa: S101 (is_set says there is a target)
    ratio = _ratio(track, actual, expected)
    reached = _is_reached(track, actual)
    status = ON_TRACK if reached else status_at(ratio, track.rules)
    return Pace(track, on, status, actual, expected, ratio, actual - expected, reached)


def freshness(track: Track, last_period: dt.date | None, today: dt.date) -> Freshness:
    """Stale: too long after the end of the last period read; with none, after the end of the first one due.

    After the deadline nothing more is due, so nothing grows older.
    """
    limit = STALE_AFTER[track.rhythm]
    end = track.last_day(last_period or track.period_of(track.starts_on))
    days = max((min(today, track.deadline) - end).days, 0)
    return Freshness(min(end, today) if last_period else None, days, days > limit, limit)


def status_at(ratio: Decimal, rules: Rules) -> str:
    """What a share of the pace comes to."""
    if ratio >= rules.on_track_from:
        return ON_TRACK
    return AT_RISK if ratio >= rules.at_risk_from else OFF_TRACK


def _advance(track: Track, gap: Decimal) -> Decimal:
    return -gap if track.direction == Direction.LESS else gap


def _ratio(track: Track, actual: Decimal, expected: Decimal) -> Decimal:
    """Actual / expected, inverted where less is better.

    A ratio says nothing around zero: a track that runs below zero is judged by the gap as a share of its length.
    """
    advance = _advance(track, actual - expected)
    ends = [end for end in (track.start, track.target, expected) if end is not None]
    if min(ends) < 0:
        return 1 + advance / ((max(ends) - min(ends)) or abs(expected))
    upper, lower = (expected, actual) if track.direction == Direction.LESS else (actual, expected)
    if lower <= 0:
        return Decimal(1) if advance >= 0 else Decimal(0)
    return upper / lower


def _is_reached(track: Track, actual: Decimal) -> bool:
    """A total that should stay small is not reached before its period is over."""
    if track.target is None or (track.is_total and track.direction == Direction.LESS):
        return False
    return _advance(track, actual - track.target) >= 0


def _judge_band(track: Track, actual: Decimal, on: dt.date) -> Pace:
    low, high = track.band_low, track.band_high
    nearest = actual if low is None else max(actual, low)
    nearest = nearest if high is None else min(nearest, high)
    gap = actual - nearest
    width = high - low if low is not None and high is not None else abs(nearest)
    status = ON_TRACK if not gap else AT_RISK if abs(gap) <= width * BAND_MARGIN else OFF_TRACK
    return Pace(track, on, status, actual, nearest, None, gap)
