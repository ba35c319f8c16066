"""What in the budget needs somebody: money that is gone or promised and was not there."""

import datetime as dt

from django.urls import reverse
from django.utils.translation import gettext as _

from plans.budget.queries import BudgetFigures, LineFigures, budget_figures
from plans.plan.attention import Attention, register_attention
from plans.plan.models import Plan
from salesplan.lib.money import format_money


def budget_problems(plan: Plan, today: dt.date) -> list[Attention]:
    return problems_in(budget_figures(plan), plan)


def problems_in(budget: BudgetFigures, plan: Plan) -> list[Attention]:
    """For pages that know the figures already."""
    problems = [_overspent(plan, row) for row in budget.rows if row.left < 0]
    problems += [_overallocated(plan, row) for row in budget.rows if row.unallocated < 0]
    return problems + _contingency(plan, budget)


def _overspent(plan: Plan, row: LineFigures) -> Attention:
    detail = _("%(amount)s over its budget") % {"amount": format_money(-row.left, plan.currency)}
    url = reverse("plans:budget", args=[plan.pk], query={"line": row.line.pk}) + f"#budgetline-{row.line.pk}-row"
    return Attention("budget", str(row.line), detail, url, _("Cover it"), weight=80)


def _overallocated(plan: Plan, row: LineFigures) -> Attention:
    detail = _("Actions have %(amount)s more than the line") % {"amount": format_money(-row.unallocated, plan.currency)}
    url = reverse("plans:allocations", args=[plan.pk], query={"line": row.line.pk}) + f"#line-{row.line.pk}"
    return Attention("budget", str(row.line), detail, url, _("Rebalance"), weight=60)


def _contingency(plan: Plan, budget: BudgetFigures) -> list[Attention]:
    """Only where there was one: that there is none is the completeness check's to say."""
    had = sum(row.planned + row.moved_in for row in budget.contingency)
    if not had or budget.contingency_free > 0:
        return []
    detail = _("Nothing is left for what nobody planned")
    url = reverse("plans:budget", args=[plan.pk]) + "#adjustments"
    return [Attention("budget", _("The contingency is used up"), detail, url, _("Refill it"), weight=40)]


register_attention(budget_problems)
