"""What became of a decision: ticked off, done by the action that was made of it, still open, or late."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kpis.reviews.models import Decision
from plans.actions.models import Action
from plans.goalposts.queries import moved_goalposts
from plans.plan.models import Plan

DONE, CANCELLED, LATE, OPEN = "done", "cancelled", "late", "open"
#: So much of a decision is looked for in the reason of a goalpost that was moved.
RECOGNISED = 80


@dataclass(frozen=True)
class Outcome:
    """`status` is what {% status %} takes, `word` what it says."""

    state: str
    status: str
    word: str | Promise


OUTCOMES = {
    DONE: Outcome(DONE, "done", _("Done")),
    CANCELLED: Outcome(CANCELLED, "cancelled", _("Dropped")),
    LATE: Outcome(LATE, "overdue", _("Late")),
    OPEN: Outcome(OPEN, "not_started", pgettext_lazy("decision", "Open")),
}


def outcome_of(decision: Decision, today: dt.date) -> Outcome:
    """The action made of it decides; the decision comes with it."""
    action = decision.action
    if action is not None and not action.is_open:
        return OUTCOMES[DONE if action.status == Action.Status.DONE else CANCELLED]
    if action is None and decision.done_on:
        return OUTCOMES[DONE]
    return OUTCOMES[LATE if decision.is_late(today) else OPEN]


def tell_outcomes(plan: Plan, decisions: Sequence[Decision], today: dt.date) -> None:
    """Each learns its `outcome`, and which goalposts were moved because of it; one query for all of them."""
    first = min((decision.item.review.started_at for decision in decisions), default=None)
    moves = moved_goalposts(plan, first) if first else []
    for decision in decisions:
        decision.outcome = outcome_of(decision, today)
        mark = " ".join(decision.text.split())[:RECOGNISED]
        decision.moved = [move for move in moves if mark in " ".join(move.reason.split())]
