"""The budget page: one section that is drawn again after each change, for every figure on it hangs together."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from plans.budget.charts import category_chart, waterfall_chart
from plans.budget.models import Adjustment, BudgetEntry
from plans.budget.queries import BudgetFigures, budget_figures, ranking
from plans.budget.services import suggested_contingency
from plans.budget.strip import strip
from plans.items.section import Section
from plans.plan.models import Plan
from plans.plan.page import open_plan
from plans.plan.plots import plots
from salesplan.lib.charts import Chart
from salesplan.lib.htmx import HtmxHttpRequest
from salesplan.lib.money import currency_symbol
from salesplan.lib.pieces import piece_of, place_of


def budget_context(request: HtmxHttpRequest, plan: Plan) -> dict[str, Any]:
    """A page is sent without what stands below its lines; after a change all of it is drawn again."""
    part = request.htmx.target
    if part == "budget-lower":
        return _lower(plan)
    lines = _lines(request, plan)
    if part == "budget-rest":
        return lines
    return lines | _sums(lines["budget"], plan) | (_lower(plan) if request.htmx or "all" in request.GET else {})


def _lines(request: HtmxHttpRequest, plan: Plan) -> dict[str, Any]:
    budget, opened = budget_figures(plan), opened_line(request)
    return {
        "budget": budget,
        "lines": piece_of(
            budget.rows, request, rest="budget-rest", reach=place_of(str(opened), (row.line.pk for row in budget.rows))
        ),
        "opened": opened,
        "entries": _entries(plan, opened),
        "can_book": plan.lets(plan.my_role, BudgetEntry),
    }


def _sums(budget: BudgetFigures, plan: Plan) -> dict[str, Any]:
    return {
        "symbol": currency_symbol(plan.currency),
        "strip": strip(budget, plan=plan, today=timezone.localdate()),
        "charts": _charts(budget, plan),
        "overspent": [row for row in budget.rows if row.left < 0],
        "overallocated": [row for row in budget.rows if row.unallocated < 0],
        "contingency_offer": None if budget.contingency else suggested_contingency(budget),
    }


def _lower(plan: Plan) -> dict[str, Any]:
    return {"ranking": ranking(plan), "adjustments": _adjustments(plan)}


BUDGET = Section(
    "plans:budget",
    "plans/budget/budget.html",
    "budget-board",
    budget_context,
    parts=("budget-rest", "budget-lower"),
)


@require_safe
def budget(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    return BUDGET.page(request, open_plan(request, pk))


@require_safe
def budget_plots(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    plan = open_plan(request, pk)
    return plots(request, plan, lambda: _charts(budget_figures(plan), plan))


def opened_line(request: HtmxHttpRequest) -> int | None:
    """The line whose orders and payments are shown: ?line=7, of the page one is on when something is changed."""
    query = request.GET.get("line")
    if query is None and request.htmx:
        address = urlsplit(request.htmx.current_url or "")
        query = parse_qs(address.query).get("line", [""])[0]
    return int(query) if query and query.isdecimal() and len(query) < 19 else None


def _charts(budget: BudgetFigures, plan: Plan) -> list[Chart]:
    if budget.adjusted <= 0:
        return []
    return [category_chart(budget, currency=plan.currency), waterfall_chart(budget, currency=plan.currency)]


def _entries(plan: Plan, line_id: int | None) -> list[BudgetEntry]:
    if line_id is None:
        return []
    return list(BudgetEntry.objects.in_plan(plan).filter(line=line_id).select_related("action"))


def _adjustments(plan: Plan) -> list[Adjustment]:
    linked = ("from_line", "to_line", "made_by", "reverses", "reversed_by")
    return list(Adjustment.objects.in_plan(plan).select_related(*linked))
