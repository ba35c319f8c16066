"""A sheet comes in: brought, looked at, imported by the worker, undone."""

from collections import Counter
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.tasks import Task
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import get_editable
from plans.actions.models import Action
from plans.imports.forms import ColumnsForm, UploadForm
from plans.imports.models import SheetImport
from plans.imports.names import PlanNames
from plans.imports.proposals import Kind, ambiguous_day, propose
from plans.imports.services import move_on, take_in
from plans.imports.tasks import carry_out_import, take_back_import
from plans.plan.page import open_plan
from salesplan.lib.htmx import render_page

State = SheetImport.State
#: How many rows of each kind are shown; the others are counted.
SHOWN = 20
LATEST = 10


@require_http_methods(["GET", "POST"])
def import_add(request: HttpRequest, pk: int) -> HttpResponse:
    plan = open_plan(request, pk)
    if not plan.lets(plan.my_role, Action):
        raise PermissionDenied
    form = UploadForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        sheet = take_in(plan, form.rows, name=form.cleaned_data["file"].name, by=request.user)
        return redirect("plans:import_detail", sheet.pk)
    earlier = SheetImport.objects.filter(plan=plan).exclude(state=State.OPEN).defer("rows", "added", "changed")
    context = {"plan": plan, "form": form, "earlier": earlier.select_related("by").order_by("-created_at")[:LATEST]}
    return render(request, "plans/imports/import_add.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def import_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """What the sheet would do, and how its columns are read; later what became of it."""
    # Who asks how far it is needs no rows, which may be some megabytes.
    sheets = SheetImport.objects.defer("rows") if request.htmx else SheetImport.objects  # type: ignore[attr-defined]
    sheet = get_editable(sheets, request.user, pk=pk)
    sheet.plan = open_plan(request, sheet.plan_id)
    context: dict[str, Any] = {"plan": sheet.plan, "sheet": sheet}
    if sheet.state != State.OPEN:
        return render_page(request, "plans/imports/import_done.html", context, partials=["import-progress"])
    ambiguous, names = ambiguous_day(sheet), PlanNames(sheet.plan)
    form = ColumnsForm(request.POST or None, sheet=sheet, names=names, ambiguous=ambiguous)
    if form.is_valid():
        form.save()
        return redirect(request.path + "#preview")
    context |= {"form": form, "ambiguous": ambiguous} | _preview(sheet, names)
    return render(request, "plans/imports/import_detail.html", context, status=422 if form.is_bound else 200)


def _preview(sheet: SheetImport, names: PlanNames) -> dict[str, Any]:
    proposals = list(propose(sheet, names))
    counts = Counter(one.kind for one in proposals)
    shown = [(kind, [one for one in proposals if one.kind is kind][:SHOWN], counts[kind]) for kind in Kind]
    return {
        "preview": [(kind, rows, count - len(rows)) for kind, rows, count in shown if kind is not Kind.SAME],
        "counts": {kind.value: counts[kind] for kind in Kind},
        "does_something": bool(counts[Kind.ADD] or counts[Kind.CHANGE]),
    }


@require_POST
def import_start(request: HttpRequest, pk: int) -> HttpResponse:
    sheet = get_editable(SheetImport.objects, request.user, pk=pk)
    if ambiguous_day(sheet):
        messages.error(request, _("Say first whether the day or the month comes first."))
    else:
        _queue(request, sheet, carry_out_import, from_state=State.OPEN, to=State.QUEUED)
    return redirect("plans:import_detail", sheet.pk)


@require_POST
def import_undo(request: HttpRequest, pk: int) -> HttpResponse:
    sheet = get_editable(SheetImport.objects, request.user, pk=pk)
    _queue(request, sheet, take_back_import, from_state=State.DONE, to=State.UNDOING)
    return redirect("plans:import_detail", sheet.pk)


@transaction.atomic
def _queue(request: HttpRequest, sheet: SheetImport, task: Task, *, from_state: str, to: str) -> None:
    """Both or neither: a sheet that waits for a task that was never queued would wait for ever."""
    if move_on(sheet, from_state=from_state, to=to):
        task.enqueue(sheet.pk, request.user.pk, get_language())
