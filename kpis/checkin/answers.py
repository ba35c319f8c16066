"""The answer to a line that was sent: the line, and beside it how many are in; without HTMX the page it stands on."""

import datetime as dt
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django_htmx.http import trigger_client_event

from kpis.checkin.page import CheckinPage
from kpis.checkin.rows import Row, make_row
from kpis.checkin.saved import line_answer
from kpis.kpi.computing import Values
from kpis.kpi.models import Kpi
from kpis.kpi.periods import WEEKLY, period_of, week_from_code
from kpis.kpi.progress import values_by_kpi
from kpis.readings.forms import ReadingForm
from kpis.readings.models import Reading
from kpis.skips.forms import SkipForm
from kpis.skips.models import Skip
from plans.plan.page import open_plan
from salesplan.lib.htmx import HtmxHttpRequest
from salesplan.lib.prepared import prepared

PAGE = "kpis/checkin/week.html"


def answer_saved(
    request: HtmxHttpRequest, kpi: Kpi, reading: Reading | None, values: Values | None = None
) -> HttpResponse:
    """The line as it is now, with the reading of its period; `values` are all its KPI has, where they are known."""
    page = page_of(request, kpi)
    if not request.htmx:
        return HttpResponseRedirect(f"{page.this_url}#kpi-{kpi.pk}")
    response = line_answer(request, page, _row(kpi, reading, page, request, values))
    return trigger_client_event(response, "checkin-saved", {})


def answer_wrong(request: HtmxHttpRequest, form: ReadingForm) -> HttpResponse:
    """With what was typed, and what is wrong with it or asked about it."""
    page = page_of(request, form.kpi)
    status = 409 if form.conflict else 422
    if not request.htmx:
        return _whole_page(request, page, form, status=status)
    row = _row(form.kpi, form.reading, page, request)
    row.form, row.locked = form, form.refused
    return line_answer(request, page, row, status=status)


def answer_refused(request: HtmxHttpRequest, form: SkipForm, reading: Reading | None) -> HttpResponse:
    """Skipping was not taken."""
    page = page_of(request, form.kpi)
    row = _row(form.kpi, reading, page, request)
    row.locked = form.refused
    row.refusal = " ".join(str(error) for errors in form.errors.values() for error in errors)
    return line_answer(request, page, row, status=422)


def _whole_page(request: HtmxHttpRequest, page: CheckinPage, form: ReadingForm, *, status: int) -> HttpResponse:
    if page.plan:
        page.plan = open_plan(request, page.plan.pk)
    page.whole = True
    for row in page.rows:
        if row.kpi.pk == form.kpi.pk:
            row.form = form
    return render(request, PAGE, {"page": page, "plan": page.plan}, status=status)


def _row(
    kpi: Kpi, reading: Reading | None, page: CheckinPage, request: HtmxHttpRequest, values: Values | None = None
) -> Row:
    period = period_asked(request)
    kpi.due_period = period  # type: ignore[attr-defined]
    kpi.skip_reason = "" if reading else _reason.first(kpi, period) or ""  # type: ignore[attr-defined]
    if values is None:
        values = values_by_kpi([kpi], page.as_of).get(kpi.pk, {})
    last = kpi.period_on(page.as_of)
    known = {day: value for day, value in sorted(values.items()) if day <= last}
    return make_row(kpi, known, reading, today=page.as_of)


@prepared
def _reason(kpi: Any, period: dt.date) -> QuerySet:
    return Skip.objects.filter(kpi=kpi, period=period).values_list("reason", flat=True)


def page_of(request: HtmxHttpRequest, kpi: Kpi) -> CheckinPage:
    """The page the line stands on: its form says whose KPIs and which week."""
    asked = request.POST if request.method == "POST" else request.GET
    today = timezone.localdate()
    plan = kpi.plan if asked.get("scope") == "plan" else None
    week_start = kpi.plan.workspace.week_starts_on
    monday = min(week_asked(asked.get("week", ""), today, week_start), period_of(today, WEEKLY, week_start))
    return CheckinPage(request, monday, today, plan, week_start)


def week_asked(code: str, today: dt.date, week_start: int) -> dt.date:
    """The Monday of the week asked for; of this week when none is, or there is no such week."""
    return week_from_code(code) or period_of(today, WEEKLY, week_start)


def period_asked(request: HtmxHttpRequest) -> dt.date:
    asked = request.POST if request.method == "POST" else request.GET
    try:
        return dt.date.fromisoformat(asked.get("period", ""))
    except ValueError:
        raise Http404 from None
