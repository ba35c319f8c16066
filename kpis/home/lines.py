"""Lines of a panel: each a problem, or something to do, with its mark and its verb."""

from django.utils.translation import gettext as _

from kpis.dashboard.attention import MARKS, OPENED, SHOWN, Line, Lines, Mark
from plans.plan.attention import Attention

OWN_MARKS = MARKS | {
    "due": Mark("mute3", icon="calendar"),
    "awaited": Mark("c-risk", icon="link"),
    "said": Mark("c-acc", icon="mail"),
    "news": Mark("mute3", icon="history"),
    "decide": Mark("c-acc", icon="circle-check"),
    "goal": Mark("c-risk", icon="arrows-right-left"),
}


def lines_of(problems: list[Attention]) -> Lines:
    """The most pressing first, as many as one reads; of the others some more, and how many there are."""
    ranked = sorted(problems, key=lambda problem: -problem.weight)
    lines = [Line(problem, OWN_MARKS[problem.kind]) for problem in ranked[: SHOWN + OPENED]]
    return Lines(len(problems), lines[:SHOWN], lines[SHOWN:], max(len(problems) - SHOWN - OPENED, 0))


def joined(*parts: str) -> str:
    """3 days late · Sales growth plan"""
    return " · ".join(filter(None, parts))


def of_plan(what: str, name: str) -> str:
    """With the plan, where its name says something."""
    return _("%(what)s, in “%(plan)s”") % {"what": what, "plan": name} if name else what
