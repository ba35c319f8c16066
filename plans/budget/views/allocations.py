"""Which action gets how much of which line: by line on a page of its own, by action wherever one is shown."""

import json
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import get_editable, get_visible
from plans.actions.models import Action
from plans.budget.forms.action_allocations import ActionAllocationsForm
from plans.budget.forms.allocations import AllocationForm
from plans.budget.models import Allocation
from plans.budget.queries import BudgetFigures, budget_figures
from plans.budget.views.lines import in_one_go
from plans.items.section import Section
from plans.items.views import ItemViews, open_parent
from plans.plan.models import Plan
from plans.plan.page import open_plan
from salesplan.lib.htmx import HtmxHttpRequest
from salesplan.lib.pieces import piece_of, place_of


def allocation_context(request: HtmxHttpRequest, plan: Plan) -> dict[str, Any]:
    given: dict[int, list[Allocation]] = {}
    for allocation in Allocation.objects.in_plan(plan).select_related("action"):
        given.setdefault(allocation.line_id, []).append(allocation)
    budget = budget_figures(plan)
    rows = [(row, given.get(row.line.pk, [])) for row in budget.rows if not row.is_contingency or row.allocated]
    reach = place_of(request.GET.get("line", ""), (row.line.pk for row, _shares in rows))
    return {
        "lines": piece_of(rows, request, rest="allocation-rest", reach=reach),
        "given": BudgetFigures([row for row, _shares in rows]),
        "has_actions": Action.objects.in_plan(plan).exists(),
        "can_edit": plan.lets(plan.my_role, Allocation),
    }


ALLOCATIONS = Section(
    "plans:allocations",
    "plans/budget/allocations.html",
    "allocation-board",
    allocation_context,
    parts=("allocation-rest",),
)


class AllocationViews(ItemViews):
    """As any item's, except that the form knows who asks: a contingency is not everybody's to draw on."""

    @property
    def add(self):
        @require_http_methods(["GET", "POST"])
        @in_one_go
        def allocation_add(request: HtmxHttpRequest, pk: int) -> HttpResponse:
            line, plan = open_parent(request, Allocation, pk)
            form = AllocationForm(request.POST or None, plan=plan, parent=line, instance=Allocation(), by=request.user)
            if form.is_bound and form.already_saved():
                return self._done(request, plan)
            return self._saved_or_form(request, plan, form, slot=f"allocation-add-{pk}")

        return allocation_add

    @property
    def edit(self):
        @require_http_methods(["GET", "POST"])
        @in_one_go
        def allocation_edit(request: HtmxHttpRequest, pk: int) -> HttpResponse:
            allocation = get_editable(Allocation.objects.select_related("line", "action"), request.user, pk=pk)
            plan = open_plan(request, allocation.plan_id)
            form = AllocationForm(request.POST or None, plan=plan, instance=allocation, by=request.user)
            return self._saved_or_form(request, plan, form, slot=f"allocation-{pk}")

        return allocation_edit

    def _saved_or_form(self, request: HtmxHttpRequest, plan: Plan, form: AllocationForm, *, slot: str) -> HttpResponse:
        if form.is_valid():
            return self._done(request, plan, focus=form.save())
        return self._form(request, plan, form, slot=slot)


allocation_items = AllocationViews(AllocationForm, section=ALLOCATIONS, verbs="add edit delete")


@require_safe
def allocations(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    return ALLOCATIONS.page(request, open_plan(request, pk))


@require_http_methods(["GET", "POST"])
@in_one_go
def action_allocations(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    """All that one action gets; after a change the page it stands on is told so."""
    find = get_editable if request.method == "POST" else get_visible
    action = find(Action.objects, request.user, pk=pk)
    plan = open_plan(request, action.plan_id)
    form = ActionAllocationsForm(request.POST or None, action=action, plan=plan, by=request.user)
    if not form.is_valid():
        return _action_form(request, plan, action, form, status=422 if form.is_bound else 200)
    form.save()
    messages.success(request, _("Budget of “%(action)s” saved") % {"action": action})
    if not request.htmx:
        return redirect("plans:action_allocations", pk)
    fresh = ActionAllocationsForm(action=action, plan=plan, by=request.user)
    response = _action_form(request, plan, action, fresh)
    response.headers["HX-Trigger"] = json.dumps({"action-budget-changed": {"action": action.pk}})
    return response


def _action_form(request: HtmxHttpRequest, plan: Plan, action: Action, form, *, status: int = 200) -> HttpResponse:
    template = "plans/budget/action_allocations.html"
    context = {
        "plan": plan,
        "action": action,
        "form": form,
        "can_allocate": plan.lets(plan.my_role, Allocation),
    }
    part = "#action-allocations" if request.htmx else ""
    return render(request, template + part, context, status=status)
