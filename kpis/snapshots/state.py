"""A plan at a moment, in plain values: what pages compare, replay and keep.

Rows stand in the order they were made in: the order people move them into leaves no history. Two states are equal when
they say the same; what somebody is called is beside the point.
"""

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal

from plans.actions.models import Action


@dataclass(frozen=True, slots=True)
class Person:
    pk: int
    name: str = field(compare=False)


@dataclass(frozen=True, slots=True)
class PlanFacts:
    pk: int
    name: str
    status: str
    starts_on: dt.date
    ends_on: dt.date
    currency: str
    aim: str
    ambition: str
    owner: Person | None


@dataclass(frozen=True, slots=True)
class ObjectiveState:
    pk: int
    title: str
    aim: str
    measure: str
    direction: str
    unit: str
    baseline: Decimal | None
    target: Decimal | None
    band_low: Decimal | None
    band_high: Decimal | None
    starts_on: dt.date | None
    deadline: dt.date | None
    owner: Person | None
    kpi_rule: str
    #: As its KPIs stand: one of kpis.kpi.pace.
    status: str
    #: How many of its milestones are reached, and how many there are.
    reached: int
    milestones: int


@dataclass(frozen=True, slots=True)
class KpiState:
    """`value` is a running total for totals; `expected` and `status` belong to the period it was last read for."""

    pk: int
    name: str
    objective: int | None
    measure: str
    direction: str
    unit: str
    rhythm: str
    baseline: Decimal | None
    target: Decimal | None
    band_low: Decimal | None
    band_high: Decimal | None
    starts_on: dt.date | None
    deadline: dt.date | None
    path: str
    path_points: tuple[str, ...]
    on_track_percent: int | None
    at_risk_percent: int | None
    weight: int
    owner: Person | None
    on_dashboard: bool
    value: Decimal | None
    last_period: dt.date | None
    expected: Decimal | None
    status: str


@dataclass(frozen=True, slots=True)
class ActionState:
    pk: int
    objective: int
    title: str
    kind: str
    person: Person | None
    role: int | None
    #: Who answers for it, in words.
    who: str = field(compare=False)
    starts_on: dt.date | None
    deadline: dt.date | None
    status: str
    done_on: dt.date | None
    priority: int
    effort: Decimal | None
    expected_return: Decimal | None
    #: Given to it by budget lines.
    budget: Decimal
    supporters: tuple[int, ...]
    kpis: tuple[int, ...]
    waits_for: tuple[int, ...]

    @property
    def is_open(self) -> bool:
        return self.status not in Action.CLOSED_STATUSES

    def is_late(self, on: dt.date) -> bool:
        return self.is_open and self.deadline is not None and self.deadline < on


@dataclass(frozen=True, slots=True)
class LineState:
    """What the columns mean is said in plans/budget/queries.py."""

    pk: int
    name: str
    kind: str
    planned: Decimal
    adjusted: Decimal
    committed: Decimal
    spent: Decimal
    allocated: Decimal


@dataclass(frozen=True, slots=True)
class RoleState:
    pk: int
    title: str
    team: str
    holder: Person | None
    holder_name: str

    @property
    def held_by(self) -> str:
        return self.holder.name if self.holder else self.holder_name


@dataclass(frozen=True, slots=True)
class PlanState:
    #: The company's day at the moment: what is late is late on it.
    on: dt.date
    plan: PlanFacts
    objectives: tuple[ObjectiveState, ...]
    kpis: tuple[KpiState, ...]
    actions: tuple[ActionState, ...]
    lines: tuple[LineState, ...]
    roles: tuple[RoleState, ...]
