from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.access import get_visible
from kpis.dashboard.arrangement import arrangement_of_plan, arrangement_of_reader
from kpis.dashboard.head import head_of
from kpis.dashboard.page import overview_body, plots_of
from kpis.dashboard.screen import news, screen
from kpis.dashboard.tile_picture import tile_picture
from kpis.kpi.models import Kpi
from plans.plan.completeness import completeness_of
from plans.plan.models import Plan
from plans.plan.page import open_plan
from salesplan.lib.file_names import file_name
from salesplan.lib.htmx import HtmxHttpRequest


@require_safe
def dashboard(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    plan = open_plan(request, pk)
    # Made once for everybody: the day is the company's.
    today = plan.workspace.today
    if "screen" in request.GET:
        body, live = overview_body(plan, today), reverse("kpis:dashboard_live", args=[plan.pk])
        return screen(request, plan, body, base="base.html", leave=plan.get_absolute_url(), news=live)
    arrangement = arrangement_of_reader(plan)
    context = {
        "plan": plan,
        "head": head_of(plan, today),
        "body": overview_body(plan, today, arrangement),
        "arrangement": arrangement,
        "alerts": completeness_of(plan).tallies["alerts"] if plan.status == Plan.Status.ACTIVE else 0,
    }
    return render(request, "kpis/dashboard/dashboard.html", context)


@never_cache
@require_safe
def dashboard_live(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    plan = open_plan(request, pk)
    return news(request, plan, lambda: overview_body(plan, plan.workspace.today))


@require_safe
def dashboard_plots(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    plan = open_plan(request, pk)
    # The full screen shows what is arranged for everybody.
    shown = {*arrangement_of_reader(plan).shown, *arrangement_of_plan(plan).shown}
    return plots_of(request, plan, shown)


@require_safe
def kpi_tile(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    kpi = get_visible(Kpi.objects.all(), request.user, pk=pk)
    plan = open_plan(request, kpi.plan_id)
    today = plan.workspace.today
    name = file_name(plan.name, kpi.name, on=today, ending="svg")
    picture = tile_picture(kpi, plan, today)
    response = render(request, "kpis/dashboard/tile.svg", picture, content_type="image/svg+xml")
    response["Content-Disposition"] = content_disposition_header(True, name)
    return response
