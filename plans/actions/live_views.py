"""What an open page of actions asks every few seconds (static/js/live.js): whether something has changed, and what."""

import datetime as dt
from collections.abc import Collection
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from plans.actions.address import TABLE, view_of
from plans.actions.arrangements import Viewing
from plans.actions.board import BOARD, board_cards
from plans.actions.cards import CARD_FIELDS
from plans.actions.facts import FIELDS, as_rows
from plans.actions.live import Note, notes_since
from plans.actions.mine import MINE, answered_by
from plans.actions.models import Action
from plans.actions.moves import counted
from plans.actions.table import groups_of
from plans.actions.views import TEMPLATE
from plans.plan.page import open_plan
from salesplan.lib.htmx import HtmxHttpRequest

#: What the page says of them; it fills in who, what and how many.
WORDS = {
    "changed": _("{who} changed “{title}”"),
    "added": _("{who} added “{title}”"),
    "gone": _("{who} deleted “{title}”"),
    "several": _("Changed by {who}: {count}"),
    "unshown": _("Changes not shown yet: {count}"),
    "many": _("Many actions were changed."),
    "deleted": _("deleted by {who}"),
    "left": _("no longer in this view"),
    "moved": _("now under another objective"),
    "somebody": _("Somebody"),
}


@require_safe
def action_live(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    """204 while the plan's clock stands where it stood in ?since=; else what has changed, as this view shows it."""
    plan = open_plan(request, pk)
    seen = _moment(request.GET.get("since", ""))
    if seen is None or seen == plan.changed_at:
        return HttpResponse(status=204)
    notes = notes_since(plan, seen, reader=request.user)
    answer: dict[str, Any] = {"clock": plan.changed_at.isoformat(), "many": notes is None, "notes": [], "words": WORDS}
    if notes:
        answer |= _told(Viewing(plan, request.user, request.GET, timezone.localdate()), notes)
    return JsonResponse(answer)  # its encoder translates the words


def _moment(text: str) -> dt.datetime | None:
    try:
        moment = parse_datetime(text)
    except ValueError:
        return None
    return moment if moment and timezone.is_aware(moment) else None


def _told(viewing: Viewing, notes: list[Note]) -> dict[str, Any]:
    ids = [note.pk for note in notes]
    drawn = DRAWN.get(view_of(viewing.query), _not_drawn)(viewing, ids)
    fit = _those_that_fit(viewing, ids)
    after = _places(viewing, [note.pk for note in notes if note.is_new and note.pk in drawn["rows"]])
    rows = drawn.pop("rows")
    return drawn | {"notes": [_as_told(note, rows, fit, after) for note in notes]}


def _as_told(
    note: Note, rows: dict[int, dict[str, Any]], fit: set[int], after: dict[int, int | None]
) -> dict[str, Any]:
    row = rows.get(note.pk, {})
    told = {
        "id": note.pk,
        "title": row.get("title") or note.title,
        "who": note.who,
        "mine": note.mine,
        "at": note.when.isoformat(),
        "new": note.is_new,
        "gone": note.pk not in rows,
        "fits": note.pk in fit,
        "html": row.get("html", ""),
        "place": row.get("place"),
    }
    return told | ({"after": after[note.pk]} if note.pk in after else {})


def _those_that_fit(viewing: Viewing, ids: Collection[int]) -> set[int]:
    """Those the view would show, if not on this page of it."""
    if view_of(viewing.query) == MINE.key:
        return set(answered_by(viewing.found.qs, viewing.user).filter(pk__in=ids).values_list("pk", flat=True))
    if viewing.found.lets_all_through:
        return set(ids)
    return set(viewing.found.qs.filter(pk__in=ids).values_list("pk", flat=True))


def _places(viewing: Viewing, ids: Collection[int]) -> dict[int, int | None]:
    """After which row of its group each new one stands: known only where all rows stand in their own order."""
    if not ids or viewing.sort or not viewing.found.lets_all_through or view_of(viewing.query) != TABLE:
        return {}
    actions = Action.objects.in_plan(viewing.plan)
    siblings = actions.filter(objective__in=actions.filter(pk__in=ids).values("objective"))
    last: dict[int, int] = {}  # by objective
    after: dict[int, int | None] = {}
    for objective, pk in siblings.order_by("position", "pk").values_list("objective", "pk"):
        if pk in ids:
            after[pk] = last.get(objective)
        last[objective] = pk
    return after


# What each view shows of an action

#: How many rows are shown the page knows itself, and puts here.
SHOWN = "{shown}"


def _as_rows(viewing: Viewing, ids: Collection[int]) -> dict[str, Any]:
    records = Action.objects.in_plan(viewing.plan).filter(pk__in=ids).values(*FIELDS)
    rows = as_rows(viewing.plan, records, today=viewing.today)
    groups = groups_of(viewing.plan, viewing.found, today=viewing.today)
    total = sum(group.count for group in groups)
    return {
        "amount": render_to_string(f"{TEMPLATE}#amount", {"page": {"total": total, "shown": SHOWN}}),
        "rows": {row["pk"]: row | {"place": f"group-{row['objective_id']}"} for row in rows},
        "sums": [render_to_string(f"{TEMPLATE}#group-sum", {"group": group}) for group in groups],
    }


def _as_cards(viewing: Viewing, ids: Collection[int]) -> dict[str, Any]:
    by = viewing.option
    records = Action.objects.in_plan(viewing.plan).filter(pk__in=ids).values(*CARD_FIELDS)
    context = {"plan": viewing.plan, "by": by, "can_edit": viewing.can_edit, "view": BOARD}
    rows = {}
    for card in board_cards(viewing, by, records):
        html = render_to_string("plans/actions/card.html", context | {"card": card})
        rows[card["pk"]] = {"title": card["title"], "html": html, "place": card["column"]}
    return {"rows": rows, "columns": counted(viewing, by)}


def _not_drawn(viewing: Viewing, ids: Collection[int]) -> dict[str, Any]:
    """Bars, days and one's own lists are not changed one by one: the page offers to draw them again."""
    titles = Action.objects.in_plan(viewing.plan).filter(pk__in=ids).values_list("pk", "title")
    return {"rows": {pk: {"title": title} for pk, title in titles}}


DRAWN = {TABLE: _as_rows, BOARD.key: _as_cards}
