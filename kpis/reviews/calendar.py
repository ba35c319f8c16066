"""When the next review of a kind is, and which one is due."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from accounts.models import Workspace
from kpis.kpi.periods import WEEKLY, first_day, next_period, period_of
from kpis.reviews.models import Review
from plans.plan.models import Plan
from salesplan.lib.workdays import first_working_day

WEEK = dt.timedelta(weeks=1)
#: Where several are due, the one that looks back furthest: it speaks of what the others would.
LONGEST_FIRST = (Review.Kind.QUARTERLY, Review.Kind.MONTHLY, Review.Kind.WEEKLY)


@dataclass(frozen=True)
class Due:
    kind: str
    on: dt.date
    #: The last one of its kind, if there was one.
    last: Review | None
    is_due: bool

    @property
    def label(self) -> str:
        return str(Review.Kind(self.kind).label)


def proposed_day(kind: str, after: dt.date, workspace: Workspace) -> dt.date:
    """A week later, or when the next month or quarter of the company begins; always a working day."""
    if kind == WEEKLY:
        return first_working_day(after + WEEK, workspace.country)
    starts = workspace.week_starts_on
    return first_working_day(first_day(next_period(period_of(after, kind, starts), kind), kind), workspace.country)


def due_reviews(plan: Plan, reviews: Iterable[Review], today: dt.date) -> list[Due]:
    """Each kind that has no open review, what is due first. `reviews` come newest first."""
    latest: dict[str, Review] = {}
    for review in reviews:
        latest.setdefault(review.kind, review)
    found = []
    for kind in LONGEST_FIRST:
        last = latest.get(kind)
        if last is None or not last.is_open:
            on = _next_of(plan, kind, last, today)
            found.append(Due(kind, on, last, is_due=on <= today))
    return sorted(found, key=lambda one: (not one.is_due, dt.date.min if one.is_due else one.on))


def _next_of(plan: Plan, kind: str, last: Review | None, today: dt.date) -> dt.date:
    """The first weekly one is when the plan has begun; a month or a quarter must be over to be looked back on."""
    if last is None:
        return max(plan.starts_on, today) if kind == WEEKLY else proposed_day(kind, plan.starts_on, plan.workspace)
    return last.next_on or proposed_day(kind, last.on, plan.workspace)
