"""How the KPIs of actions stand: the app that knows says so, for this one must not know it."""

import datetime as dt
from collections.abc import Callable, Collection, Mapping, Sequence

from plans.actions.health import Pace
from plans.plan.models import Plan

#: By action, of a plan's actions or of those with these ids alone.
type PaceSource = Callable[[Plan, dt.date, Collection[int] | None], Mapping[int, Sequence[Pace]]]

_sources: list[PaceSource] = []


def register_paces(source: PaceSource) -> None:
    if source not in _sources:
        _sources.append(source)


def paces_of(plan: Plan, today: dt.date, only: Collection[int] | None) -> dict[int, Sequence[Pace]]:
    paces: dict[int, Sequence[Pace]] = {}
    for source in _sources:
        for action, found in source(plan, today, only).items():
            paces[action] = [*paces.get(action, ()), *found]
    return paces
