"""What a ready-made plan is made of. Words are lazy: a plan is written in the language it is started in.

Days are shares of the plan's period, from 0 (its first day) to 1 (its last), so that a blueprint fits
a quarter as well as a year. Money is in the plan's currency. Baselines are left open where only the
company can know them: the SMART panel asks for them.
"""

from dataclasses import dataclass, field

from django.utils.functional import Promise

from plans.plan.models import Aim

type Words = str | Promise


@dataclass(frozen=True)
class KpiPattern:
    key: str
    name: Words
    unit: Words
    target: float | None = None
    baseline: float | None = None
    measure: str = "level"
    direction: str = "more"
    rhythm: str = "weekly"
    formula: str = ""
    on_dashboard: bool = False


@dataclass(frozen=True)
class ActionPattern:
    title: Words
    kind: str
    #: Key of a role of the usual structure (plans.team.structure).
    role: str
    starts: float
    ends: float
    kpis: tuple[str, ...] = ()
    #: Key of a budget line, and what the action gets from it.
    line: str = ""
    cost: int = 0
    returns: int | None = None
    priority: int = 3
    #: Hours of work.
    effort: int | None = None


@dataclass(frozen=True)
class ObjectivePattern:
    title: Words
    aim: str
    measure: str
    unit: Words
    #: The change as one would say it, turned into numbers once the baseline is known.
    change: Words = ""
    baseline: float | None = None
    target: float | None = None
    direction: str = "more"
    description: Words = ""
    relevant: Words = ""
    ends: float = 1.0
    milestones: tuple[Words, ...] = ()
    kpis: tuple[KpiPattern, ...] = ()
    actions: tuple[ActionPattern, ...] = ()


@dataclass(frozen=True)
class LinePattern:
    key: str
    name: Words
    kind: str
    planned: int


@dataclass(frozen=True)
class Blueprint:
    key: str
    aim: Aim
    name: Words
    promise: Words
    ambition: Words
    objectives: tuple[ObjectivePattern, ...]
    lines: tuple[LinePattern, ...] = field(default_factory=tuple)

    @property
    def action_count(self) -> int:
        return sum(len(objective.actions) for objective in self.objectives)

    @property
    def kpi_count(self) -> int:
        return sum(len(objective.kpis) for objective in self.objectives)

    @property
    def budget(self) -> int:
        return sum(line.planned for line in self.lines)
