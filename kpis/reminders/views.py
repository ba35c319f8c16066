"""What the link in the mail opens. None of it knows who is signed in: the key and the cookie say whose form it is."""

from dataclasses import replace

from allauth.core import ratelimit
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import trigger_client_event

from kpis.checkin.rows import make_row
from kpis.checkin.saved import line_answer
from kpis.kpi.models import Kpi
from kpis.kpi.progress import values_by_kpi
from kpis.readings.entry import open_entry, save_entry
from kpis.readings.forms import ReadingForm
from kpis.reminders.link import Visit, claim, finish, let_in, visit_by_cookie, visit_by_key
from kpis.reminders.models import Reminder
from kpis.reminders.page import LinkedPage, as_in_the_mail, page_of
from salesplan.lib.htmx import HtmxHttpRequest

PAGE = "kpis/reminders/form.html"
State = Reminder.State
#: What is over answers as such; of what never was nothing is said.
STATUS: dict[str, int] = {State.EXPIRED: 410, State.USED: 410}


@login_not_required  # the signed link is the key: docs/decisions/0024
@never_cache
@require_safe
def reminder(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    """With the key it leads to itself without it; looking changes nothing."""
    now = timezone.now()
    if "key" in request.GET:
        visit = visit_by_key(request, pk, now)
        here = reverse("kpis:reminder", args=[pk])
        return let_in(redirect(here), visit, pk) if visit.is_open else redirect(f"{here}?link={visit.state}")
    visit = visit_by_cookie(request, pk, now)
    if visit.reminder is None:
        return _gone(request, request.GET.get("link", visit.state))
    with as_in_the_mail(visit.reminder):
        return _draw(request, page_of(request, visit.reminder, timezone.localdate()))


@login_not_required  # as above
@never_cache
@require_POST
@transaction.atomic
def reminder_enter(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    """Save one line: of a KPI she owes at this moment, for the period the week asks for."""
    visit = _writing(request, pk)
    if isinstance(visit, HttpResponse):
        return visit
    with as_in_the_mail(visit.reminder):
        page = page_of(request, visit.reminder, timezone.localdate())
        kpi = next((kpi for kpi in page.owed if str(kpi.pk) == request.POST.get("kpi")), None)
        if kpi is None or request.POST.get("period") != str(kpi.due_period):
            return _not_asked(request, page)
        return _enter(request, page, kpi)


def _enter(request: HtmxHttpRequest, page: LinkedPage, kpi: Kpi) -> HttpResponse:
    """A value is entered and corrected here; taking it back altogether is for who has signed in."""
    form = open_entry(kpi, kpi.due_period, today=page.today, data=request.POST)
    if form.is_partial and form.reading is None and request.htmx:
        return HttpResponse(status=204)
    if not form.is_empty and "theirs" not in request.POST:
        if not form.is_valid():
            return _refused(request, page, form)
        save_entry(form, by=page.user, at=timezone.now())
    if not request.htmx:
        return redirect(f"{page.url}#kpi-{kpi.pk}")
    fresh = open_entry(kpi, kpi.due_period, today=page.today)
    return trigger_client_event(_line(request, page, fresh), "checkin-saved")


@login_not_required  # as above
@never_cache
@require_POST
def reminder_finish(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    """She is done: the link opens nothing any more, in this browser either."""
    visit = _writing(request, pk)
    if isinstance(visit, HttpResponse):
        return visit
    finish(visit, timezone.now())
    with as_in_the_mail(visit.reminder):
        page = page_of(request, visit.reminder, timezone.localdate())
        return _in_her_language(render(request, "kpis/reminders/finished.html", {"page": page}))


def _writing(request: HtmxHttpRequest, pk: int) -> Visit | HttpResponse:
    """The visit of who may write, or the answer to who may not."""
    visit = visit_by_cookie(request, pk, timezone.now())
    if visit.reminder is None:
        return _gone(request, visit.state)
    if not ratelimit.consume(request, action="reminder_entries", key=str(pk)):
        return render(request, "accounts/workspaces/try_later.html", status=429)
    return visit if claim(visit, timezone.now()) else _gone(request, State.USED)


def _gone(request: HtmxHttpRequest, state: str) -> HttpResponse:
    """Why the link does not open, and the way to sign in."""
    state = state if state in STATUS else State.UNKNOWN
    status = STATUS.get(state, 404)
    if request.htmx:
        return _above_the_line(render(request, "kpis/reminders/gone.html#gone", {"state": State(state)}, status=409))
    return render(request, "kpis/reminders/gone.html", {"state": State(state)}, status=status)


def _above_the_line(response: HttpResponse) -> HttpResponse:
    """What was typed stays where it is."""
    response.headers["HX-Reswap"] = "beforebegin"
    return response


def _not_asked(request: HtmxHttpRequest, page: LinkedPage) -> HttpResponse:
    """She owns it no more, the plan is closed, or it was never hers: the same to all."""
    if request.htmx:
        return _above_the_line(render(request, "kpis/reminders/form.html#not-asked", status=409))
    return _draw(request, page, status=409, not_asked=True)


def _refused(request: HtmxHttpRequest, page: LinkedPage, form: ReadingForm) -> HttpResponse:
    status = 409 if form.conflict else 422
    if request.htmx:
        return _line(request, page, form, status=status)
    for row in page.rows:
        if row.kpi.pk == form.kpi.pk:
            row.form = form
    return _draw(request, page, status=status)


def _line(request: HtmxHttpRequest, page: LinkedPage, form: ReadingForm, *, status: int = 200) -> HttpResponse:
    values = values_by_kpi([form.kpi], page.as_of).get(form.kpi.pk, {})
    row = make_row(form.kpi, values, form.reading, today=page.as_of, form=form)
    fresh = replace(page)
    return _in_her_language(line_answer(request, fresh, row, status=status))


def _draw(request: HtmxHttpRequest, page: LinkedPage, *, status: int = 200, not_asked: bool = False) -> HttpResponse:
    return _in_her_language(render(request, PAGE, {"page": page, "not_asked": not_asked}, status=status))


def _in_her_language(response: HttpResponse) -> HttpResponse:
    response.headers["Content-Language"] = translation.get_language() or ""
    return response
