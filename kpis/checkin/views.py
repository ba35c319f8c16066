import datetime as dt

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import trigger_client_event

from kpis.checkin.page import CheckinPage
from kpis.checkin.rows import Row, make_row
from kpis.kpi.access import get_reportable
from kpis.kpi.models import Kpi
from kpis.kpi.periods import WEEKLY, period_label, period_of, week_from_code
from kpis.kpi.progress import values_by_kpi
from kpis.readings.entry import open_entry, save_entry
from kpis.readings.forms import ReadingForm
from plans.items.bin import bin_item
from plans.plan.models import Plan
from plans.plan.page import open_plan
from plans.receipts.services import answer_again, keep_receipt, with_receipt
from salesplan.lib.htmx import HtmxHttpRequest, render_page

PAGE = "kpis/checkin/week.html"


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
    page = CheckinPage(request, _week(request.GET.get("week", ""), today), today, plan, whole="all" in request.GET)
    if page.monday > today:
        messages.warning(
            request, _("%(week)s has not begun yet.") % {"week": period_label(page.monday, WEEKLY).title()}
        )
        return redirect(page.url)
    return render_page(request, PAGE, {"page": page, "plan": plan}, partials=["effect", "rest"])


@require_POST
@transaction.atomic
def reading_enter(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    """Save one line of a check-in: answer with the line, and beside it how many are in."""
    kpi = get_reportable(request.user, pk=pk)
    today = timezone.localdate()
    form = open_entry(kpi, _period(request), today=today, data=request.POST)
    if again := answer_again(request, kpi.plan):
        return again
    if form.is_empty:
        return _take_back(request, kpi, form)
    if form.is_partial and form.reading is None and request.htmx:
        return HttpResponse(status=204)
    if "theirs" in request.POST:
        return _answer(request, kpi, _fresh(form), saved=True)
    if form.is_valid():
        reading = save_entry(form, by=request.user, at=timezone.now())
        return with_receipt(request, _answer(request, kpi, _fresh(form), saved=True), reading)
    return _answer(request, kpi, form, saved=False)


def _take_back(request: HtmxHttpRequest, kpi: Kpi, form: ReadingForm) -> HttpResponse:
    """An emptied box takes its value back, unless somebody else has changed it meanwhile."""
    if form.reading is None:
        return HttpResponse(status=204) if request.htmx else redirect(_page_of(request, kpi).this_url)
    if str(form.reading.version) == request.POST.get("version"):
        keep_receipt(request, form.reading)
        binned = bin_item(form.reading, by=request.user, url=_page_of(request, kpi).this_url)
        undo = reverse("plans:item_restore", args=[binned.pk])
        messages.success(request, _("Value of “%(kpi)s” taken back") % {"kpi": kpi}, extra_tags=f"undo:{undo}")
    return _answer(request, kpi, _fresh(form), saved=True)


def _fresh(form: ReadingForm) -> ReadingForm:
    """The same line as it stands in the database now."""
    return open_entry(form.kpi, form.period, today=form.today)


def _answer(request: HtmxHttpRequest, kpi: Kpi, form: ReadingForm, *, saved: bool) -> HttpResponse:
    page = _page_of(request, kpi)
    if not request.htmx:
        return _answer_without_htmx(request, page, form, saved=saved)
    context = {"page": page, "line": page.line(_row(kpi, form, page)), "oob": True}
    status = 200 if saved else 409 if form.conflict else 422
    response = render(request, "kpis/checkin/row_saved.html", context, status=status)
    return trigger_client_event(response, "checkin-saved", {}) if saved else response


def _answer_without_htmx(
    request: HtmxHttpRequest, page: CheckinPage, form: ReadingForm, *, saved: bool
) -> HttpResponse:
    if saved:
        return HttpResponseRedirect(f"{page.this_url}#kpi-{form.kpi.pk}")
    if page.plan:
        page.plan = open_plan(request, page.plan.pk)
    page.whole = True
    for row in page.rows:
        if row.kpi.pk == form.kpi.pk:
            row.form = form
    return render(request, PAGE, {"page": page, "plan": page.plan}, status=409 if form.conflict else 422)


def _row(kpi: Kpi, form: ReadingForm, page: CheckinPage) -> Row:
    kpi.due_period = form.period  # type: ignore[attr-defined]
    values = values_by_kpi([kpi], page.as_of).get(kpi.pk, {})
    return make_row(kpi, values, form.reading, today=page.as_of, form=form)


def _page_of(request: HtmxHttpRequest, kpi: Kpi) -> CheckinPage:
    """The page the line stands on: its form says whose KPIs and which week."""
    today = timezone.localdate()
    plan = kpi.plan if request.POST.get("scope") == "plan" else None
    return CheckinPage(request, min(_week(request.POST.get("week", ""), today), today), today, plan)


def _week(code: str, today: dt.date) -> dt.date:
    """The Monday of the week asked for; of this week when none is, or there is no such week."""
    return week_from_code(code) or period_of(today, WEEKLY)


def _period(request: HtmxHttpRequest) -> dt.date:
    try:
        return dt.date.fromisoformat(request.POST.get("period", ""))
    except ValueError:
        raise Http404 from None
