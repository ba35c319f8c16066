import datetime as dt
from typing import Any

from plans.budget.models import Adjustment, BudgetEntry, BudgetLine
from plans.plan.figures import register_figures, sum_of


def budget_figures(today: dt.date) -> dict[str, Any]:
    """Moving money between two lines leaves the total as it was: such adjustments are not counted."""
    return {
        "budget_planned": sum_of(BudgetLine.objects.all(), "planned"),
        "budget_added": sum_of(Adjustment.objects.filter(from_line=None), "amount"),
        "budget_taken": sum_of(Adjustment.objects.filter(to_line=None), "amount"),
        "budget_spent": sum_of(BudgetEntry.objects.filter(kind=BudgetEntry.Kind.SPENT), "amount"),
    }


register_figures(budget_figures)
