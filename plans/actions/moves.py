"""Cards moved between the columns of the board, and bars along the timeline: a cell is saved, as in the table."""

import json
from typing import Any

from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from plans.actions.address import table_query, view_of, whole_number
from plans.actions.arrangements import Viewing
from plans.actions.board import BOARD, BY, NOBODY, board_cards, column_cards, in_column, next_cards, sums
from plans.actions.cards import CARD_FIELDS
from plans.actions.cells import open_row
from plans.actions.filters import flat_choices
from plans.actions.following import offering
from plans.actions.forms import DATES, CellForm
from plans.actions.models import Action
from plans.actions.timeline import TIMELINE, bar_row
from plans.actions.views import ACTIONS, ARRANGEMENTS
from plans.plan.page import open_plan
from plans.receipts.services import answer_again, with_receipt
from salesplan.lib.htmx import HtmxHttpRequest
from salesplan.lib.money import format_money_short

#: The cell that each kind of column is about, and the field its value goes to.
CELL = {"status": ("status", "status"), "who": ("responsible", "responsible"), "objective": ("objective", "objective")}


@require_safe
def action_column(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    """The next cards of the column that ?column= names, `after` those that are there already."""
    plan = open_plan(request, pk)
    viewing = Viewing(plan, request.user, request.GET, timezone.localdate())
    by, value = viewing.option or "status", request.GET.get("column", "")
    column = in_column(value, by)
    if column is None:
        raise Http404
    after = whole_number(request.GET.get("after", ""))
    cards, more = column_cards(viewing, by, column, after=after)
    context = {
        "plan": plan,
        "by": by,
        "cards": cards,
        "can_edit": viewing.can_edit,
        "next": next_cards(viewing, by, value, after=after + len(cards)) if more else None,
    }
    return render(request, f"{BOARD.template}#column-cards", context)


@require_http_methods(["GET", "POST"])
def action_card(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    """GET offers the columns of the board ?by= is divided into; POST moves the card to the one `value` names."""
    by = request.GET.get("by", "status")
    if by not in CELL:
        raise Http404
    cell, name = CELL[by]
    with transaction.atomic():
        action = open_row(request, pk)
        if again := answer_again(request, action.plan):
            return again
        data = _as_cell(request, name) if request.method == "POST" else None
        form = CellForm(data, instance=action, plan=action.plan, cell=cell)
        if form.is_valid():
            form.save()
            return with_receipt(request, _moved(request, action, by), action)
    if request.method == "POST" and request.htmx:
        return _refused_card(request, form, by)
    context = {"plan": action.plan, "action": action, "form": form, "by": by, "by_label": BY[by]}
    context |= {"choices": _choices(form, name), "conflict": form.conflict}
    template = "plans/actions/card_move.html" if request.htmx else "plans/actions/card_page.html"
    return render(request, template, context, status=422 if form.is_bound else 200)


def _as_cell(request: HtmxHttpRequest, name: str) -> dict[str, str]:
    """What was posted, as the form of the cell reads it. Nobody is a choice; nothing is none."""
    value = request.POST.get("value", "")
    return {name: "" if value == NOBODY else value or "?", "version": request.POST.get("version", "")}


def _choices(form: CellForm, name: str) -> list[tuple[str, str, bool]]:
    """Value, label, and whether the card is there now."""
    now = str(form[name].initial or "")
    return [
        (value or NOBODY, label, value == now)
        for value, label in flat_choices(form.fields[name].choices)  # type: ignore[attr-defined]
        if value or name == "responsible"
    ]


def _moved(request: HtmxHttpRequest, action: Action, by: str) -> HttpResponse:
    if not request.htmx:
        return HttpResponseRedirect(f"{ACTIONS.url(action.plan)}?view=board&by={by}#action-{action.pk}")
    viewing = _viewing(request, action)
    response = render(request, "plans/actions/card.html", _card(viewing, action, by))
    if view_of(viewing.query) == BOARD.key:
        response.headers["HX-Trigger"] = json.dumps({"columns-counted": counted(viewing, by)})
    return response


def counted(viewing: Viewing, by: str) -> dict[str, list[str]]:
    currency = viewing.plan.currency
    return {
        value: [str(count), format_money_short(budget, currency) if budget else ""]
        for value, (count, budget) in sums(viewing, by).items()
    }


def _refused_card(request: HtmxHttpRequest, form: CellForm, by: str) -> HttpResponse:
    """The card as it is, with what both of us wrote, or with what is wrong."""
    action = Action.objects.in_plan(form.plan).get(pk=form.instance.pk)
    context = _card(_viewing(request, action), action, by)
    context |= {"conflict": form.conflict, "mine": {"value": request.POST.get("value", "")}, "problems": form.problems}
    return render(request, "plans/actions/card.html", context, status=409 if form.conflict else 422)


def _card(viewing: Viewing, action: Action, by: str) -> dict[str, Any]:
    records = Action.objects.in_plan(viewing.plan).filter(pk=action.pk).values(*CARD_FIELDS)
    (card,) = board_cards(viewing, by, records)
    return {
        "plan": viewing.plan,
        "card": card,
        "by": by,
        "can_edit": True,
        "view": ARRANGEMENTS[view_of(viewing.query)],
    }


@require_POST
def action_bar(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    """Saves where a bar was moved to; a date that is not sent stays as it is."""
    with transaction.atomic():
        action = open_row(request, pk)
        if again := answer_again(request, action.plan):
            return again
        before = action.deadline
        dates = {name: request.POST.get(name, str(getattr(action, name) or "")) for name in sorted(DATES)}
        data = dates | {"version": request.POST.get("version", "")}
        form = CellForm(data, instance=action, plan=action.plan, cell="dates")
        if not form.is_valid():
            return _drawn_bar(request, action, form, dates)
        form.save()
        answer = with_receipt(request, _drawn_bar(request, action, form, dates), action)
    return offering(request, answer, action.plan, {pk: (before, action.deadline)})


def _drawn_bar(request: HtmxHttpRequest, action: Action, form: CellForm, dates: dict[str, str]) -> HttpResponse:
    if not request.htmx:
        return HttpResponseRedirect(f"{ACTIONS.url(action.plan)}?view=timeline#action-{action.pk}")
    context = {"plan": action.plan, "row": bar_row(_viewing(request, action), action.pk), "can_edit": True}
    if form.errors:
        context |= {"conflict": form.conflict, "mine": dates, "problems": form.problems}
    status = 409 if form.conflict else 422 if form.errors else 200
    return render(request, f"{TIMELINE.template}#timeline-row", context, status=status)


def _viewing(request: HtmxHttpRequest, action: Action) -> Viewing:
    """The page one is on, after the change."""
    plan = action.plan
    plan.refresh_from_db(fields=["changed_at"])
    return Viewing(plan, request.user, table_query(request), timezone.localdate())
