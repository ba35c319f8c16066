"""The bar above the budget: spent, committed and planned on one scale, beside how much of the period is gone."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from plans.budget.queries import BudgetFigures, percent
from plans.plan.models import Plan

#: Words under the bar need this many percent of its width.
WORD_WIDTH = 16


@dataclass(frozen=True)
class Mark:
    """A point on the bar in percent of its width; its words stand left of it where there is room."""

    at: str
    anchor: str
    percent: int | None = None
    #: Whether its words would run into those of the mark before it.
    crowded: bool = False


@dataclass(frozen=True)
class Strip:
    spent: Mark
    committed: Mark
    envelope: Mark
    gone: Mark
    #: What is committed beyond all there is.
    over_width: str
    contingency_width: str
    total: str


def strip(budget: BudgetFigures, *, plan: Plan, today: dt.date) -> Strip | None:
    """None for a budget of nothing: there is no scale to draw on."""
    scale = max(budget.adjusted, budget.committed)
    if scale <= 0:
        return None
    place = _Scale(scale)
    gone = Decimal(str(plan.elapsed_share(today))) * budget.envelope
    return Strip(
        spent=place.mark(budget.spent, percent(budget.spent, budget.adjusted)),
        committed=place.mark(budget.committed, percent(budget.committed, budget.adjusted), after=budget.spent),
        envelope=place.mark(budget.envelope),
        gone=place.mark(gone, round(100 * plan.elapsed_share(today)), after=budget.envelope),
        over_width=place.width(max(budget.committed - budget.adjusted, Decimal(0))),
        contingency_width=place.width(budget.adjusted - budget.envelope),
        total=place.width(budget.adjusted),
    )


@dataclass(frozen=True)
class _Scale:
    whole: Decimal

    def share(self, amount: Decimal) -> Decimal:
        return 100 * max(amount, Decimal(0)) / self.whole

    def width(self, amount: Decimal) -> str:
        return f"{self.share(amount):.2f}%"

    def mark(self, amount: Decimal, shown: int | None = None, *, after: Decimal | None = None) -> Mark:
        share = self.share(amount)
        crowded = after is not None and abs(share - self.share(after)) < WORD_WIDTH
        return Mark(self.width(amount), "end" if share >= WORD_WIDTH else "start", shown, crowded)
