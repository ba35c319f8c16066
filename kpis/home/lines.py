"""Lines of a panel: each a problem, or something to do, with its mark and its verb."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from kpis.dashboard.attention import MARKS, OPENED, SHOWN, Line, Mark
from plans.plan.attention import Attention

OWN_MARKS = MARKS | {
    "due": Mark("mute3", icon="calendar"),
    "awaited": Mark("c-risk", icon="link"),
    "said": Mark("c-acc", icon="mail"),
    "news": Mark("mute3", icon="history"),
    "decide": Mark("c-acc", icon="circle-check"),
    "goal": Mark("c-risk", icon="arrows-right-left"),
}


#: So many are written at most.
MOST = SHOWN + OPENED


@dataclass(frozen=True)
class Some[Row]:
    """Of many the first ones, some more that open beneath them, and how many are left out."""

    count: int
    shown: Sequence[Row]
    more: Sequence[Row]
    beyond: int


def some_of[Row](rows: Sequence[Row], *, count: int | None = None) -> Some[Row]:
    """`count` is how many there are, where `rows` are not all of them."""
    count = len(rows) if count is None else count
    return Some(count, rows[:SHOWN], rows[SHOWN:MOST], max(count - MOST, 0))


def lines_of(problems: Sequence[Attention], *, count: int | None = None) -> Some[Line]:
    """The most pressing first."""
    ranked = sorted(problems, key=lambda problem: -problem.weight)
    return some_of([Line(problem, OWN_MARKS[problem.kind]) for problem in ranked], count=count)


def joined(*parts: str) -> str:
    """3 days late · Sales growth plan"""
    return " · ".join(filter(None, parts))


def of_plan(what: str, name: str) -> str:
    """With the plan, where its name says something."""
    return _("%(what)s, in “%(plan)s”") % {"what": what, "plan": name} if name else what
