"""Lines of the budget and what is booked on them."""

import json
from contextlib import nullcontext
from functools import wraps

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import ProtectedError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import get_editable
from plans.budget.forms.lines import EntryForm, LineForm, PlannedForm
from plans.budget.models import Allocation, BudgetLine
from plans.budget.services import insert_example_lines, set_contingency_aside
from plans.budget.views.page import BUDGET
from plans.items.copying import duplicate_item
from plans.items.order import move_item
from plans.items.views import ItemViews
from plans.plan.models import Plan, PlanItem
from plans.plan.page import open_plan
from salesplan.lib.htmx import HtmxHttpRequest
from salesplan.lib.quicker import when_quicker


def in_one_go(view):
    """A write looks at sums and changes them in one transaction: forms lock the budget inside it."""

    @when_quicker
    @wraps(view)
    def atomic_view(request: HtmxHttpRequest, pk: int) -> HttpResponse:
        with transaction.atomic() if request.method == "POST" else nullcontext():
            return view(request, pk)

    return atomic_view


class LineViews(ItemViews):
    def _lockable(self, request: HtmxHttpRequest):
        """The form locks all lines of the plan in one order; one line before the others could wait for ever."""
        return self.model.objects.all()

    @property
    def duplicate(self):
        @require_POST
        @in_one_go
        def line_duplicate(request: HtmxHttpRequest, pk: int) -> HttpResponse:
            """The amount is copied; what actions were given of it is theirs once."""
            line = get_editable(BudgetLine.objects, request.user, pk=pk)
            plan = open_plan(request, line.plan_id)
            copy = duplicate_item(line)
            Allocation.objects.filter(line=copy.pk).delete()
            move_item(copy, to=line.position + 1, into="")
            messages.success(request, _("“%(item)s” duplicated") % {"item": line})
            return self._done(request, plan, focus=copy)

        return line_duplicate

    @property
    def delete(self):
        remove = super().delete

        @require_POST
        def line_delete(request: HtmxHttpRequest, pk: int) -> HttpResponse:
            try:
                return remove(request, pk)
            except ProtectedError:
                line = get_editable(BudgetLine.objects, request.user, pk=pk)
                messages.error(request, why_it_stays(line))
                return self._done(request, open_plan(request, line.plan_id), focus=line)

        return line_delete

    def _done(self, request: HtmxHttpRequest, plan: Plan, *, focus: PlanItem | None = None) -> HttpResponse:
        """Forms open under the row; afterwards focus goes to the row itself."""
        response = super()._done(request, plan, focus=focus)
        if focus and "HX-Trigger-After-Settle" in response.headers:
            response.headers["HX-Trigger-After-Settle"] = json.dumps({"focus-item": f"budgetline-{focus.pk}-row"})
        return response


def why_it_stays(line: BudgetLine) -> str:
    entries = line.entries.count()
    moved = line.adjustments_in.count() + line.adjustments_out.count()
    booked = [
        ngettext("%(n)d order or payment", "%(n)d orders and payments", entries) % {"n": entries} if entries else "",
        ngettext("%(n)d adjustment", "%(n)d adjustments", moved) % {"n": moved} if moved else "",
    ]
    words = _("“%(line)s” stays: %(booked)s are booked on it. Move what is left to another line instead.")
    return words % {"line": line, "booked": _(" and ").join(filter(None, booked))}


line_items = LineViews(LineForm, section=BUDGET)
entry_items = ItemViews(EntryForm, section=BUDGET, verbs="add edit duplicate delete")


@require_http_methods(["GET", "POST"])
@in_one_go
def budgetline_planned(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    """The planned amount, edited in its cell."""
    line = get_editable(BudgetLine.objects, request.user, pk=pk)
    plan = open_plan(request, line.plan_id)
    form = PlannedForm(request.POST or None, plan=plan, instance=line)
    if not request.htmx:
        return redirect("plans:budgetline_edit", pk)
    if form.is_valid():
        form.save()
        return line_items._done(request, plan, focus=line)
    return _planned_cell(request, plan, form)


def _planned_cell(request: HtmxHttpRequest, plan: Plan, form: PlannedForm) -> HttpResponse:
    response = render(request, "plans/budget/_planned.html", {"form": form, "plan": plan, "section": BUDGET.id})
    if form.is_bound:
        response.status_code = 409 if form.conflict else 422
        response.headers["HX-Retarget"] = f"#budgetline-{form.instance.pk}-planned"
        response.headers["HX-Reswap"] = "innerHTML"
    return response


@require_POST
def budget_example(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    plan = _steered(request, pk)
    added = len(insert_example_lines(plan))
    if added:
        messages.success(request, ngettext("%(n)d line added", "%(n)d lines added", added) % {"n": added})
    return _answer(request, plan)


@require_POST
def budget_contingency(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    plan = _steered(request, pk)
    if line := set_contingency_aside(plan):
        messages.success(request, _("“%(line)s” added") % {"line": line})
    return _answer(request, plan)


def _steered(request: HtmxHttpRequest, pk: int) -> Plan:
    plan = open_plan(request, pk)
    if not plan.i_steer:
        raise PermissionDenied
    return plan


def _answer(request: HtmxHttpRequest, plan: Plan) -> HttpResponse:
    if request.htmx:
        return BUDGET.redraw(request, plan)
    return redirect(reverse("plans:budget", args=[plan.pk]))
