"""What is usual for a KPI, by its own past, so that one odd value does not bend it.

The middle is the median; the spread is the median absolute deviation (MAD). A value farther from the median than 3.5
times the MAD, scaled to stand for a standard deviation, breaks with the past (Iglewicz and Hoaglin, 1993).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import mean, median

#: With fewer values there is no past to break with; and how many of the last ones are looked at.
ENOUGH = 8
#: How many spreads from the median are still usual.
REACH = Decimal("3.5")
#: What makes a standard deviation of the MAD, and of the mean deviation, for values that scatter normally.
OF_MEDIAN, OF_MEAN = Decimal("1.4826"), Decimal("1.2533")
#: Where all values are the same, this share of them is still usual.
STILL = Decimal("0.05")


@dataclass(frozen=True)
class Usual:
    middle: Decimal
    low: Decimal
    high: Decimal
    #: How many values it was read from.
    count: int

    def distance(self, value: Decimal) -> Decimal:
        """How far off the value is: 1 at the edge of what is usual, 2 twice as far from the median."""
        edge = self.high - self.middle if value > self.middle else self.middle - self.low
        return abs(value - self.middle) / edge if edge else Decimal(0 if value == self.middle else 10)


def usual_of(past: Sequence[Decimal], *, step: Decimal = Decimal(0)) -> Usual | None:
    """Of the last values before the one in question; None when they are too few or all zero.

    `step` is the least the KPI can move by: what is counted has a spread of one at least.
    """
    last = past[-ENOUGH:]
    if len(last) < ENOUGH:
        return None
    middle = median(last)
    reach = REACH * max(_spread(last, middle), step) or abs(middle) * STILL
    if not reach:
        return None
    low = middle - reach
    return Usual(middle, max(low, Decimal(0)) if min(last) >= 0 else low, middle + reach, len(last))


def _spread(values: Sequence[Decimal], middle: Decimal) -> Decimal:
    """Where more than half of the values are the same the MAD is zero, and the mean deviation speaks instead."""
    deviations = [abs(value - middle) for value in values]
    return OF_MEDIAN * median(deviations) or OF_MEAN * mean(deviations)
