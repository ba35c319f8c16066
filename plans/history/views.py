"""The past of any kind of item: what was changed in a row, and bringing one of its states back."""

from types import SimpleNamespace
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import get_editable, get_visible
from plans.goalposts.moves import needs_reason
from plans.history.causes import moment_in_words, restored
from plans.history.changes import past_of
from plans.history.restoring import Keeper, Restoring, keep_nothing
from plans.history.states import record_of
from plans.plan.models import PlanItem
from plans.plan.page import open_plan
from salesplan.lib.htmx import HtmxHttpRequest, render_page

TEMPLATE = "plans/history/history.html"


class HistoryViews:
    """Two addresses of a kind of item with a page of its own: `action_history` and `action_restore`.

    `keep` says what of a former state the row cannot have any more, and why.
    """

    def __init__(self, model: type[PlanItem], *, keep: Keeper = keep_nothing):
        self.model = model
        self.keep = keep
        self.name = model._meta.model_name or ""

    def urls(self) -> list[URLPattern]:
        plural = str(self.model._meta.verbose_name_plural).replace(" ", "-").lower()
        return [
            path(f"{plural}/<int:pk>/{verb}/", getattr(self, verb), name=f"{self.name}_{verb}")
            for verb in ("history", "restore")
        ]

    @property
    def history(self):
        @require_safe
        def item_history(request: HtmxHttpRequest, pk: int) -> HttpResponse:
            """A page of changes; `from` says how many versions one has read already."""
            row: Any = get_visible(self.model._default_manager, request.user, pk=pk)
            plan = open_plan(request, row.plan_id)
            context = {
                "plan": plan,
                "row": row,
                "past": past_of(row, plan, first=_number(request.GET.get("from", ""))),
                "more_url": f"{request.path}?",
                "restore_url": self._url("restore", row) if plan.lets(plan.my_role, self.model) else "",
            }
            return render_page(request, TEMPLATE, context, partials=["history", "history-more"])

        return item_history

    @property
    def restore(self):
        @require_http_methods(["GET", "POST"])
        @transaction.atomic
        def item_restore_state(request: HtmxHttpRequest, pk: int) -> HttpResponse:
            """The version of ?state=: GET says what would change now, POST makes it so.

            The form knows the version it was opened on: where the row has moved on since, it is shown anew.
            """
            rows: Any = self.model._default_manager
            rows = rows.select_for_update(of=("self",)) if request.method == "POST" else rows
            row: Any = get_editable(rows, request.user, pk=pk)
            plan, record = open_plan(request, row.plan_id), record_of(row, request.GET.get("state", ""))
            if record is None:
                raise Http404
            seen = _number(request.POST.get("version", ""))
            if request.method == "POST" and _is_done(row, record, seen):
                return self._done(request, row, record)
            name, restoring = str(row), Restoring(row, record, plan, self.keep)
            before = SimpleNamespace(**{name: restoring.before(name) for name in self.model.GOALPOSTS})
            moves, why = needs_reason(plan, before, row), request.POST.get("moved_because", "").strip()[:500]
            has_moved = request.method == "POST" and seen != row.version
            if request.method == "POST" and restoring.is_possible and not has_moved and (why or not moves):
                row.moved_because = why
                restoring.save()
                return self.answer(request, self._done(request, row, record), restoring)
            context = {
                "plan": plan,
                "row": row,
                "name": name,
                "restoring": restoring,
                "when": moment_in_words(record.history_date),
                "has_moved": has_moved,
                "moves_goalposts": bool(moves),
                "asks_why": request.method == "POST" and not has_moved and bool(moves),
                "history_url": self._url("history", row),
            }
            status = (409 if has_moved else 422) if request.method == "POST" else 200
            return render(request, "plans/history/restore.html", context, status=status)

        return item_restore_state

    def answer(self, request: HtmxHttpRequest, response: HttpResponse, restoring: Restoring) -> HttpResponse:
        """What follows a state that was brought back; a kind of item may have something to ask then."""
        return response

    def _url(self, verb: str, row: PlanItem) -> str:
        return reverse(f"{row._meta.app_label}:{self.name}_{verb}", args=[row.pk])

    def _done(self, request: HtmxHttpRequest, row: Any, record: Any) -> HttpResponse:
        words = _("“%(item)s” is again as it was on %(when)s")
        messages.success(request, words % {"item": row, "when": moment_in_words(record.history_date)})
        return redirect(f"{row.get_absolute_url()}#history")


def _is_done(row: PlanItem, record: Any, seen: int) -> bool:
    """The same form sent twice restores once."""
    last = row.history.order_by("-history_id").first()
    return row.version == seen + 1 and last.history_change_reason == restored(record.history_date)


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 10 else 0
