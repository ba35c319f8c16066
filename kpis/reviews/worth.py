"""What hangs from an objective in money: what its actions are expected to bring, else what they are given."""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from plans.actions.models import Action
from plans.plan.models import Plan

RETURN, BUDGET = "return", "budget"


@dataclass(frozen=True)
class Worth:
    """`of` says which of the two it is."""

    amount: Decimal
    of: str


def worth_of(expected_return: Decimal | None, budget: Decimal | None) -> Worth | None:
    if expected_return:
        return Worth(expected_return, RETURN)
    return Worth(budget, BUDGET) if budget else None


def worth_by_objective(plan: Plan) -> dict[int, Worth]:
    """One query; what was cancelled brings nothing and takes nothing."""
    actions = Action.objects.in_plan(plan).exclude(status=Action.Status.CANCELLED).with_money()
    sums: dict[int, list[Any]] = defaultdict(lambda: [Decimal(0), Decimal(0)])
    for objective, gain, budget in actions.values_list("objective", "expected_return", "budget"):
        sums[objective][0] += gain or 0
        sums[objective][1] += budget
    return {objective: worth for objective, both in sums.items() if (worth := worth_of(*both))}
