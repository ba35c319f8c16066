"""What is edited in the table itself: one cell of a row, or the line that adds a row."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.safestring import SafeString
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import get_editable, get_visible
from plans.actions.facts import action_alone, action_row
from plans.actions.following import offering
from plans.actions.forms import CELLS, CellForm, QuickActionForm
from plans.actions.models import Action, ActionQuerySet
from plans.actions.row import part_html
from plans.actions.table import Group, group_total
from plans.actions.views import ACTIONS, TEMPLATE
from plans.items.views import open_parent
from plans.plan.models import Plan
from plans.receipts.services import answer_again, carried_out_once, keep_receipt, was_stopped, with_receipt
from salesplan.lib.htmx import HtmxHttpRequest
from salesplan.lib.prepared import prepared
from salesplan.lib.quicker import when_quicker

CELL = "plans/actions/cell.html"


@require_http_methods(["GET", "POST"])
@carried_out_once
def action_cell(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    """GET gives the editor of the cell named in ?cell=; POST saves it and answers with what it changed."""
    cell = request.GET.get("cell", "")
    if cell not in CELLS:
        raise Http404
    with transaction.atomic():
        action = open_row(request, pk)
        if was_stopped(request) and (again := answer_again(request, action.plan)):
            return again
        before = action.deadline
        form = CellForm(request.POST or None, instance=action, plan=action.plan, cell=cell)
        if form.is_valid():
            form.save()
            answer = with_receipt(request, _saved_answer(request, action, cell), action)
            return offering(request, answer, action.plan, {action.pk: (before, action.deadline)})
        if again := answer_again(request, action.plan):
            return again
    context = {"form": form, "action": action, "cell": cell, "plan": action.plan}
    if not request.htmx:
        return render(request, "plans/actions/cell_page.html", context, status=422 if form.is_bound else 200)
    if form.conflict:
        return _conflict(request, action.plan, form)
    return render(request, CELL, context, status=422 if form.is_bound else 200)


@require_safe
def action_show(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    """One row as it is now: when its KPIs or its budget were changed beside the table."""
    action = get_visible(Action.objects.select_related("plan__workspace"), request.user, pk=pk)
    return _row_answer(request, action)


@require_http_methods(["GET", "POST"])
@when_quicker
def action_add(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    """The line at the end of a group: one action after another without leaving the keyboard."""
    objective, plan = open_parent(request, Action, pk)
    if again := answer_again(request, plan):
        return again
    form = QuickActionForm(request.POST or None, plan=plan, parent=objective)
    context = {"plan": plan, "group": Group(objective.pk, objective.title), "form": form, "can_edit": True}
    if form.is_bound and (saved := form.already_saved() or (form.is_valid() and _added(request, form))):
        if not request.htmx:
            return _back_to_table(plan, saved)
        context |= _row_context(saved) | {"form": QuickActionForm(plan=plan, parent=objective)}
        return render(request, f"{TEMPLATE}#action-added", context)
    template = f"{TEMPLATE}#action-add" if request.htmx else "plans/actions/add_page.html"
    return render(request, template, context, status=422 if form.is_bound else 200)


@transaction.atomic
def _added(request: HtmxHttpRequest, form: QuickActionForm) -> Action:
    action = form.save()
    keep_receipt(request, action)
    return action


def open_row(request: HtmxHttpRequest, pk: int) -> Action:
    """The row, locked if it is about to be changed; what is refused is refused by the door."""
    rows = _rows_to_change if request.method == "POST" else _rows_to_show
    return rows.first(request.user, pk) or get_editable(Action.objects, request.user, pk=pk)


@prepared
def _rows_to_show(user: Any, pk: int) -> QuerySet[Action]:
    return _rows().editable_by(user).filter(pk=pk)


@prepared
def _rows_to_change(user: Any, pk: int) -> QuerySet[Action]:
    return _rows().editable_by(user).filter(pk=pk).select_for_update(of=("self",))


def _rows() -> ActionQuerySet:
    """With what its deadline is held against."""
    return Action.objects.select_related("plan__workspace", "objective")


def _row_context(action: Action) -> dict[str, Any]:
    today = timezone.localdate()
    return {
        "row": action_row(action.plan, action.pk, today=today),
        "group": group_total(action.objective_id, today=today),
        "plan": action.plan,
        "can_edit": True,
    }


#: Cells that show nothing but the action itself, with those that a change of each also changes. Of such a
#: change the page needs no more than them: the rest of the row, three links away, stands there already.
ALONE = {
    "title": ["title"],
    "kind": ["kind"],
    "start": ["start", "status"],
    "due": ["due", "status"],
    "status": ["due", "status"],
    "priority": ["priority"],
    "effort": ["effort"],
}
#: Those that are counted in the sums of the group.
COUNTED = {"due", "status"}


def _saved_answer(request: HtmxHttpRequest, action: Action, cell: str) -> HttpResponse:
    if cell not in ALONE or not request.htmx:
        return _row_answer(request, action)
    today = timezone.localdate()
    part = part_html(action_alone(action, ALONE[cell], today=today), ALONE[cell]) + _others_judged(action, today)
    if cell not in COUNTED:
        return HttpResponse(part)
    context = {"part": part, "group": group_total(action.objective_id, today=today)}
    return render(request, f"{TEMPLATE}#action-part", context)


def _others_judged(action: Action, today: dt.date) -> SafeString:
    """The marks of those whose health is another now, because they wait for it."""
    parts = SafeString("")
    if not action.judged:
        return parts
    others = Action.objects.in_plan(action.plan).filter(pk__in=action.judged)
    for other in others.select_related("objective"):
        other.plan = action.plan
        parts += part_html(action_alone(other, ["status"], today=today), ["status"])
    return parts


def _row_answer(request: HtmxHttpRequest, action: Action) -> HttpResponse:
    if not request.htmx:
        return _back_to_table(action.plan, action)
    return render(request, f"{TEMPLATE}#action-changed", _row_context(action))


def _conflict(request: HtmxHttpRequest, plan: Plan, form: CellForm) -> HttpResponse:
    """Their row, and under it what both of us wrote: nothing is overwritten before she chooses."""
    current = Action.objects.select_related("plan").get(pk=form.instance.pk)
    context = _row_context(current) | {"conflict": form.conflict, "form": form, "cell": form.cell}
    response = render(request, f"{TEMPLATE}#action-conflict", context, status=409)
    response.headers["HX-Retarget"] = f"#action-{current.pk}"
    response.headers["HX-Reswap"] = "outerHTML"
    return response


def _back_to_table(plan: Plan, action: Action) -> HttpResponse:
    return HttpResponseRedirect(f"{ACTIONS.url(plan)}?view=table#action-{action.pk}")
