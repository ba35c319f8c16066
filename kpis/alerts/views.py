"""The alerts of a plan and of a company; snoozing one, calling it a false alarm, and taking that back."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import get_editable, get_visible
from accounts.workspaces.queries import workspace_of
from kpis.alerts.cards import Card, cards_of, name_of
from kpis.alerts.forms import FalseAlarmForm, SettlingForm, SnoozeForm
from kpis.alerts.judging import judge_alerts
from kpis.alerts.listing import listing_of
from kpis.alerts.models import Alert
from kpis.alerts.past import past_of
from kpis.alerts.services import call_false, hold, snooze, wake
from plans.plan.models import Plan
from plans.plan.page import open_plan
from salesplan.lib.htmx import HtmxHttpRequest, render_page

#: As many as the overview shows.
WORST = 3
STRIP, REST = "alert-strip", "alert-rest"


@require_safe
def alerts(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    plan = open_plan(request, pk)
    found = Alert.objects.filter(plan=plan)
    if request.htmx.target == STRIP:
        return _strip(request, plan)
    context = listing_of(request, found, today=plan.workspace.today, plan=plan)
    return render_page(request, "kpis/alerts/alerts.html", context, partials=[REST])


def _strip(request: HtmxHttpRequest, plan: Plan) -> HttpResponse:
    """The worst for the overview, which asks for them after it has loaded."""
    awake = Alert.objects.filter(plan=plan).awake()
    cards = cards_of(awake.worst_first()[:WORST], today=plan.workspace.today, editable=False, plan=plan)
    return render_page(request, "kpis/alerts/strip.html", {"plan": plan, "cards": cards, "count": awake.count()})


@require_safe
def company_alerts(request: HtmxHttpRequest) -> HttpResponse:
    """Of all the plans of the company she works for that are carried out."""
    workspace = workspace_of(request.user)
    if workspace is None:
        return redirect("accounts:workspace_add")
    found = Alert.objects.visible_to(request.user).filter(plan__workspace=workspace, plan__status=Plan.Status.ACTIVE)
    context = listing_of(request, found.select_related("plan"), today=workspace.today, role=workspace.my_role)
    context["workspace"] = workspace
    return render_page(request, "kpis/alerts/company_alerts.html", context, partials=[REST])


@require_POST
def alerts_judge(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    """At once, for whoever has just mended something; the worker does it anyway."""
    plan = open_plan(request, pk)
    if not plan.lets(plan.my_role, Alert):
        raise PermissionDenied
    judged = judge_alerts(plan.pk, now=timezone.now())
    raised, cleared = len(judged.raised) + len(judged.returned), len(judged.cleared)
    told = [
        ngettext("%(count)d new alert", "%(count)d new alerts", raised) % {"count": raised},
        ngettext("%(count)d cleared", "%(count)d cleared", cleared) % {"count": cleared},
    ]
    messages.success(request, _("Looked again: %(news)s") % {"news": ", ".join(told)})
    return redirect("kpis:alerts", plan.pk)


@require_safe
def alert_detail(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    alert = get_visible(Alert.objects.select_related("settled_by"), request.user, pk=pk)
    plan = open_plan(request, alert.plan_id)
    card = _card(alert, plan)
    return render(request, "kpis/alerts/alert_detail.html", {"plan": plan, "card": card, "past": past_of(alert)})


@require_http_methods(["GET", "POST"])
def alert_snooze(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    def settle(alert: Alert, values: dict[str, Any]) -> None:
        snooze(alert, until=values["until"], note=values["note"], by=request.user)

    return _settle(request, pk, SnoozeForm, settle, "kpis/alerts/snooze.html")


@require_http_methods(["GET", "POST"])
def alert_false(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    def settle(alert: Alert, values: dict[str, Any]) -> None:
        call_false(alert, note=values["note"], by=request.user)

    return _settle(request, pk, FalseAlarmForm, settle, "kpis/alerts/false.html")


def _settle(
    request: HtmxHttpRequest,
    pk: int,
    kind: type[SettlingForm],
    settle: Callable[[Alert, dict[str, Any]], None],
    template: str,
) -> HttpResponse:
    with transaction.atomic():
        alert, plan = _editable(request, pk)
        form = kind(request.POST or None, alert=alert, today=plan.workspace.today)
        if alert.state == Alert.State.CLEARED:
            messages.info(request, _("“%(name)s” has cleared meanwhile.") % {"name": name_of(alert)})
            return _answer(request, alert, plan)
        if form.is_valid() and not form.is_outdated:
            settle(alert, form.cleaned_data)
            return _answer(request, alert, plan)
    conflict = form.is_valid() and form.is_outdated
    if conflict:
        form.renew()
    return _form(request, template, {"plan": plan, "alert": alert, "form": form, "conflict": conflict})


def _form(request: HtmxHttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """In the card, or a page; what is wrong goes back to where the form stands, and not into the place of the card."""
    form = context["form"]
    context["card"] = _card(context["alert"], context["plan"])
    status = 409 if context["conflict"] else 422 if form.is_bound else 200
    response = render(request, f"{template}#alert-form" if request.htmx else template, context, status=status)
    if request.htmx and form.is_bound:
        response.headers["HX-Retarget"] = f"#alert-{context['alert'].pk}-form"
        response.headers["HX-Reswap"] = "innerHTML"
    return response


@require_POST
def alert_wake(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    with transaction.atomic():
        alert, plan = _editable(request, pk)
        if alert.state in {Alert.State.SNOOZED, Alert.State.FALSE}:
            wake(alert, by=request.user)
        return _answer(request, alert, plan)


def _editable(request: HtmxHttpRequest, pk: int) -> tuple[Alert, Plan]:
    alert = get_editable(Alert.objects.all(), request.user, pk=pk)
    hold(alert)
    plan = open_plan(request, alert.plan_id)
    alert.plan = plan
    return alert, plan


def _card(alert: Alert, plan: Plan) -> Card | None:
    """None when its rule is one of an older release."""
    editable = plan.lets(plan.my_role, Alert)
    return next(iter(cards_of([alert], today=plan.workspace.today, editable=editable, plan=plan)), None)


def _answer(request: HtmxHttpRequest, alert: Alert, plan: Plan) -> HttpResponse:
    """The card as it is now, and beside it the counts in the rail; without JavaScript, the list it stands in."""
    plan.refresh_from_db(fields=["changed_at"])
    if request.htmx:
        return render(request, "kpis/alerts/settled.html", {"plan": plan, "card": _card(alert, plan)})
    show = {"show": alert.state} if alert.state != Alert.State.OPEN else None
    return redirect(reverse("kpis:alerts", args=[plan.pk], query=show) + f"#alert-{alert.pk}")
