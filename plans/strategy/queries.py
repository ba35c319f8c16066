import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.translation import gettext as _

from plans.objectives.models import Direction, Objective
from plans.plan.models import Plan
from plans.strategy.models import SalesCycle, SalesStage
from plans.strategy.pipeline import Pipeline, StageInput, StageLoad, solve_pipeline
from salesplan.lib.money import currency_symbol, format_quantity

COUNTED = [kind for kind in SalesStage.Kind.values if kind != SalesStage.Kind.FOLLOW_UP]


@dataclass(frozen=True)
class Solved:
    """The pipeline of a plan with what it was solved for, and what is missing, in words."""

    pipeline: Pipeline
    cycle: SalesCycle
    objective: Objective | None
    needed: Decimal | None
    deadline: dt.date | None
    missing: list[str] = field(default_factory=list)

    @property
    def loads(self) -> dict[str, StageLoad]:
        return {load.kind: load for load in self.pipeline.loads}

    @property
    def needed_words(self) -> str:
        """In the objective's unit, or the plan's currency without one."""
        unit = self.objective.unit if self.objective else currency_symbol(self.cycle.plan.currency)
        return "" if self.needed is None else format_quantity(self.needed, unit)


def cycle_of(plan: Plan) -> SalesCycle:
    """The plan's sales cycle, or one that is not saved yet."""
    cycle = SalesCycle.objects.in_plan(plan).select_related("objective").first()
    return cycle or SalesCycle(plan=plan)


def solve(plan: Plan, cycle: SalesCycle, stages: list[SalesStage], today: dt.date) -> Solved:
    objective = cycle.objective
    needed = cycle.needed if cycle.needed is not None else default_needed(objective)
    deadline = (objective.deadline if objective else None) or plan.ends_on
    start = max(today, plan.starts_on, (objective.starts_on if objective else None) or plan.starts_on)
    counted = [StageInput(stage.kind, stage.conversion, stage.days) for stage in stages if stage.kind in COUNTED]
    pipeline = solve_pipeline(
        counted, needed=needed, deal_size=cycle.deal_size, start=min(start, deadline), deadline=deadline
    )
    return Solved(pipeline, cycle, objective, needed, deadline, _missing(cycle, needed, stages))


def default_needed(objective: Objective | None) -> Decimal | None:
    """What new deals have to bring unless somebody says otherwise: the whole growth."""
    if objective is None or objective.target is None or objective.direction != Direction.MORE:
        return None
    return objective.target - (objective.baseline or 0)


def _missing(cycle: SalesCycle, needed: Decimal | None, stages: list[SalesStage]) -> list[str]:
    found = []
    if needed is None:
        found.append(_missing_amount(cycle.objective))
    if not cycle.deal_size:
        found.append(_("The average deal is missing."))
    blank = [str(stage) for stage in stages if stage.kind in COUNTED and not stage.conversion]
    if len(blank) == len(COUNTED):
        found.append(_("The conversions are missing: how many of a hundred go on from each stage?"))
    else:
        found += [_("The conversion of %(stage)s is missing.") % {"stage": stage} for stage in blank]
    return found


def _missing_amount(objective: Objective | None) -> str:
    if objective is None:
        return _("Choose the objective that new deals have to meet, or write what they have to bring.")
    name = {"objective": objective}
    if objective.direction != Direction.MORE:
        return _("“%(objective)s” does not grow by deals: write what new deals have to bring.") % name
    return _("“%(objective)s” has no target yet: enter it there, or write what new deals have to bring.") % name
