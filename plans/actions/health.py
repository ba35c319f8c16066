"""What dates, links and KPIs say of an action, whatever its owner says: the rules of docs/health.md.

Facts in, health and its reasons out. A reason is a code with what it was read from, so that each reader gets it in
words of her own (health_words.py), counted up to her own day.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from plans.actions.models import DUE_SOON_DAYS, Action

ON_TRACK, AT_RISK = Action.Health.ON_TRACK.value, Action.Health.AT_RISK.value
OFF_TRACK, NO_DATA = Action.Health.OFF_TRACK.value, Action.Health.NO_DATA.value
#: What is done or cancelled has none.
NONE = ""

#: Codes in the order in which they are told, and what each makes of the action.
CODES = {
    "late": OFF_TRACK,
    "waits_late": OFF_TRACK,
    "waits_beyond": OFF_TRACK,
    "kpi_off_track": OFF_TRACK,
    "not_begun": AT_RISK,
    "soon": AT_RISK,
    "waits_overlap": AT_RISK,
    "kpi_at_risk": AT_RISK,
    "nobody": AT_RISK,
}
ORDER = {code: place for place, code in enumerate(CODES)}

#: What the owner says, and the health that says otherwise. "Not started" says nothing of how it will go.
DISAGREEING = {
    Action.Status.IN_PROGRESS: {OFF_TRACK, AT_RISK},
    Action.Status.AT_RISK: {ON_TRACK},
    Action.Status.BLOCKED: {ON_TRACK},
}

#: {"code": "waits_late", "pk": 7, "name": "Hire an agency", "on": "2026-09-01"}: plain values, kept as JSON.
type Reason = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Awaited:
    """An action it waits for that is still open."""

    pk: int
    title: str
    deadline: dt.date | None


@dataclass(frozen=True, slots=True)
class Pace:
    """How a KPI of the action stands: the value judged, the last day it speaks of, and its share of what is expected.

    `percent` is None where there is no such share, as inside a band.
    """

    pk: int
    name: str
    health: str
    value: str = ""
    unit: str = ""
    on: dt.date | None = None
    percent: int | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    status: str
    starts_on: dt.date | None
    deadline: dt.date | None
    #: Whether a role or a person answers for it.
    has_somebody: bool
    waits: Sequence[Awaited] = ()
    kpis: Sequence[Pace] = ()


def judge(facts: Facts, today: dt.date) -> tuple[str, list[Reason]]:
    """Its health, and every reason for it with the worst first; the first one alone decides."""
    if facts.status in Action.CLOSED_STATUSES:
        return NONE, []
    reasons = sorted(_reasons(facts, today), key=lambda reason: ORDER[reason["code"]])
    if reasons:
        return CODES[reasons[0]["code"]], reasons
    known = facts.starts_on or facts.deadline or any(kpi.health == ON_TRACK for kpi in facts.kpis)
    return (ON_TRACK if known else NO_DATA), []


def disagrees(status: str, health: str) -> bool:
    return health in DISAGREEING.get(status, ())  # type: ignore[call-overload]


def disagreeing() -> Q:
    condition = Q()
    for status, healths in DISAGREEING.items():
        condition |= Q(status=status, health__in=sorted(healths))
    return condition


def _reasons(facts: Facts, today: dt.date) -> Iterator[Reason]:
    yield from _of_its_dates(facts, today)
    for awaited in facts.waits:
        yield from _of_waiting(facts, awaited, today)
    for kpi in facts.kpis:
        if kpi.health in {OFF_TRACK, AT_RISK}:
            yield _reason(f"kpi_{kpi.health}", pk=kpi.pk, name=kpi.name, **_judged(kpi))


def _of_its_dates(facts: Facts, today: dt.date) -> Iterator[Reason]:
    soon = today + dt.timedelta(days=DUE_SOON_DAYS)
    first, last = facts.starts_on, facts.deadline
    if last and last < today:
        yield _reason("late", on=last)
    if facts.status == Action.Status.NOT_STARTED:
        if first and first < today:
            yield _reason("not_begun", on=first, until=last)
        if last and today <= last <= soon:
            yield _reason("soon", on=last)
    begins = first or last
    if begins and begins <= soon and not facts.has_somebody:
        yield _reason("nobody")


def _of_waiting(facts: Facts, awaited: Awaited, today: dt.date) -> Iterator[Reason]:
    """The worst of each it waits for."""
    ends = awaited.deadline
    if ends is None:
        return
    which = {"pk": awaited.pk, "name": awaited.title}
    if ends < today:
        yield _reason("waits_late", on=ends, **which)
    elif facts.deadline and ends > facts.deadline:
        yield _reason("waits_beyond", on=ends, days=(ends - facts.deadline).days, **which)
    elif facts.starts_on and ends > facts.starts_on:
        yield _reason("waits_overlap", on=ends, days=(ends - facts.starts_on).days, **which)


def _judged(kpi: Pace) -> dict[str, Any]:
    return {"value": kpi.value, "unit": kpi.unit, "on": kpi.on, "percent": kpi.percent}


def _reason(code: str, **read: Any) -> Reason:
    """What is not known is left out; days as JSON has them."""
    plain = {name: str(value) if isinstance(value, dt.date) else value for name, value in read.items()}
    return {"code": code} | {name: value for name, value in plain.items() if value not in (None, "")}
