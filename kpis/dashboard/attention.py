"""How a line of what needs attention looks."""

from dataclasses import dataclass

from plans.plan.attention import Attention

#: As many lines as one reads, and as many as open beneath them.
SHOWN, OPENED = 8, 12


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
class Lines:
    """`beyond` counts what is left out: hundreds of late actions are work for their own table."""

    count: int
    shown: list[Line]
    more: list[Line]
    beyond: int


def lines_of(problems: list[Attention]) -> Lines:
    most = SHOWN + OPENED
    lines = [Line(problem, MARKS.get(problem.kind, MARKS["missing"])) for problem in problems[:most]]
    return Lines(len(problems), lines[:SHOWN], lines[SHOWN:], max(len(problems) - most, 0))
