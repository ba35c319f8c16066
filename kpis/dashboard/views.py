from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kpis.dashboard.head import head_of
from kpis.dashboard.page import figures_of, overview_body
from plans.plan.page import open_plan
from plans.plan.plots import plots
from salesplan.lib.htmx import HtmxHttpRequest


@require_safe
def dashboard(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    plan = open_plan(request, pk)
    # Made once for everybody: the day is the company's.
    today = plan.workspace.today
    context = {"plan": plan, "head": head_of(plan, today), "body": overview_body(plan, today)}
    return render(request, "kpis/dashboard/dashboard.html", context)


@require_safe
def dashboard_plots(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    plan = open_plan(request, pk)
    return plots(request, plan, lambda: figures_of(plan, plan.workspace.today).all())
