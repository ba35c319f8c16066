"""NPS and CSAT with their doubt: counts in, a figure and its 95 % interval out. Asks no database and no clock."""

from dataclasses import dataclass
from math import sqrt
from typing import NamedTuple

NPS, CSAT = "nps", "csat"
#: The ends of each scale, and from and up to where an answer counts as happy and as unhappy.
RANGES = {NPS: (0, 10), CSAT: (1, 5)}
HAPPY_FROM = {NPS: 9, CSAT: 4}
UNHAPPY_TO = {NPS: 6, CSAT: 2}
#: The normal quantile of a 95 % interval.
Z = 1.959964
#: With fewer answers a figure is a hint and no more.
ENOUGH = 30


class Counts(NamedTuple):
    """How many gave a score, and how many of them were happy (promoters) and unhappy (detractors)."""

    total: int = 0
    happy: int = 0
    unhappy: int = 0

    def plus(self, other: "Counts") -> "Counts":
        return Counts(*(mine + theirs for mine, theirs in zip(self, other, strict=True)))


@dataclass(frozen=True)
class Score:
    """`value`, `low` and `high` in the scale's own unit: points from -100 to 100 for NPS, percent for CSAT."""

    scale: str
    value: float
    low: float
    high: float
    n: int

    @property
    def is_thin(self) -> bool:
        return self.n < ENOUGH


def score_of(scale: str, counts: Counts) -> Score | None:
    """None without answers: nothing is measured then."""
    if not counts.total:
        return None
    return (_nps if scale == NPS else _csat)(counts)


def mood_of(scale: str, score: int) -> str:
    if score >= HAPPY_FROM[scale]:
        return "happy"
    return "unhappy" if score <= UNHAPPY_TO[scale] else "neutral"


def _nps(counts: Counts) -> Score:
    """Promoters less detractors, in percent of all, with the adjusted Wald interval.

    The variance of a difference of two shares of one sample is p + q - (p - q)²; three answers are imagined besides
    those given, 3/4 promoter, 3/2 passive, 3/4 detractor, so that few or unanimous answers do not look certain.
    Brendan Rocks, "Interval Estimation for the Net Promoter Score", The American Statistician 70(4), 2016, found its
    coverage best of six methods. The figure itself is never left outside of its interval, which the imagined answers
    could do with a handful of equal ones.
    """
    value = (counts.happy - counts.unhappy) / counts.total
    imagined = counts.total + 3
    promoters, detractors = (counts.happy + 0.75) / imagined, (counts.unhappy + 0.75) / imagined
    middle = promoters - detractors
    reach = Z * sqrt((promoters + detractors - middle**2) / imagined)
    low, high = max(middle - reach, -1), min(middle + reach, 1)
    return Score(NPS, 100 * value, 100 * min(low, value), 100 * max(high, value), counts.total)


def _csat(counts: Counts) -> Score:
    """The share of those who give 4 or 5, with Wilson's score interval.

    E. B. Wilson, "Probable Inference, the Law of Succession, and Statistical Inference", Journal of the American
    Statistical Association 22, 1927; R. G. Newcombe, Statistics in Medicine 17, 1998, has worked examples (method 3).
    """
    n, share = counts.total, counts.happy / counts.total
    weight = 1 + Z**2 / n
    middle = (share + Z**2 / (2 * n)) / weight
    reach = Z * sqrt(share * (1 - share) / n + Z**2 / (4 * n**2)) / weight
    return Score(CSAT, 100 * share, 100 * max(middle - reach, 0), 100 * min(middle + reach, 1), n)
