"""Which decisions one looks at, as the address says it."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from kpis.reviews.models import DecisionQuerySet, Review
from plans.plan.models import Plan

OPEN, LATE, DONE, ALL = "", "late", "done", "all"
STATES: dict[str, str | Promise] = {
    OPEN: pgettext_lazy("decisions", "Open"),
    LATE: _("Late"),
    DONE: _("Settled"),
    ALL: _("All"),
}
NOBODY = "none"


class DecisionFilter:
    """What is no choice counts as not said."""

    def __init__(self, query: Mapping[str, str], plan: Plan, reviews: Sequence[Review], today: dt.date):
        self.today = today
        self.states = list(STATES.items())
        self.reviews = [(str(review.pk), str(review)) for review in reviews]
        self.people = [
            (NOBODY, _("Nobody yet")),
            *((str(user.pk), str(user)) for user in User.objects.in_workspace(plan.workspace_id)),
        ]
        self.state = _one_of(query.get("state", ""), self.states)
        self.review = _one_of(query.get("review", ""), self.reviews)
        self.who = _one_of(query.get("who", ""), self.people)
        self.q = query.get("q", "").replace("\0", "").strip()[:100]

    @property
    def query(self) -> str:
        asked: dict[str, Any] = {"state": self.state, "review": self.review, "who": self.who, "q": self.q}
        return urlencode({name: value for name, value in asked.items() if value})

    def select(self, rows: Any) -> DecisionQuerySet:
        if self.state in {OPEN, LATE}:
            rows = rows.still_open()
        if self.state == LATE:
            rows = rows.filter(due_on__lt=self.today)
        if self.state == DONE:
            rows = rows.settled()
        if self.review:
            rows = rows.filter(item__review=self.review)
        if self.who:
            rows = rows.filter(owner=None if self.who == NOBODY else self.who)
        return rows.filter(text__icontains=self.q) if self.q else rows


def _one_of(value: str, choices: Sequence[tuple[str, Any]]) -> str:
    return value if value in {key for key, _label in choices} else ""
