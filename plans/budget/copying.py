"""What a plan in a new period begins with: the budget as it was agreed last, and no adjustments to it yet."""

from collections.abc import Iterator

from plans.budget.models import BudgetLine
from plans.budget.queries import budget_figures
from plans.items.copying import register_rows
from plans.plan.models import Plan


def lines_as_adjusted(plan: Plan) -> Iterator[BudgetLine]:
    for row in budget_figures(plan).rows:
        row.line.planned = row.adjusted
        yield row.line


register_rows(BudgetLine, lines_as_adjusted)
