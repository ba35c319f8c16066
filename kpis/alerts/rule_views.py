"""How often each rule is right, and switching one off for a plan or for the company."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.models import Workspace
from accounts.workspaces.queries import workspace_of
from kpis.alerts.models import SilentRule
from kpis.alerts.queries import records_of
from kpis.alerts.rules import rule_named
from kpis.alerts.services import silence, unsilence
from plans.plan.models import Plan
from plans.plan.page import open_plan
from salesplan.lib.htmx import HtmxHttpRequest


@require_http_methods(["GET", "HEAD", "POST"])
def plan_rules(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    plan = open_plan(request, pk)
    if request.method == "POST":
        if not plan.lets(plan.my_role, SilentRule):
            raise PermissionDenied
        _switch(request, plan.workspace, plan)
        return redirect("kpis:plan_rules", plan.pk)
    context = {
        "plan": plan,
        "workspace": plan.workspace,
        "records": records_of(plan.workspace, plan),
        "may_switch": plan.lets(plan.my_role, SilentRule),
        "url": reverse("kpis:plan_rules", args=[plan.pk]),
    }
    return render(request, "kpis/alerts/rules.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def company_rules(request: HtmxHttpRequest) -> HttpResponse:
    workspace = workspace_of(request.user)
    if workspace is None:
        return redirect("accounts:workspace_add")
    may_switch = workspace.my_role in SilentRule.WRITERS
    if request.method == "POST":
        if not may_switch:
            raise PermissionDenied
        _switch(request, workspace, None)
        return redirect("kpis:company_rules")
    context = {
        "workspace": workspace,
        "records": records_of(workspace),
        "may_switch": may_switch,
        "url": reverse("kpis:company_rules"),
    }
    return render(request, "kpis/alerts/rules.html", context)


def _switch(request: HtmxHttpRequest, workspace: Workspace, plan: Plan | None) -> None:
    rule = rule_named(request.POST.get("rule", ""))
    if rule is None:
        raise Http404
    words = {"rule": rule.title}
    if request.POST.get("on") == "yes":
        unsilence(rule.key, workspace=workspace, plan=plan)
        messages.success(request, _("“%(rule)s” looks again") % words)
    else:
        silence(rule.key, workspace=workspace, plan=plan, by=request.user)
        messages.success(request, _("“%(rule)s” is off") % words)
