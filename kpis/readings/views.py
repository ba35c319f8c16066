"""A value on the page of its KPI: a missed period filled in, a wrong one corrected or taken back."""

import datetime as dt

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import get_visible
from kpis.kpi.access import get_reportable
from kpis.kpi.models import Kpi
from kpis.kpi.periods import period_label
from kpis.kpi.views import draw_kpi
from kpis.readings.entry import open_entry, save_entry
from kpis.readings.forms import ReadingForm
from kpis.readings.models import Reading
from plans.items.bin import bin_item
from plans.plan.page import open_plan
from salesplan.lib.htmx import HtmxHttpRequest


@require_http_methods(["GET", "POST"])
def reading_add(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    """Fill in a period, named in ?period= and then by the form."""
    kpi = get_reportable(request.user, pk=pk)
    return _entry(request, kpi, _period(request), slot="reading-add")


@require_http_methods(["GET", "POST"])
def reading_edit(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    reading = get_visible(Reading.objects, request.user, pk=pk)
    kpi = get_reportable(request.user, pk=reading.kpi_id)
    return _entry(request, kpi, reading.period, slot=f"reading-{pk}")


@require_POST
def reading_delete(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    reading = get_visible(Reading.objects, request.user, pk=pk)
    kpi = get_reportable(request.user, pk=reading.kpi_id)
    label = period_label(reading.period, kpi.rhythm)
    undo = reverse("plans:item_restore", args=[bin_item(reading, by=request.user, url=kpi.get_absolute_url()).pk])
    messages.success(request, _("Value of %(period)s deleted") % {"period": label}, extra_tags=f"undo:{undo}")
    return _done(request, kpi)


@transaction.atomic
def _entry(request: HtmxHttpRequest, kpi: Kpi, period: dt.date, *, slot: str) -> HttpResponse:
    data = request.POST if request.method == "POST" else None
    form = open_entry(kpi, period, today=timezone.localdate(), data=data)
    if "theirs" in request.POST:
        return _done(request, kpi)
    if form.is_valid():
        save_entry(form, by=request.user, at=timezone.now())
        return _done(request, kpi)
    return _form(request, kpi, form, slot=slot)


def _form(request: HtmxHttpRequest, kpi: Kpi, form: ReadingForm, *, slot: str) -> HttpResponse:
    context = {
        "plan": open_plan(request, kpi.plan_id),
        "kpi": kpi,
        "form": form,
        "label": period_label(form.period, kpi.rhythm),
        "action": request.get_full_path(),
    }
    if not request.htmx:
        return render(request, "kpis/readings/reading_form.html", context, status=422 if form.is_bound else 200)
    response = render(request, "kpis/readings/reading_form.html#reading-form", context)
    if form.is_bound:
        response.status_code = 409 if form.conflict else 422
        response.headers["HX-Retarget"], response.headers["HX-Reswap"] = f"#{slot}", "innerHTML"
    return response


def _done(request: HtmxHttpRequest, kpi: Kpi) -> HttpResponse:
    if not request.htmx:
        return redirect(kpi)
    return draw_kpi(request, kpi)


def _period(request: HtmxHttpRequest) -> dt.date:
    try:
        return dt.date.fromisoformat(request.GET.get("period", ""))
    except ValueError:
        raise Http404 from None
