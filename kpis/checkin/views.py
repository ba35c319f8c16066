from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.roles import MANAGERS
from kpis.checkin.answers import PAGE, answer_saved, answer_wrong, page_of, period_asked, week_asked
from kpis.checkin.late import late_in
from kpis.checkin.page import CheckinPage
from kpis.kpi.access import hold_reportable
from kpis.kpi.models import Kpi
from kpis.kpi.periods import WEEKLY, latest_week_start, period_label
from kpis.readings.entry import open_entry, save_entry
from kpis.readings.forms import ReadingForm
from kpis.readings.models import Reading
from plans.items.bin import bin_item
from plans.plan.frame import frame_of
from plans.plan.models import Plan
from plans.plan.page import open_plan
from plans.receipts.services import answer_again, carried_out_once, keep_receipt, was_stopped, with_receipt
from salesplan.lib.htmx import HtmxHttpRequest, render_page


@require_safe
def week(request: HtmxHttpRequest) -> HttpResponse:
    """All the KPIs I owe, in every plan that is carried out."""
    return _page(request, plan=None)


@require_safe
def checkin(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    """All the KPIs of one plan, with who owes them."""
    return _page(request, plan=open_plan(request, pk))


def _page(request: HtmxHttpRequest, *, plan: Plan | None) -> HttpResponse:
    today = timezone.localdate()
    starts = [plan.workspace.week_starts_on] if plan else frame_of(request).week_starts
    week_start = latest_week_start(starts)
    monday = week_asked(request.GET.get("week", ""), today, week_start)
    page = CheckinPage(request, monday, today, plan, week_start, whole="all" in request.GET)
    if page.monday > page.this_monday:
        messages.warning(
            request, _("%(week)s has not begun yet.") % {"week": period_label(page.monday, WEEKLY).title()}
        )
        return redirect(page.url)
    context = {"page": page, "plan": plan, "late": late_in(plan) if plan and _hears_of_late(plan) else None}
    return render_page(request, PAGE, context, partials=["effect", "rest"])


def _hears_of_late(plan: Plan) -> bool:
    return plan.my_role in MANAGERS and plan.status == Plan.Status.ACTIVE


@require_POST
@carried_out_once
@transaction.atomic
def reading_enter(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    """Save one line of a check-in: answer with the line, and beside it how many are in."""
    kpi = hold_reportable(request.user, pk=pk)
    today = timezone.localdate()
    form = open_entry(kpi, period_asked(request), today=today, data=request.POST)
    is_kept = not form.refused and not form.is_empty and "theirs" not in request.POST and form.is_valid()
    if is_kept and not was_stopped(request):
        return _keep(request, kpi, form)
    if again := answer_again(request, kpi.plan):
        return again
    if form.refused:
        return answer_wrong(request, form)
    if form.is_empty:
        return _take_back(request, kpi, form)
    if form.is_partial and form.reading is None and request.htmx:
        return HttpResponse(status=204)
    if "theirs" in request.POST:
        return answer_saved(request, kpi, form.reading)
    return _keep(request, kpi, form) if is_kept else answer_wrong(request, form)


def _keep(request: HtmxHttpRequest, kpi: Kpi, form: ReadingForm) -> HttpResponse:
    reading = save_entry(form, by=request.user, at=timezone.now())
    values = form.standing.values | {reading.period: reading.value}
    return with_receipt(request, answer_saved(request, kpi, reading, values), reading)


def _take_back(request: HtmxHttpRequest, kpi: Kpi, form: ReadingForm) -> HttpResponse:
    """An emptied box takes its value back, unless somebody else has changed it meanwhile."""
    if form.reading is None:
        return HttpResponse(status=204) if request.htmx else redirect(page_of(request, kpi).this_url)
    left: Reading | None = form.reading
    if str(form.reading.version) == request.POST.get("version"):
        left = None
        keep_receipt(request, form.reading)
        binned = bin_item(form.reading, by=request.user, url=page_of(request, kpi).this_url)
        undo = reverse("plans:item_restore", args=[binned.pk])
        messages.success(request, _("Value of “%(kpi)s” taken back") % {"kpi": kpi}, extra_tags=f"undo:{undo}")
    return answer_saved(request, kpi, left)
