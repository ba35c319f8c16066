from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import get_editable
from accounts.roles import STEERERS
from accounts.workspaces.queries import workspace_of
from plans.plan.contents import contents_of
from plans.plan.first_run import FIRST_STEPS, SKETCH_LINES
from plans.plan.forms import CompanyProfileForm, NewPlanForm, PlanForm
from plans.plan.models import CompanyProfile, Plan
from plans.plan.page import open_plan, steer_plan
from plans.plan.queries import TABS, just_made, plans_with_figures, tab_counts
from plans.plan.rows import plan_row
from plans.plan.services import change_status, create_plan, delete_plan
from plans.plan.statuses import status_changes
from plans.plan.steps import STEPS
from salesplan.lib.htmx import HtmxHttpRequest, render_page
from salesplan.lib.pieces import piece_of


@require_safe
def plan_list(request: HtmxHttpRequest) -> HttpResponse:
    workspace = workspace_of(request.user)
    if workspace is None:
        return redirect("accounts:workspace_add")
    tab = request.GET.get("tab", "open")
    tab = tab if tab in TABS else "open"
    counts = tab_counts(workspace, request.user)
    found = plans_with_figures(workspace, request.user, tab=tab, today=timezone.localdate())
    shown = piece_of(found, request, rest="plan-rest")
    context = {
        "shown": shown,
        "rows": [plan_row(plan, completeness) for plan, completeness in shown.rows],
        "tab": tab,
        "counts": counts,
        "can_add": workspace.my_role in STEERERS,
        "first_run": not any(counts.values()),
        "add_url": reverse("plans:plan_add"),
        "first_steps": FIRST_STEPS,
        "sketch_lines": SKETCH_LINES,
    }
    return render_page(request, "plans/plan/plan_list.html", context, partials=["plan-rest"])


@require_http_methods(["GET", "POST"])
def plan_add(request: HtmxHttpRequest) -> HttpResponse:
    workspace = workspace_of(request.user)
    if workspace is None:
        return redirect("accounts:workspace_add")
    if workspace.my_role not in STEERERS:
        raise PermissionDenied
    form = NewPlanForm(request.POST or None, workspace=workspace, today=timezone.localdate())
    if form.is_valid():
        wanted = form.cleaned_data
        plan = just_made(workspace, request.user, **wanted) or create_plan(
            workspace=workspace, owner=request.user, **wanted
        )
        messages.success(request, _("“%(plan)s” is made. Start with the situation.") % {"plan": plan})
        return redirect(STEPS[0].url_name, plan.pk)
    return render(request, "plans/plan/plan_add.html", {"form": form}, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def plan_edit(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    """Anyone in the workspace reads what the plan is about; whoever steers it changes it here."""
    plan = open_plan(request, pk)
    with transaction.atomic():
        edited = plan
        if request.method == "POST":
            edited = get_editable(Plan.objects.select_for_update(of=("self",)), request.user, pk=pk)
        profile = CompanyProfile.objects.filter(plan=plan).first() or CompanyProfile(plan=plan)
        form = PlanForm(request.POST or None, instance=edited, readonly=not plan.i_steer)
        company = CompanyProfileForm(request.POST or None, instance=profile, readonly=not plan.i_steer)
        if form.is_valid() & company.is_valid():
            form.save()
            company.save()
            messages.success(request, _("Saved"))
            return redirect("plans:plan_edit", pk)
    context = {
        "plan": plan,
        "form": form,
        "company": company,
        "changes": status_changes(plan),
        "steers": plan.my_role in STEERERS,
    }
    return render(request, "plans/plan/plan_edit.html", context, status=_answer_to(form, company))


def _answer_to(*forms) -> int:
    if any(form.conflict for form in forms):
        return 409
    return 422 if forms[0].is_bound else 200


@require_POST
def plan_status(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    plan = steer_plan(request, pk)
    if change_status(plan, to=request.POST.get("status", ""), by=request.user):
        messages.success(
            request, _("“%(plan)s”: %(status)s") % {"plan": plan, "status": plan.get_status_display().lower()}
        )
    else:
        messages.error(request, _("The plan cannot go to that status from where it is now."))
    return redirect("plans:plan_edit", pk)


@require_http_methods(["GET", "POST"])
def plan_delete(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    """The one deed that asks first: nothing brings a deleted plan back."""
    plan = steer_plan(request, pk)
    if request.method == "POST":
        delete_plan(plan)
        messages.success(request, _("“%(plan)s” deleted") % {"plan": plan})
        return redirect("plans:plan_list")
    return render(request, "plans/plan/plan_delete.html", {"plan": plan, "contents": contents_of(plan)})
