"""The locked periods of a plan: what is locked, by whom and since when; and one of them opened again."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import get_editable
from kpis.kpi.models import Kpi
from kpis.kpi.periods import period_label, period_of
from kpis.locks.forms import OpeningForm, PeriodLockForm
from kpis.locks.models import Opening, PeriodLock
from kpis.locks.services import opening_for, wait_for_entries
from plans.plan.page import open_plan
from salesplan.lib.htmx import HtmxHttpRequest
from salesplan.lib.quicker import when_quicker

#: How many changes of the lock its page shows.
SHOWN = 20


@require_http_methods(["GET", "POST"])
@when_quicker
@transaction.atomic
def locks(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    """Everybody reads what is locked; whoever steers the plan locks and unlocks."""
    plan, today = open_plan(request, pk), timezone.localdate()
    if request.method == "POST":
        if not plan.lets(plan.my_role, PeriodLock):
            raise PermissionDenied
        wait_for_entries(plan)
    lock: Any = PeriodLock.objects.in_plan(plan).select_related("locked_by").first() or PeriodLock(plan=plan)
    reach, who, since = lock.reaches(today), lock.locked_by, lock.locked_at
    form = PeriodLockForm(request.POST or None, plan=plan, instance=lock)
    if form.is_valid():
        lock.locked_by, lock.locked_at = request.user, timezone.now()
        form.save()
        messages.success(request, _says(lock.reaches(today)))
        return redirect("kpis:locks", pk)
    context = {
        "plan": plan,
        "form": form,
        "reach": reach,
        "who": who,
        "since": since,
        "openings": _openings(plan, today),
        "past": list(lock.history.select_related("history_user").order_by("-history_id")[:SHOWN]) if lock.pk else [],
        "can_lock": plan.lets(plan.my_role, PeriodLock),
    }
    status = 409 if form.conflict else 422 if form.is_bound else 200
    return render(request, "kpis/locks/locks.html", context, status=status)


@require_http_methods(["GET", "POST"])
@when_quicker
def opening_add(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    """Let one period of a KPI, named in ?period=, take values again."""
    kpi = get_editable(Kpi.objects.select_related("plan"), request.user, pk=pk)
    plan, period, today = open_plan(request, kpi.plan_id), _period(request, kpi), timezone.localdate()
    opening = opening_for(kpi, period, by=request.user, today=today)
    form = OpeningForm(request.POST or None, plan=plan, parent=kpi, instance=opening)
    label = period_label(period, kpi.rhythm)
    if form.is_valid():
        with transaction.atomic():
            form.save()
        words = {"period": label, "day": date_format(opening.open_to, "SHORT_DATE_FORMAT")}
        messages.success(request, _("%(period)s is open until %(day)s") % words)
        return redirect(kpi)
    context = {"plan": plan, "kpi": kpi, "form": form, "label": label, "open_to": opening.open_to}
    return render(request, "kpis/locks/opening_form.html", context, status=422 if form.is_bound else 200)


@require_POST
@transaction.atomic
def opening_close(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    """Lock the period again before its week is over."""
    opening = get_editable(Opening.objects.select_for_update(of=("self",)), request.user, pk=pk)
    opening.delete()
    messages.success(request, _("Locked again"))
    return redirect("kpis:locks", opening.plan_id)


def _openings(plan, today: dt.date) -> list[Opening]:
    found = list(
        Opening.objects.in_plan(plan).filter(open_to__gte=today).select_related("kpi", "opened_by").order_by("open_to")
    )
    for opening in found:
        opening.label = period_label(opening.period, opening.kpi.rhythm)
    return found


def _says(reach: dt.date | None) -> str:
    if reach is None:
        return _("Nothing is locked")
    return _("Locked up to %(day)s") % {"day": date_format(reach, "SHORT_DATE_FORMAT")}


def _period(request: HtmxHttpRequest, kpi: Kpi) -> dt.date:
    try:
        period = dt.date.fromisoformat(request.GET.get("period", ""))
    except ValueError:
        raise Http404 from None
    if period != period_of(period, kpi.rhythm):
        raise Http404
    return period
