"""The past of an action, and what of it cannot come back as it was."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from plans.actions.dependencies import circle_through, links_of
from plans.actions.following import offering
from plans.actions.models import Action
from plans.history.restoring import Restoring
from plans.history.states import State
from plans.history.views import HistoryViews
from salesplan.lib.htmx import HtmxHttpRequest


def keep(action: Action, state: State, gone: set[str]) -> dict[str, str]:
    """One answers for it, a role or a person: they stay together. And actions never wait in a circle."""
    reasons = {}
    if {"role", "person"} & gone:
        reasons = dict.fromkeys(["role", "person"], _("Who answered for it then is gone, so this stays as it is."))
    if awaited := state.links.get("waits_for"):
        way = circle_through(action.pk, links_of(action.plan) | {action.pk: awaited})
        if way:
            titles = dict(Action.objects.filter(pk__in=way).values_list("pk", "title"))
            path = " → ".join(titles[pk] for pk in way)
            reasons["waits_for"] = _("They would wait for each other: %(path)s.") % {"path": path}
    return reasons


class ActionHistoryViews(HistoryViews):
    """An action that gets a former deadline back has moved, and others may wait for it."""

    def answer(self, request: HtmxHttpRequest, response: HttpResponse, restoring: Restoring) -> HttpResponse:
        action: Any = restoring.row
        moves = {action.pk: (restoring.before("deadline"), action.deadline)}
        return offering(request, response, restoring.plan, moves)


action_past = ActionHistoryViews(Action, keep=keep)
