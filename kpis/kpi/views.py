from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import trigger_client_event

from accounts.access import get_editable, get_visible
from kpis.kpi.annotations import SHOWN
from kpis.kpi.detail import events_of, goalposts_of, kpi_context, run_of
from kpis.kpi.forms import ActionKpisForm, KpiForm
from kpis.kpi.models import Kpi
from kpis.kpi.progress import kpi_progress, progress_of
from kpis.kpi.services import ARTICLE, insert_article_kpis, link_action_to_kpis
from plans.actions.models import Action
from plans.goalposts.queries import is_moved
from plans.items.section import Section
from plans.items.views import ItemViews
from plans.plan.models import Plan
from plans.plan.page import open_plan
from plans.plan.plots import plots
from salesplan.lib.htmx import HtmxHttpRequest, render_page
from salesplan.lib.pieces import piece_of, place_of


def kpis_context(request: HtmxHttpRequest, plan: Plan) -> dict:
    formulas = dict(Kpi.objects.in_plan(plan).order_by("position", "pk").values_list("pk", "formula"))
    reach = place_of(request.GET.get("at", ""), formulas)
    shown = piece_of(list(formulas), request, rest="kpi-rest", reach=reach)
    counted = Kpi.objects.in_plan(plan).filter(pk__in=shown.rows).annotate(action_count=Count("actions"))
    # Counting drops the model's own order.
    rows = counted.select_related("owner", "objective").order_by("position", "pk")
    return {
        "shown": shown,
        "progress": progress_of(rows, timezone.localdate(), plan=plan),
        "today": timezone.localdate(),
        "article_missing": [formula.label for formula in ARTICLE if formula not in formulas.values()],
    }


KPIS = Section("kpis:kpis", "kpis/kpi/kpis.html", "kpi-list", kpis_context, parts=("kpi-rest",))

kpi_items = ItemViews(KpiForm, section=KPIS)


@require_safe
def kpis(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    return KPIS.page(request, open_plan(request, pk))


@require_safe
def kpi_detail(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    kpis = Kpi.objects.select_related("owner", "objective").annotate(is_moved=is_moved(Kpi))
    kpi = get_visible(kpis, request.user, pk=pk)
    return draw_kpi(request, kpi)


@require_safe
def kpi_plots(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    kpi = get_visible(Kpi.objects.all(), request.user, pk=pk)
    plan = open_plan(request, kpi.plan_id)
    events = request.GET.get(SHOWN, "")
    return plots(request, plan, lambda: [run_of(kpi, plan, today=timezone.localdate(), events=events)])


@require_safe
def kpi_why(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    """The rule behind a KPI's status with its numbers, for pages too full to carry all of them."""
    kpi = get_visible(Kpi.objects.all(), request.user, pk=pk)
    plan = open_plan(request, kpi.plan_id)
    (progress,) = kpi_progress(plan, timezone.localdate(), only=[pk])
    return render_page(request, "kpis/kpi/kpi_why.html", {"plan": plan, "row": progress}, partials=["why"])


@require_safe
def kpi_goalposts(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    """A part of its page, fetched when something was moved."""
    kpi = get_visible(Kpi.objects.all(), request.user, pk=pk)
    context = goalposts_of(kpi, open_plan(request, kpi.plan_id), today=timezone.localdate())
    return render_page(request, "kpis/kpi/goalposts.html", context, partials=["kpi-goalposts"])


@require_safe
def kpi_events(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    """A part of its page, fetched when that is there."""
    kpi = get_visible(Kpi.objects.all(), request.user, pk=pk)
    plan = open_plan(request, kpi.plan_id)
    context = events_of(kpi, plan, events=request.GET.get(SHOWN, ""), at=request.GET.get("at", ""))
    return render_page(request, "kpis/kpi/events.html", context, partials=["kpi-events"])


def draw_kpi(request: HtmxHttpRequest, kpi: Kpi, *, status: int = 200) -> HttpResponse:
    """The page of a KPI, or its board after a value has changed."""
    plan = open_plan(request, kpi.plan_id)
    show_all = "all" in request.GET
    events = request.GET.get(SHOWN, "")
    context = kpi_context(kpi, plan, today=timezone.localdate(), user=request.user, show_all=show_all, events=events)
    return render_page(request, "kpis/kpi/kpi_detail.html", context, partials=["kpi-board"], status=status)


@require_POST
def kpi_insert_article(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    plan = open_plan(request, pk)
    if not plan.i_steer:
        raise PermissionDenied
    added = len(insert_article_kpis(plan))
    messages.success(request, ngettext("%(count)s KPI added", "%(count)s KPIs added", added) % {"count": added})
    return _redrawn(request, plan)


@require_POST
def kpi_dashboard(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    """Put the KPI on the dashboard, or take it off."""
    kpi = get_editable(Kpi.objects, request.user, pk=pk)
    kpi.on_dashboard = not kpi.on_dashboard
    kpi.save(update_fields=["on_dashboard"])
    shown = _("“%(kpi)s” shows on the dashboard") if kpi.on_dashboard else _("“%(kpi)s” is off the dashboard")
    messages.success(request, shown % {"kpi": kpi})
    return _redrawn(request, open_plan(request, kpi.plan_id))


def _redrawn(request: HtmxHttpRequest, plan: Plan) -> HttpResponse:
    return KPIS.redraw(request, plan) if request.htmx else HttpResponseRedirect(KPIS.whole_url(plan))


@require_http_methods(["GET", "POST"])
def action_kpis(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    """Which KPIs an action moves: a form for a cell of the action table, or a page of its own without JavaScript.

    Those who may not change the action read them.
    """
    action = get_visible(Action.objects.select_related("plan"), request.user, pk=pk)
    plan = open_plan(request, action.plan_id)
    editable = plan.lets(plan.my_role, Action)
    if request.method == "POST" and not editable:
        raise PermissionDenied
    form = ActionKpisForm(request.POST or None, action=action)
    if request.method == "POST" and form.is_valid():
        link_action_to_kpis(action=action, kpis=form.cleaned_data["kpis"])
        return _linked(request, action)
    context = {"plan": plan, "action": action, "form": form, "editable": editable}
    fragment = "#action-kpis" if request.htmx else ""
    return render(request, f"kpis/kpi/action_kpis.html{fragment}", context, status=422 if form.errors else 200)


def _linked(request: HtmxHttpRequest, action: Action) -> HttpResponse:
    if not request.htmx:
        return redirect(reverse("plans:actions", args=[action.plan_id]))
    return trigger_client_event(HttpResponse(status=204), "action-kpis-changed", {"action": action.pk})
