"""Changing several actions of the table at once, and taking that back."""

import uuid
from collections.abc import Iterable, Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import get_editable
from plans.actions.address import TABLE, table_query, view_of
from plans.actions.bulk import (
    Refused,
    actions_to_change,
    change_actions,
    delete_actions,
    duplicate_actions,
)
from plans.actions.bulk_forms import BulkForm
from plans.actions.dependencies import around
from plans.actions.facts import FIELDS, as_rows
from plans.actions.following import offering
from plans.actions.models import Action, BulkChange
from plans.actions.names import named
from plans.actions.row import out_of_band
from plans.actions.table import group_totals
from plans.actions.undo import Undone, undo_bulk_change
from plans.actions.views import ACTIONS
from plans.plan.models import Plan
from plans.plan.page import open_plan
from salesplan.lib.htmx import HtmxHttpRequest
from salesplan.lib.quicker import when_quicker

TEMPLATE = "plans/actions/bulk.html"
#: More in one go would keep others waiting.
MOST = 1000


@require_http_methods(["GET", "POST"])
@when_quicker
def actions_change(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    """The actions of ?ids= and what to change in them; `deed` may also be to duplicate or delete them.

    With HTMX it is the bar below the table, without a page of its own.
    """
    plan = open_plan(request, pk)
    if plan.my_role not in Action.WRITERS:
        raise PermissionDenied
    if request.method == "GET":
        return _ask(request, plan, BulkForm(plan=plan, auto_id="bulk_%s"))
    try:
        return _do(request, plan)
    except Refused as refused:
        if change := made_before(request, plan):  # what it has deleted cannot be chosen again
            return done_answer(request, plan, change)
        return _ask(request, plan, BulkForm(request.POST, plan=plan), refused.reasons)


@require_POST
def bulkchange_undo(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    with transaction.atomic():
        change = get_editable(BulkChange.objects.select_for_update(of=("self",)), request.user, pk=pk)
        plan = open_plan(request, change.plan_id)
        undone = undo_bulk_change(change, by=request.user)
    _say_undone(request, undone)
    if not request.htmx:
        return redirect(ACTIONS.url(plan))
    if _stays_in_place(change):
        return rows_answer(request, plan, [action.pk for action in undone.actions])
    return HttpResponse(status=204, headers={"HX-Refresh": "true"})


@transaction.atomic
def _do(request: HtmxHttpRequest, plan: Plan) -> HttpResponse:
    actions = chosen_actions(request, plan)
    if change := made_before(request, plan):  # with the rows locked: the same request may be on its way
        return done_answer(request, plan, change)
    deed, uid = request.POST.get("deed"), uid_of(request) or uuid.uuid4()
    if deed == "duplicate":
        change = duplicate_actions(plan, actions, uid=uid)
    elif deed == "delete":
        change = delete_actions(plan, actions, by=request.user, uid=uid, url=ACTIONS.url(plan))
    else:
        form = BulkForm(request.POST, plan=plan)
        if not form.is_valid():
            return _ask(request, plan, form)
        change = change_actions(plan, actions, form.values(), by=request.user, uid=uid)
    say_done(request, change)
    moves = moved_deadlines(change)
    return offering(request, done_answer(request, plan, change), plan, moves)


def chosen_actions(request: HtmxHttpRequest, plan: Plan) -> list[Action]:
    if not plan.is_open:
        raise Refused(_("“%(plan)s” is closed: nothing in it can be changed.") % {"plan": plan})
    ids = chosen_ids(request)
    if not ids:
        raise Refused(_("No action is selected."))
    if len(ids) > MOST:
        raise Refused(_("Change at most %(count)d actions at once.") % {"count": MOST})
    return actions_to_change(plan, ids, request.user)


def chosen_ids(request: HtmxHttpRequest) -> list[int]:
    """From boxes that were ticked (?ids=7&ids=9), or in one field (ids=7,9)."""
    values = (request.POST if request.method == "POST" else request.GET).getlist("ids")
    texts = [text for value in values for text in value.split(",")]
    return list(dict.fromkeys(int(text) for text in texts if text.isdecimal() and len(text) < 18))


def made_before(request: HtmxHttpRequest, plan: Plan) -> BulkChange | None:
    """The change this very request has made already, when it is sent twice."""
    uid = uid_of(request)
    return BulkChange.objects.in_plan(plan).filter(uid=uid).first() if uid else None


def uid_of(request: HtmxHttpRequest) -> uuid.UUID | None:
    try:
        return uuid.UUID(request.POST.get("uid", ""))
    except ValueError:
        return None


# Answers


def _ask(request: HtmxHttpRequest, plan: Plan, form: BulkForm, reasons: Sequence[str] = ()) -> HttpResponse:
    problems = [*reasons, *(error for errors in form.errors.values() for error in errors)] if form.is_bound else []
    status = 422 if form.is_bound else 200
    if request.htmx:
        part = "bulk-says" if form.is_bound else "bulk-bar"
        context = {"plan": plan, "form": form, "problems": problems}
        return render(request, f"{TEMPLATE}#{part}", context, status=status)
    ids = chosen_ids(request)
    context = {
        "plan": plan,
        "form": form,
        "problems": reasons,
        "ids": ",".join(map(str, ids)),
        "chosen": Action.objects.in_plan(plan).filter(pk__in=ids).order_by("objective__position", "position", "pk"),
        "table_url": ACTIONS.url(plan),
    }
    return render(request, TEMPLATE, context, status=status)


def done_answer(request: HtmxHttpRequest, plan: Plan, change: BulkChange) -> HttpResponse:
    if not request.htmx:
        return redirect(ACTIONS.url(plan))
    if _stays_in_place(change):
        return rows_answer(request, plan, [int(pk) for pk in change.payload["values"]])
    return _redrawn(request, plan)


def _redrawn(request: HtmxHttpRequest, plan: Plan) -> HttpResponse:
    response = ACTIONS.redraw(request, plan)
    response.headers["HX-Retarget"] = f"#{ACTIONS.id}"
    response.headers["HX-Reswap"] = "outerHTML"
    return response


def _stays_in_place(change: BulkChange) -> bool:
    """Whether the rows it changed are still where they were, and no others have come or gone."""
    if "added" in change.payload or "binned" in change.payload:
        return False
    return not any("objective_id" in fields for fields in change.payload["values"].values())


def moved_deadlines(change: BulkChange) -> dict[int, tuple[Any, Any]]:
    """By action, the deadline before and after; of a change that was made just now."""
    values = change.payload.get("values", {})
    return {pk: fields["deadline"] for pk, fields in values.items() if "deadline" in fields}


def rows_answer(request: HtmxHttpRequest, plan: Plan, ids: Iterable[int]) -> HttpResponse:
    """Those rows as they are now, wherever they stand in the table, and the sums of their groups; else the view.

    What waits for them is sent too: its health hangs from theirs.
    """
    if view_of(table_query(request)) != TABLE:
        return _redrawn(request, plan)
    today = timezone.localdate()
    # The change has moved the plan's clock; the rail must not count what was there before it.
    plan.refresh_from_db(fields=["changed_at"])
    shown = Action.objects.in_plan(plan).filter(around(list(ids)))
    rows = as_rows(plan, shown.values(*FIELDS), today=today)
    groups = group_totals(Action.objects.filter(objective__in={row["objective_id"] for row in rows}), today=today)
    for row in rows:
        row["html"] = out_of_band(row["html"])
    context = {"plan": plan, "rows": rows, "groups": groups, "section_template": f"{TEMPLATE}#bulk-done"}
    return render(request, "frame/redraw.html", context)


def say_done(request: HtmxHttpRequest, change: BulkChange) -> None:
    payload = change.payload
    if "values" in payload:
        count = len(payload["values"])
        words = ngettext("%(count)d action changed", "%(count)d actions changed", count)
    elif "added" in payload:
        count = len(payload["added"])
        words = ngettext("%(count)d action duplicated", "%(count)d actions duplicated", count)
    else:
        count = payload["count"]
        words = ngettext("%(count)d action deleted", "%(count)d actions deleted", count)
    if not count:
        messages.info(request, _("They are all so already; nothing was changed."))
        return
    undo = reverse("plans:bulkchange_undo", args=[change.pk])
    messages.success(request, words % {"count": count}, extra_tags=f"undo:{undo}")


def _say_undone(request: HtmxHttpRequest, undone: Undone) -> None:
    if undone.restored:
        words = ngettext("%(count)d action is as it was", "%(count)d actions are as they were", undone.restored)
        messages.success(request, words % {"count": undone.restored})
    if undone.left:
        words = _("Changed since, and so left: %(names)s.")
        messages.warning(request, words % {"names": named(sorted(undone.left))})
