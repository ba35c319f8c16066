"""Is a value likely a slip of the finger? Asked of the KPI's own past, by rules that one odd value cannot bend."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

#: With fewer values there is no "usual".
ENOUGH = 5
#: Usual is this many median absolute deviations around the median.
SPREAD = 6
#: A KPI that hardly moves is not asked about for every step: its deviation counts as at least this share of its size.
STILL = Decimal("0.05")
TEN = Decimal(10)
#: Where a decimal point may have slipped to.
SHIFTS = (Decimal("0.1"), TEN, Decimal("0.01"), TEN**2, Decimal("0.001"), TEN**3)


@dataclass(frozen=True)
class Doubt:
    """Why a value is asked about, and what may have been meant.

    `factor` is how many times the last value it is, when that alone is odd (0.1 for a tenth).
    """

    value: Decimal
    last: Decimal
    low: Decimal | None = None
    high: Decimal | None = None
    factor: Decimal | None = None
    meant: Decimal | None = None


def doubt(value: Decimal, past: Sequence[Decimal]) -> Doubt | None:
    """None when the value is believable. `past` is in order of time, without the value itself."""
    if not past:
        return None
    last, (low, high) = past[-1], usual_range(past)
    factor = value / last if last else None
    leaps = factor is not None and factor > 0 and not TEN > factor > 1 / TEN
    outside = low is not None and high is not None and not low <= value <= high
    if not (leaps or outside):
        return None
    return Doubt(value, last, low, high, factor if leaps else None, _meant(value, past))


def usual_range(past: Sequence[Decimal]) -> tuple[Decimal | None, Decimal | None]:
    if len(past) < ENOUGH:
        return None, None
    middle = median(past)
    deviation = median([abs(value - middle) for value in past])
    reach = SPREAD * max(deviation, abs(middle) * STILL)
    low = middle - reach
    return (max(low, Decimal(0)) if min(past) >= 0 else low), middle + reach


def _meant(value: Decimal, past: Sequence[Decimal]) -> Decimal | None:
    """The same digits with the point elsewhere, when that would not be doubted."""
    last, (low, high) = past[-1], usual_range(past)
    for shift in SHIFTS:
        other = value * shift
        if other != round(other, 4) or not last:
            continue
        near = Decimal("0.33") <= other / last <= 3
        if near and (low is None or high is None or low <= other <= high):
            return Decimal(f"{other.normalize():f}")
    return None
