"""Lines of a panel: each a problem, or something to do, with its mark and its verb."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from kpis.dashboard.attention import MARKS, Line, Mark, Some, some_of
from plans.plan.attention import Attention

OWN_MARKS = MARKS | {
    "due": Mark("mute3", icon="calendar"),
    "awaited": Mark("c-risk", icon="link"),
    "said": Mark("c-acc", icon="mail"),
    "news": Mark("mute3", icon="history"),
    "decide": Mark("c-acc", icon="circle-check"),
    "goal": Mark("c-risk", icon="arrows-right-left"),
}


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
