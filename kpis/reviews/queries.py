"""Reviews of a plan, and what they decided."""

from typing import Any

from django.db.models import Count, F, Q, QuerySet

from kpis.reviews.models import AgendaItem, Decision, Review
from plans.plan.models import Plan


def reviews_of(plan: Plan) -> QuerySet[Review]:
    """Newest first, each with how much of it was talked about, decided and is still open."""
    open_ones = Decision.objects.still_open().values("pk")
    counts: dict[str, Any] = {
        "n_items": Count("items", distinct=True),
        "n_talked": Count("items", filter=Q(items__talked=True), distinct=True),
        "n_decisions": Count("items__decisions", distinct=True),
        "n_open": Count("items__decisions", filter=Q(items__decisions__in=open_ones), distinct=True),
    }
    return Review.objects.in_plan(plan).select_related("started_by", "closed_by").annotate(**counts)


def last_closed(plan: Plan, *, before: Any = None, kind: str = "") -> Review | None:
    """The review before a moment, of any kind or of one."""
    rows = Review.objects.in_plan(plan).filter(closed_at__isnull=False)
    rows = rows.filter(started_at__lt=before) if before else rows
    return (rows.filter(kind=kind) if kind else rows).order_by("-started_at", "-pk").first()


def decisions_of(plan: Plan) -> QuerySet[Decision]:
    """What is due first comes first, what has no day last."""
    rows = Decision.objects.in_plan(plan).select_related("owner", "action", "item__review")
    return rows.order_by(F("due_on").asc(nulls_last=True), "pk")


def items_of(review: Review) -> list[AgendaItem]:
    return list(AgendaItem.objects.in_plan(review.plan_id).filter(review=review).order_by("position", "pk"))
