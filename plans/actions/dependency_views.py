"""Moving what waits for a moved action, and finding actions to wait for."""

import datetime as dt
import uuid
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from plans.actions.bulk import Refused, keep_changes, states_of
from plans.actions.bulk_views import chosen_actions, made_before, rows_answer, say_done, uid_of
from plans.actions.dependencies import Follower, follow, followers_of
from plans.actions.models import Action
from plans.actions.names import named
from plans.actions.views import ACTIONS
from plans.plan.models import Plan
from plans.plan.page import open_plan
from salesplan.lib.htmx import HtmxHttpRequest

TEMPLATE = "plans/actions/followers.html"
#: As many as are found for what was typed.
MOST_FOUND = 30


@require_http_methods(["GET", "POST"])
def actions_follow(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    """What waits for the actions of ?moved=7:5,9:-2 (id and working days), each with the day proposed for it.

    Only those that are ticked are moved, to the days that stand beside them.
    """
    plan = open_plan(request, pk)
    if plan.my_role not in Action.WRITERS:
        raise PermissionDenied
    if request.method == "GET":
        return _propose(request, plan)
    if change := made_before(request, plan):
        return _done(request, plan, [int(pk) for pk in change.payload["values"]])
    try:
        with transaction.atomic():
            actions = chosen_actions(request, plan)
            before = states_of(actions)
            for action, day in _wanted(request, actions):
                follow(action, day, plan.workspace.country)
            change = keep_changes(plan, actions, before, by=request.user, uid=uid_of(request) or uuid.uuid4())
    except Refused as refused:
        return _propose(request, plan, refused.reasons)
    say_done(request, change)
    return _done(request, plan, [action.pk for action in actions])


def _wanted(request: HtmxHttpRequest, actions: list[Action]) -> list[tuple[Action, dt.date]]:
    days, moved, unclear = [], [], []
    for action in actions:
        day = _day(request.POST.get(f"day-{action.pk}", ""))
        if request.POST.get(f"was-{action.pk}", "") != str(action.deadline):
            moved.append(action.title)
        elif day is None:
            unclear.append(action.title)
        else:
            days.append((action, day))
    reasons = []
    if moved:
        reasons.append(_("Given another deadline meanwhile: %(names)s.") % {"names": named(moved)})
    if unclear:
        reasons.append(_("There is no such day for %(names)s.") % {"names": named(unclear)})
    if reasons:
        raise Refused(*reasons)
    return days


def _day(text: str) -> dt.date | None:
    try:
        return parse_date(text)
    except ValueError:
        return None


def _propose(request: HtmxHttpRequest, plan: Plan, reasons: tuple[str, ...] = ()) -> HttpResponse:
    ticked = set(request.POST.getlist("ids"))
    rows = [_row(request, follower, ticked) for follower in followers_of(plan, _moved(request))]
    context = {
        "plan": plan,
        "rows": rows,
        "problems": reasons,
        "uid": uid_of(request) or uuid.uuid4(),
        "address": request.get_full_path(),
        "table_url": ACTIONS.url(plan),
    }
    template = f"{TEMPLATE}#followers" if request.htmx else TEMPLATE
    return render(request, template, context, status=422 if reasons else 200)


def _row(request: HtmxHttpRequest, follower: Follower, ticked: set[str]) -> dict[str, Any]:
    """What was typed stands there again when it is refused."""
    pk = str(follower.action.pk)
    posted = request.method == "POST"
    return {
        "action": follower.action,
        "was": str(follower.action.deadline),
        "day": request.POST.get(f"day-{pk}", str(follower.day)),
        "ticked": pk in ticked if posted else True,
    }


def _moved(request: HtmxHttpRequest) -> dict[int, int]:
    pairs = (pair.partition(":") for pair in request.GET.get("moved", "").split(","))
    return {int(pk): int(days) for pk, _colon, days in pairs if _is_number(pk) and _is_number(days.removeprefix("-"))}


def _is_number(text: str) -> bool:
    return text.isdecimal() and len(text) < 10


def _done(request: HtmxHttpRequest, plan: Plan, ids: list[int]) -> HttpResponse:
    if not request.htmx:
        return redirect(ACTIONS.url(plan))
    response = rows_answer(request, plan, ids)
    response.headers["HX-Trigger-After-Settle"] = "followers-moved"
    return response


@require_safe
def action_options(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    """Actions by words of their titles, for a field that does not offer all."""
    plan = open_plan(request, pk)
    found = Action.objects.in_plan(plan)
    for word in request.GET.get("q", "").split()[:8]:
        found = found.filter(title__icontains=word)
    options = found.order_by("title", "pk").values_list("pk", "title")[:MOST_FOUND]
    return JsonResponse({"options": [{"value": pk, "text": title} for pk, title in options]})
