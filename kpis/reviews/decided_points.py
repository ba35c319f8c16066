"""What earlier reviews have decided, and what became of it."""

import datetime as dt

from django.db.models import Q

from kpis.reviews.models import Decision, Review
from kpis.reviews.outcomes import LATE, OPEN, outcome_of
from kpis.reviews.points import Point, Section
from plans.plan.models import Plan


def decided_points(plan: Plan, today: dt.date, *, last: Review | None) -> list[Point]:
    """All of the last review, done or not, and what is still open of those before it: one query."""
    if last is None:
        return []
    earlier = Decision.objects.in_plan(plan).filter(item__review__started_at__lte=last.started_at)
    open_ones = Decision.objects.still_open().values("pk")
    wanted = earlier.filter(Q(item__review=last) | Q(pk__in=open_ones))
    return [_point(decision, today) for decision in wanted.select_related("owner", "action", "item__review")]


def _point(decision: Decision, today: dt.date) -> Point:
    outcome = outcome_of(decision, today)
    facts = {
        "state": outcome.state,
        "who": str(decision.owner or ""),
        "due": str(decision.due_on) if decision.due_on else "",
        "action": decision.action.title if decision.action else "",
        "status": decision.action.status if decision.action else "",
        "decided": str(decision.item.review.on),
    }
    off = {LATE: 2, OPEN: 1}.get(outcome.state, 0)
    return Point(Section.DECIDED, f"decision-{decision.pk}", str(decision), facts, off=off)
