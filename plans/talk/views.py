"""Comments on an action, who watches it, and whom one can name."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import get_editable, get_visible
from accounts.models import Membership, User
from plans.actions.models import Action
from plans.items.bin import bin_item
from plans.items.forms import ItemForm
from plans.items.views import ItemViews
from plans.plan.models import Plan
from plans.plan.page import open_plan
from plans.talk.forms import CommentForm
from plans.talk.models import Comment
from plans.talk.panel import panel_of
from plans.talk.watching import watch
from salesplan.lib.htmx import HtmxHttpRequest


@require_safe
def action_talk(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    action = get_visible(Action.objects, request.user, pk=pk)
    return panel_of(action).page(request, open_plan(request, action.plan_id))


@require_POST
def action_watch(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    """`on` is yes or no."""
    action = get_visible(Action.objects, request.user, pk=pk)
    plan = open_plan(request, action.plan_id)
    mine = get_visible(Membership.objects.filter(user=request.user), request.user, workspace=plan.workspace_id)
    watch(action, mine, on=request.POST.get("on") == "yes")
    panel = panel_of(action)
    return panel.redraw(request, plan) if request.htmx else HttpResponseRedirect(panel.url(plan))


@require_safe
def plan_people(request: HtmxHttpRequest, pk: int) -> JsonResponse:
    """Everybody else who may see the plan, and what to write to name each: her address where two have one name."""
    plan = open_plan(request, pk)
    rows = User.objects.in_workspace(plan.workspace_id).filter(is_active=True).values_list("pk", "name", "email")
    names = [name.casefold() for _pk, name, _email in rows]
    people = [
        {"name": name or email, "email": email, "handle": name if name and _once(name, names) else email}
        for user, name, email in rows
        if user != request.user.pk
    ]
    return JsonResponse({"people": people})


def _once(name: str, names: list[str]) -> bool:
    return names.count(name.casefold()) == 1


class CommentViews(ItemViews):
    """The views of items, on the panel of one action."""

    def _from_query(self, request: HtmxHttpRequest) -> dict[str, Any]:
        return {"author": request.user}

    def _form(self, request: HtmxHttpRequest, plan: Plan, form: ItemForm, *, slot: str) -> HttpResponse:
        """The form of a new comment looks everywhere as it does on the panel."""
        if form.instance.pk or not (request.htmx and form.is_bound):
            return super()._form(request, plan, form, slot=slot)
        context = {"plan": plan, "form": form, "action": form.instance.action}
        answer = render(request, "plans/talk/talk.html#comment-form", context, status=422)
        answer.headers["HX-Retarget"] = "#comment-form"
        answer.headers["HX-Reswap"] = "outerHTML"
        return answer


@require_http_methods(["GET", "POST"])
def comment_add(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    action = get_visible(Action.objects, request.user, pk=pk)
    return CommentViews(CommentForm, section=panel_of(action)).add(request, pk)


@require_http_methods(["GET", "POST"])
def comment_edit(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    comment = get_visible(Comment.objects.select_related("action"), request.user, pk=pk)
    return CommentViews(CommentForm, section=panel_of(comment.action), verbs="edit delete").edit(request, pk)


@require_POST
def comment_delete(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    comment = get_editable(Comment.objects.select_related("action", "author"), request.user, pk=pk)
    plan = open_plan(request, comment.plan_id)
    binned = bin_item(comment, by=request.user, url=comment.action.get_absolute_url())
    undo = reverse("plans:item_restore", args=[binned.pk])
    messages.success(request, _("Comment deleted"), extra_tags=f"undo:{undo}")
    panel = panel_of(comment.action)
    return panel.redraw(request, plan) if request.htmx else HttpResponseRedirect(panel.url(plan))
