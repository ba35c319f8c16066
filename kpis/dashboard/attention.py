"""How a line of what needs attention looks."""

from dataclasses import dataclass

from plans.plan.attention import Attention

#: As many lines as one reads; the others open beneath them.
SHOWN = 8


@dataclass(frozen=True)
class Mark:
    css: str
    icon: str


MARKS = {
    "overdue": Mark("c-over", icon="clock-exclamation"),
    "blocked": Mark("c-block", icon="octagon-minus"),
    "at_risk": Mark("c-risk", icon="alert-triangle"),
    "off_track": Mark("c-over", icon="trending-down"),
    "stale": Mark("c-risk", icon="history"),
    "missing": Mark("c-risk", icon="link-off"),
    "budget": Mark("c-risk", icon="coins"),
}


@dataclass(frozen=True)
class Line:
    problem: Attention
    mark: Mark


def lines_of(problems: list[Attention]) -> tuple[list[Line], list[Line]]:
    """Those that are shown, and those that open."""
    lines = [Line(problem, MARKS.get(problem.kind, MARKS["missing"])) for problem in problems]
    return lines[:SHOWN], lines[SHOWN:]
