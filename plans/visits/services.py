import datetime as dt
from typing import Any

from plans.plan.models import Plan
from plans.visits.models import Visit

#: A page loaded again so soon says nothing new about how far one has seen.
AGAIN = dt.timedelta(minutes=1)


def note_visit(plan: Plan, user: Any, *, now: dt.datetime) -> None:
    """`plan` as `open_plan` gives it: it knows the visit before, and says itself when that has ended."""
    if plan.visit_seen_at is None:
        Visit.objects.get_or_create(plan=plan, user=user, defaults={"seen_at": now})
    elif now - plan.visit_seen_at > AGAIN:
        Visit.objects.filter(plan=plan, user=user).update(since=plan.news_since, seen_at=now)


def mark_seen(plan: Plan, user: Any, *, now: dt.datetime) -> None:
    """As if the visit began now: nothing is news any more."""
    Visit.objects.update_or_create(plan=plan, user=user, defaults={"since": now, "seen_at": now})


def keep_overview(plan: Plan, user: Any, arranged: str) -> None:
    """Nothing gives her the arrangement for everybody again."""
    Visit.objects.update_or_create(plan=plan, user=user, defaults={"overview": arranged})
