"""A line of a check-in that has no value this time: skipped with a reason, or asked for again."""

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kpis.checkin.answers import answer_refused, answer_saved, page_of, period_asked
from kpis.kpi.access import get_reportable
from kpis.kpi.models import Kpi
from kpis.kpi.periods import period_label
from kpis.locks.locked import why_locked
from kpis.readings.services import lock_kpi, reading_of
from kpis.skips.forms import SkipForm
from kpis.skips.models import Skip
from kpis.skips.services import skip_period
from plans.items.bin import bin_item
from plans.plan.page import open_plan
from plans.receipts.services import answer_again, with_receipt
from salesplan.lib.htmx import HtmxHttpRequest


@require_http_methods(["GET", "POST"])
@transaction.atomic
def reading_skip(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    """GET is the page that asks why, for those without JavaScript."""
    kpi = get_reportable(request.user, pk=pk)
    period, today = period_asked(request), timezone.localdate()
    if request.method == "POST":
        lock_kpi(kpi)
        if again := answer_again(request, kpi.plan):
            return again
    reading = reading_of.first(kpi, period)
    refused = why_locked(kpi, period, today=today)
    has_value = reading is not None
    form = SkipForm(request.POST or None, kpi=kpi, period=period, today=today, has_value=has_value, refused=refused)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        skip = skip_period(kpi=kpi, period=period, reason=reason, by=request.user, at=timezone.now())
        return with_receipt(request, answer_saved(request, kpi, reading), skip)
    if request.htmx and form.is_bound:
        return answer_refused(request, form, reading)
    return _ask(request, kpi, form)


@require_POST
@transaction.atomic
def reading_unskip(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    """Ask for the value again; done twice, it is done."""
    kpi = get_reportable(request.user, pk=pk)
    lock_kpi(kpi)
    period = period_asked(request)
    skip = Skip.objects.filter(kpi=kpi, period=period).first()
    if skip:
        undo = reverse("plans:item_restore", args=[bin_item(skip, by=request.user, url=kpi.get_absolute_url()).pk])
        messages.success(request, _("“%(kpi)s” is asked for again") % {"kpi": kpi}, extra_tags=f"undo:{undo}")
    if request.POST.get("to") == "kpi":
        return redirect(kpi)
    return answer_saved(request, kpi, reading_of.first(kpi, period))


def _ask(request: HtmxHttpRequest, kpi: Kpi, form: SkipForm) -> HttpResponse:
    if form.period > kpi.period_on(form.today) and not form.is_bound:
        raise Http404
    context = {
        "plan": open_plan(request, kpi.plan_id),
        "kpi": kpi,
        "form": form,
        "label": period_label(form.period, kpi.rhythm),
        "back": page_of(request, kpi).this_url,
        "asked": request.POST if form.is_bound else request.GET,
    }
    return render(request, "kpis/checkin/skip_page.html", context, status=422 if form.is_bound else 200)
