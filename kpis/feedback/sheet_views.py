"""A sheet of reviews or notes comes in: brought, looked at, imported, undone."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import get_editable
from kpis.feedback.models import Answer, FeedbackSheet
from kpis.feedback.sheet_forms import FeedbackColumnsForm
from kpis.feedback.sheets import State, ambiguous_day, import_sheet, propose, take_in, undo_sheet
from plans.imports.forms import UploadForm
from plans.plan.page import open_plan
from salesplan.lib.htmx import HtmxHttpRequest

#: How many rows of each kind are shown; the others are counted.
SHOWN = 20
LATEST = 10


@require_http_methods(["GET", "POST"])
def sheet_add(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    plan = open_plan(request, pk)
    if not plan.lets(plan.my_role, Answer):
        raise PermissionDenied
    form = UploadForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        sheet = take_in(plan, form.rows, name=form.cleaned_data["file"].name, by=request.user)
        return redirect("kpis:sheet_detail", sheet.pk)
    earlier = FeedbackSheet.objects.filter(plan=plan).exclude(state=State.OPEN).defer("rows").select_related("by")
    context = {"plan": plan, "form": form, "earlier": earlier.order_by("-created_at")[:LATEST]}
    return render(request, "kpis/feedback/sheet_add.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def sheet_detail(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    """What the sheet would add, and how its columns are read; later what became of it."""
    sheet = get_editable(FeedbackSheet.objects.select_related("by"), request.user, pk=pk)
    sheet.plan = open_plan(request, sheet.plan_id)
    context: dict[str, Any] = {"plan": sheet.plan, "sheet": sheet}
    if sheet.state != State.OPEN:
        return render(request, "kpis/feedback/sheet_done.html", context)
    form = FeedbackColumnsForm(request.POST or None, sheet=sheet)
    if form.is_valid():
        form.save()
        return redirect(request.path + "#preview")
    rows = list(propose(sheet, today=timezone.localdate()))
    added, left_out = [row for row in rows if not row.reason], [row for row in rows if row.reason]
    context |= {
        "form": form,
        "ambiguous": ambiguous_day(sheet),
        "added": added[:SHOWN],
        "added_count": len(added),
        "left_out": left_out[:SHOWN],
        "left_out_count": len(left_out),
    }
    return render(request, "kpis/feedback/sheet_detail.html", context, status=422 if form.is_bound else 200)


@require_POST
def sheet_import(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    sheet = get_editable(FeedbackSheet.objects.select_related("plan"), request.user, pk=pk)
    if sheet.state == State.OPEN and ambiguous_day(sheet):
        messages.error(request, _("Say first whether the day or the month comes first."))
        return redirect("kpis:sheet_detail", sheet.pk)
    added = import_sheet(sheet, by=request.user, today=timezone.localdate())
    if added:
        words = ngettext("%(count)s answer added", "%(count)s answers added", added)
        messages.success(request, words % {"count": added})
    return redirect("kpis:sheet_detail", sheet.pk)


@require_POST
def sheet_undo(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    sheet = get_editable(FeedbackSheet.objects.select_related("plan"), request.user, pk=pk)
    kept = undo_sheet(sheet)
    if kept:
        words = ngettext(
            "%(count)s answer stays: somebody has worked on it since.",
            "%(count)s answers stay: somebody has worked on them since.",
            kept,
        )
        messages.warning(request, words % {"count": kept})
    return redirect("kpis:sheet_detail", sheet.pk)
