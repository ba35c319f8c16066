"""What was changed because of feedback: actions linked to answers and themes, or made from them."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import get_editable, get_visible
from kpis.feedback.forms import ChangeForm, ImprovementForm
from kpis.feedback.models import Answer, Improvement, Theme
from kpis.feedback.services import change_because, title_for
from kpis.feedback.tabs import tabs_of
from plans.actions.models import Action
from plans.items.section import Section
from plans.items.views import ItemViews
from plans.plan.models import Plan
from plans.plan.page import open_plan
from salesplan.lib.htmx import HtmxHttpRequest
from salesplan.lib.onward import onward
from salesplan.lib.pieces import piece_of


def improvements_context(request: HtmxHttpRequest, plan: Plan) -> dict[str, Any]:
    rows = Improvement.objects.in_plan(plan).select_related("action", "answer", "theme")
    return {
        "tabs": tabs_of(request, plan, here="kpis:improvements"),
        "improvements": piece_of(list(rows), request, rest="improvement-rest"),
        "can_edit": plan.lets(plan.my_role, Improvement),
    }


CHANGES = Section(
    "kpis:improvements",
    "kpis/feedback/improvements.html",
    "improvement-board",
    improvements_context,
    parts=("improvement-rest",),
)
improvement_items = ItemViews(ImprovementForm, section=CHANGES, verbs="edit delete")


@require_safe
def improvements(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    return CHANGES.page(request, open_plan(request, pk))


@require_http_methods(["GET", "POST"])
def answer_change(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    return _change(request, get_editable(Answer.objects, request.user, pk=pk))


@require_http_methods(["GET", "POST"])
def theme_change(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    return _change(request, get_editable(Theme.objects, request.user, pk=pk))


def _change(request: HtmxHttpRequest, reason: Answer | Theme) -> HttpResponse:
    """Link what was said to an action, or make one of it; without the right to make one, only link."""
    plan = open_plan(request, reason.plan_id)
    may_add = plan.lets(plan.my_role, Action)
    data = request.POST if request.method == "POST" else None
    form = ChangeForm(data, plan=plan, may_add=may_add, initial={"title": title_for(reason)})
    if request.method == "POST" and not plan.lets(plan.my_role, Improvement):
        raise PermissionDenied
    if form.is_valid():
        given = form.cleaned_data
        made = change_because(
            reason,
            action=given["existing"],
            objective=given.get("objective"),
            title=given.get("title", ""),
            by=request.user,
        )
        messages.success(request, _("“%(action)s” answers this feedback") % {"action": made.action})
        return HttpResponseRedirect(onward(request, default=CHANGES.url(plan) + f"#improvement-{made.pk}"))
    context = {
        "plan": plan,
        "reason": reason,
        "form": form,
        "may_add": may_add,
        "back": onward(request, default=reason.get_absolute_url()),
    }
    return render(request, "kpis/feedback/change_form.html", context, status=422 if form.is_bound else 200)


@require_safe
def action_feedback(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    """Which feedback an action answers, for the action's own page; nothing when there is none."""
    action = get_visible(Action.objects, request.user, pk=pk)
    made = Improvement.objects.filter(action=action).select_related("answer", "theme", "action")
    return render(request, "kpis/feedback/action_feedback.html", {"improvements": made})
