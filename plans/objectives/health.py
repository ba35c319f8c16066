"""How objectives stand by their KPIs: the app that knows of KPIs says so, for this one must not know it."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise

from plans.objectives.models import Objective
from plans.plan.models import Plan


@dataclass(frozen=True)
class Health:
    """Its status with the look of it (a class of .stt and an icon), and why, in words."""

    status: str
    css: str
    icon: str
    word: str | Promise
    reason: str


type HealthSource = Callable[[Plan, Sequence[Objective], dt.date], Mapping[int, Health]]

_sources: list[HealthSource] = []


def register_health(source: HealthSource) -> None:
    _sources[:] = [source]


def with_health(plan: Plan, objectives: Sequence[Objective], today: dt.date) -> None:
    """Each learns its `health`: two queries for all of them."""
    found = _sources[0](plan, objectives, today) if _sources and objectives else {}
    for objective in objectives:
        objective.health = found.get(objective.pk)  # type: ignore[attr-defined]
