"""What a KPI should reach period by period, where that is not a straight line (S7.1)."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate
from typing import TYPE_CHECKING, Self

from kpis.kpi.periods import count_periods

if TYPE_CHECKING:
    from kpis.kpi.models import Kpi
    from kpis.kpi.track import Track

LINEAR, SEASONAL, TYPED = "linear", "seasonal", "typed"


@dataclass(frozen=True, slots=True)
class Path:
    """One point for each period from the one of `begins_on`.

    Typed: what the period adds to a total, or a level at its end. Seasonal: the share of the target a period adds to a
    total, or for a level how many times the straight line it stands at the end of the period.
    """

    seasonal: bool
    begins_on: dt.date
    points: tuple[Decimal, ...]
    #: What the first one, two, three ... points come to.
    sums: tuple[Decimal, ...]

    @classmethod
    def of(cls, kpi: "Kpi") -> Self | None:
        """None for a straight line."""
        if kpi.path == LINEAR or not kpi.path_points or kpi.path_from is None:
            return None
        points = tuple(map(Decimal, kpi.path_points))
        return cls(kpi.path == SEASONAL, kpi.path_from, points, tuple(accumulate(points)))

    def added(self, track: "Track", on: dt.date) -> Decimal:
        """What a total should have come to; periods the path says nothing of add nothing."""
        before = self._sum(self._place(track, track.starts_on))
        done = self._sum(self._place(track, min(on, track.deadline)) + 1) if on >= track.starts_on else before
        if not self.seasonal:
            return done - before
        # Whatever part of the year the track takes, it ends at its target.
        whole = self._sum(self._place(track, track.deadline) + 1) - before
        target = track.target or Decimal(0)
        return target * (done - before) / whole if whole else target

    def level(self, track: "Track", on: dt.date) -> Decimal:
        """From the end of one period to the end of the next it goes straight."""
        on = min(max(on, track.starts_on), track.deadline)
        place, line = self._place(track, on), track.line(on)
        if place >= len(self.points):
            return line if self.seasonal else self.points[-1]
        if place < 0:
            return line
        here, period = self.points[place], track.period_of(on)
        since = max(track.first_day(period) - dt.timedelta(days=1), track.starts_on)
        before = self.points[place - 1] if place else self._start(track, since, here)
        # The last period of a track may be cut short: its point belongs to the deadline then.
        end = min(track.last_day(period), track.deadline)
        value = before + (here - before) * (on - since).days / max((end - since).days, 1)
        return line * value if self.seasonal else value

    def _start(self, track: "Track", since: dt.date, first: Decimal) -> Decimal:
        if self.seasonal:
            return Decimal(1)
        return first if track.baseline is None else track.line(since)

    def covers(self, track: "Track") -> bool:
        """Whether it says something of each period of the track."""
        last = self._place(track, track.deadline)
        return self._place(track, track.starts_on) >= 0 and last < len(self.points)

    def _sum(self, count: int) -> Decimal:
        return self.sums[min(count, len(self.sums)) - 1] if count > 0 else Decimal(0)

    def _place(self, track: "Track", on: dt.date) -> int:
        """The number of the point for the period of `on`, which may lie before the first or after the last one."""
        if on >= self.begins_on:
            return count_periods(self.begins_on, on, track.rhythm, track.week_start) - 1
        return 1 - count_periods(on, self.begins_on, track.rhythm, track.week_start)


def fill_levels(points: list[Decimal | None], *, start: Decimal | None) -> list[Decimal]:
    """A hole lies on the line between its neighbours; `start` is where the first of them begins."""
    known = {place: value for place, value in enumerate(points) if value is not None}
    if start is not None:
        known[-1] = start
    return [_between(known, place) for place in range(len(points))]


def _between(known: dict[int, Decimal], place: int) -> Decimal:
    before = max((other for other in known if other <= place), default=None)
    after = min((other for other in known if other >= place), default=None)
    if before is None or after is None:
        nearest = after if before is None else before
        return known[nearest] if nearest is not None else Decimal(0)
    if before == after:
        return known[place]
    return known[before] + (known[after] - known[before]) * (place - before) / (after - before)
