"""What in a plan needs somebody today: each app says what it knows, the dashboard shows it ranked."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from plans.plan.models import Plan


@dataclass(frozen=True)
class Attention:
    """One problem with its verb: `title` what it is about, `detail` how bad, `url` where it is mended.

    `kind` picks the icon (overdue, blocked, at_risk, off_track, disagrees, stale, missing, overload, budget); `weight`
    ranks: the greater the more pressing, 100 for what is late already, 50 for what will be, 10 for gaps.
    """

    kind: str
    title: str
    detail: str
    url: str
    verb: str
    weight: int = 10


type Source = Callable[[Plan, dt.date], list[Attention]]

_sources: list[Source] = []


def register_attention(source: Source) -> None:
    if source not in _sources:
        _sources.append(source)


def needs_attention(
    plan: Plan, today: dt.date, known: Mapping[Source, list[Attention]] | None = None
) -> list[Attention]:
    """Everything that needs somebody, the most pressing first.

    A page that has read what a source looks at answers for it in `known`, and saves its queries.
    """
    known = known or {}
    found = [problem for source in _sources for problem in (known[source] if source in known else source(plan, today))]
    return sorted(found, key=lambda problem: (-problem.weight, problem.title))
