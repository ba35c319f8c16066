"""One plan as the list shows it: figures in, words and small pictures out."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import ngettext

from plans.plan.completeness import Completeness
from plans.plan.models import Plan

BAR_HEIGHT = 14
BAR_STEP = 11


@dataclass(frozen=True)
class StepBar:
    """One of the seven small bars: where it stands, and how much of it is filled from below."""

    x: int
    y: str
    height: str


@dataclass(frozen=True)
class Need:
    """What in the plan waits for somebody, in words; `css` colours it when it is late."""

    words: str
    css: str = ""


@dataclass(frozen=True)
class PlanRow:
    plan: Plan
    bars: list[StepBar]
    complete: int
    budget_used: int | None
    needs: list[Need]


def plan_row(plan: Plan, completeness: Completeness) -> PlanRow:
    return PlanRow(
        plan=plan,
        bars=step_bars([step.done / step.total if step.total else 0.0 for step in completeness.steps.values()]),
        complete=round(100 * completeness.share),
        budget_used=budget_used(plan),
        needs=needs_of(plan, completeness),
    )


def step_bars(shares: list[float]) -> list[StepBar]:
    return [
        StepBar(index * BAR_STEP, f"{BAR_HEIGHT * (1 - share):.1f}", f"{BAR_HEIGHT * share:.1f}")
        for index, share in enumerate(shares)
    ]


def budget_used(plan) -> int | None:
    """Percent of the budget, adjustments included, that is spent; None for a plan without a budget."""
    budget = budget_of(plan)
    return round(100 * (plan.budget_spent or Decimal(0)) / budget) if budget > 0 else None


def budget_of(plan) -> Decimal:
    """What there is to spend, adjustments included."""
    zero = Decimal(0)
    return (plan.budget_planned or zero) + (plan.budget_added or zero) - (plan.budget_taken or zero)


def needs_of(plan, completeness: Completeness) -> list[Need]:
    """Late and blocked actions of a plan in execution; what a draft lacks first; nothing of a closed one."""
    if plan.status == Plan.Status.DRAFT:
        missing = [check.missing for step in completeness.steps.values() for check in step.missing]
        return [Need(str(missing[0]))] if missing else []
    if plan.status != Plan.Status.ACTIVE:
        return []
    needs = []
    if late := plan.actions_overdue:
        needs.append(Need(ngettext("%(count)d overdue", "%(count)d overdue", late) % {"count": late}, "c-over m"))
    if stuck := plan.actions_blocked:
        needs.append(Need(ngettext("%(count)d blocked", "%(count)d blocked", stuck) % {"count": stuck}, "c-block m"))
    return needs
