"""The past of an action, and what of it cannot come back as it was."""

from django.utils.translation import gettext as _

from plans.actions.dependencies import circle_through, links_of
from plans.actions.models import Action
from plans.history.states import State
from plans.history.views import HistoryViews


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


action_past = HistoryViews(Action, keep=keep)
