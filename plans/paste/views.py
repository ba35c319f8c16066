"""A block of cells comes from a spreadsheet into the action table, or goes there."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from plans.actions.address import table_query
from plans.actions.bulk import Refused
from plans.actions.bulk_views import MOST, done_answer, made_before, moved_deadlines, uid_of
from plans.actions.filters import ActionFilter
from plans.actions.following import offering
from plans.actions.models import Action, BulkChange
from plans.actions.names import named
from plans.actions.table import sort_actions
from plans.actions.views import ACTIONS
from plans.imports.names import PlanNames
from plans.paste.columns import LABELS, TYPED, UNTYPED
from plans.paste.copying import as_clipboard, copied_cells
from plans.paste.forms import PasteForm, numbers
from plans.paste.proposals import Proposal
from plans.paste.reading import propose
from plans.paste.services import carry_out, wait_for_others
from plans.paste.targets import Targets, targets_of
from plans.plan.models import Plan
from plans.plan.page import open_plan
from salesplan.lib.htmx import HtmxHttpRequest

TEMPLATE = "plans/paste/paste.html"
#: How many lines of the preview are shown; the others are counted.
SHOWN = 200
#: So many words are asked about; a block with more unknown ones is better mended where it comes from.
ASKED = 20


@require_http_methods(["GET", "POST"])
def actions_paste(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    """What a block of cells would change; with `go` it is changed. With HTMX it is shown in a dialog."""
    plan = open_plan(request, pk)
    if not plan.lets(plan.my_role, Action):
        raise PermissionDenied
    form = PasteForm(request.POST or None, plan=plan, ordered=_in_order(request, plan))
    if not form.is_valid():
        return _ask(request, form)
    try:
        return _do(request, form) if "go" in request.POST else _preview(request, form, *_look(request, form))
    except Refused as refused:
        form.add_error(None, [*refused.reasons, _("Nothing was changed.")])
        return _ask(request, form)


@require_safe
def actions_copy(request: HttpRequest, pk: int) -> JsonResponse:
    """The actions of ?ids= in this order, all columns or that of ?cell=, as a spreadsheet takes them."""
    plan = open_plan(request, pk)
    ids = numbers(request.GET.get("ids", ""))[:MOST]
    place = {pk: number for number, pk in enumerate(ids)}
    actions = Action.objects.visible_to(request.user).in_plan(plan).filter(pk__in=ids)
    order = sorted(actions.order_by().values_list("pk", flat=True), key=place.__getitem__)
    wanted = request.GET.get("cell", "")
    rows = copied_cells(plan, order, [wanted] if wanted in LABELS else list(LABELS))
    said = ngettext("%(count)d row copied", "%(count)d rows copied", len(rows)) % {"count": len(rows)}
    return JsonResponse(as_clipboard(rows) | {"said": _("Copied") if wanted else said})


def _look(request: HtmxHttpRequest, form: PasteForm, *, lock: bool = False) -> tuple[Targets, Proposal, list[str]]:
    """Where the block goes, what it would change there, and which actions are not as they were shown."""
    ids, objective = form.cleaned_data["ids"], form.cleaned_data["objective"]
    targets = targets_of(form.plan, ids, request.user, objective=objective, lock=lock)
    return targets, propose(form.pasted(), targets, PlanNames(form.plan)), form.moved_on(targets)


@transaction.atomic
def _do(request: HtmxHttpRequest, form: PasteForm) -> HttpResponse:
    plan = form.plan
    wait_for_others(plan)
    if change := made_before(request, plan):
        return _done(request, plan, change)
    targets, proposal, moved_on = _look(request, form, lock=True)
    if moved_on or not (proposal.changed or proposal.added):
        return _preview(request, form, targets, proposal, moved_on)
    change = carry_out(
        plan,
        proposal,
        objective=targets.objective,
        by=request.user,
        uid=uid_of(request) or uuid.uuid4(),
        today=timezone.localdate(),
    )
    _say_done(request, change)
    return offering(request, _done(request, plan, change), plan, moved_deadlines(change))


def _in_order(request: HtmxHttpRequest, plan: Plan) -> QuerySet[Action]:
    query = table_query(request)
    found = ActionFilter(query, plan=plan, today=timezone.localdate())
    return sort_actions(found.qs, query.get("sort", ""))


# Answers


def _ask(request: HtmxHttpRequest, form: PasteForm) -> HttpResponse:
    context = {"plan": form.plan, "form": form, "table_url": ACTIONS.url(form.plan)}
    status = 422 if form.is_bound else 200
    return render(request, f"{TEMPLATE}#paste-problem" if request.htmx else TEMPLATE, context, status=status)


def _preview(
    request: HtmxHttpRequest, form: PasteForm, targets: Targets, proposal: Proposal, moved_on: list[str]
) -> HttpResponse:
    lines = [line for line in proposal.lines if line.says_something]
    ids = form.cleaned_data["ids"]
    context = {
        "plan": form.plan,
        "form": form,
        "proposal": proposal,
        "lines": lines[:SHOWN],
        "more": max(0, len(lines) - SHOWN),
        "questions": proposal.questions[:ASKED],
        "unasked": max(0, len(proposal.questions) - ASKED),
        "same": len(proposal.lines) - len(lines),
        "notes": _notes(form),
        "moved_on": named(moved_on),
        "below": len(proposal.lines) - len(ids),
        "objective": targets.objective,
        "do": _in_words(proposal),
        "ids": ",".join(map(str, ids)),
        "seen": ",".join(f"{pk}:{targets.state_of(one)}" for pk, one in zip(ids, targets.actions, strict=True)),
        "table_url": ACTIONS.url(form.plan),
    }
    status = 409 if moved_on and "go" in request.POST else 200
    return render(request, f"{TEMPLATE}#paste-preview" if request.htmx else TEMPLATE, context, status=status)


def _notes(form: PasteForm) -> list[str]:
    """What of the block is left out as a whole."""
    cells, notes = form.pasted().cells, []
    too_wide = form.width - len(cells)
    if too_wide > 0:
        words = ngettext(
            "%(count)d column of the block lies right of the last column of the table and is left out.",
            "%(count)d columns of the block lie right of the last column of the table and are left out.",
            too_wide,
        )
        notes.append(words % {"count": too_wide})
    for cell in cells[: form.width]:
        if cell not in TYPED:
            why = UNTYPED.get(cell, _("Nothing is pasted here."))
            notes.append(_("%(column)s, not pasted: %(why)s") % {"column": LABELS[cell], "why": why})
    if form.cleaned_data["covered"]:
        notes.append(_("Only the first of merged cells is taken; what the others lie on is left as it is."))
    return notes


def _in_words(proposal: Proposal) -> str:
    """What the button does; nothing when there is nothing to do."""
    cells, added = proposal.count_of_cells, len(proposal.added)
    change = ngettext("Change %(count)d cell", "Change %(count)d cells", cells) % {"count": cells}
    if not added:
        return change if cells else ""
    if not cells:
        return ngettext("Add %(count)d action", "Add %(count)d actions", added) % {"count": added}
    return change + ", " + ngettext("add %(count)d action", "add %(count)d actions", added) % {"count": added}


def _done(request: HtmxHttpRequest, plan: Plan, change: BulkChange) -> HttpResponse:
    response = done_answer(request, plan, change)
    if request.htmx:
        response.headers["HX-Trigger-After-Settle"] = "cells-pasted"
    return response


def _say_done(request: HtmxHttpRequest, change: BulkChange) -> None:
    changed, added = len(change.payload["values"]), len(change.payload.get("added", []))
    parts = []
    if changed:
        parts.append(ngettext("%(count)d action changed", "%(count)d actions changed", changed) % {"count": changed})
    if added:
        parts.append(ngettext("%(count)d action added", "%(count)d actions added", added) % {"count": added})
    undo: dict[str, Any] = {"extra_tags": f"undo:{reverse('plans:bulkchange_undo', args=[change.pk])}"}
    messages.success(request, ", ".join(parts), **undo)
