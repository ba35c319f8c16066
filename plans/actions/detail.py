"""One action on a page of its own: everything about it, and all that was changed."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import get_visible
from plans.actions.dates import date_marks
from plans.actions.facts import due_note
from plans.actions.health_keeping import keep_health_current
from plans.actions.health_report import done_late, health_report
from plans.actions.models import Action
from plans.actions.views import ACTIONS
from plans.plan.page import open_plan
from salesplan.lib.htmx import HtmxHttpRequest


@require_safe
def action_detail(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    action = get_visible(
        Action.objects.select_related("objective", "role__holder", "person").prefetch_related("supporters", "kpis"),
        request.user,
        pk=pk,
    )
    plan = open_plan(request, action.plan_id)
    today = timezone.localdate()
    if plan.health_on != plan.workspace.today:
        keep_health_current(plan, plan.workspace.today)
        action.refresh_from_db(fields=Action.COMPUTED)
    css, words = due_note(action.deadline, action.status, today)
    context = {
        "plan": plan,
        "action": action,
        "due_css": css,
        "due_words": words,
        "date_marks": date_marks(action.deadline, plan, action.objective.deadline) if action.is_open else [],
        "health": health_report(action, today),
        "done_late": done_late(action),
        "waits_for": action.waits_for.order_by("deadline", "pk"),
        "awaited_by": action.awaited_by.order_by("deadline", "pk"),
        "allocations": action.allocations.select_related("line").order_by("line__position"),
        "history_url": reverse("plans:action_history", args=[pk]),
        "can_edit": plan.lets(plan.my_role, Action),
        "table_url": ACTIONS.url(plan),
    }
    return render(request, "plans/actions/action_detail.html", context)
