"""How a line of what needs attention looks."""

from collections.abc import Sequence
from dataclasses import dataclass

from plans.plan.attention import Attention

#: As many lines as one reads, and as many as open beneath them.
SHOWN, OPENED = 8, 12
#: So many are written at most.
MOST = SHOWN + OPENED


@dataclass(frozen=True)
class Mark:
    css: str
    icon: str


MARKS = {
    "overdue": Mark("c-over", icon="clock-exclamation"),
    "blocked": Mark("c-block", icon="octagon-minus"),
    "at_risk": Mark("c-risk", icon="alert-triangle"),
    "off_track": Mark("c-over", icon="trending-down"),
    "disagrees": Mark("c-risk", icon="equal-not"),
    "stale": Mark("c-risk", icon="history"),
    "missing": Mark("c-risk", icon="link-off"),
    "overload": Mark("c-over", icon="gauge"),
    "budget": Mark("c-risk", icon="coins"),
}


@dataclass(frozen=True)
class Line:
    problem: Attention
    mark: Mark


@dataclass(frozen=True)
class Some[Row]:
    """Of many the first ones, some more that open beneath them, and how many are left out: hundreds of late actions
    are work for their own table.
    """

    count: int
    shown: Sequence[Row]
    more: Sequence[Row]
    beyond: int


def some_of[Row](rows: Sequence[Row], *, count: int | None = None) -> Some[Row]:
    """`count` is how many there are, where `rows` are not all of them."""
    count = len(rows) if count is None else count
    return Some(count, rows[:SHOWN], rows[SHOWN:MOST], max(count - MOST, 0))


def lines_of(problems: Sequence[Attention]) -> Some[Line]:
    return some_of([Line(problem, MARKS.get(problem.kind, MARKS["missing"])) for problem in problems])
