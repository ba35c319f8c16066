from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from kpis.dashboard.head import head_of
from kpis.dashboard.page import figures_of, overview_body
from kpis.dashboard.screen import news, screen
from plans.plan.page import open_plan
from plans.plan.plots import plots
from salesplan.lib.htmx import HtmxHttpRequest


@require_safe
def dashboard(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    plan = open_plan(request, pk)
    # Made once for everybody: the day is the company's.
    today = plan.workspace.today
    body = overview_body(plan, today)
    if "screen" in request.GET:
        live = reverse("kpis:dashboard_live", args=[plan.pk])
        return screen(request, plan, body, base="base.html", leave=plan.get_absolute_url(), news=live)
    context = {"plan": plan, "head": head_of(plan, today), "body": body}
    return render(request, "kpis/dashboard/dashboard.html", context)


@never_cache
@require_safe
def dashboard_live(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    plan = open_plan(request, pk)
    return news(request, plan, lambda: overview_body(plan, plan.workspace.today))


@require_safe
def dashboard_plots(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    plan = open_plan(request, pk)
    return plots(request, plan, lambda: figures_of(plan, plan.workspace.today).all())
