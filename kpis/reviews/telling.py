"""Whoever took part in a review is told that its minutes are there: once for each time it is closed."""

from collections import Counter
from typing import Any

from accounts.models import Membership
from kpis.reviews.models import Decision, Review
from plans.notices.models import Kind
from plans.notices.telling import deliver, listeners_among


def tell_of_minutes(review: Review, *, by: Any) -> None:
    decisions = Decision.objects.in_plan(review.plan_id).filter(item__review=review)
    owned = Counter(decisions.values_list("owner", flat=True))
    members = Membership.objects.filter(workspace=review.plan.workspace_id)
    taking_part = members.filter(user__in=review.participants.values("pk")).exclude(user=by.pk)
    about: dict[str, Any] = {"plan_id": review.plan_id, "by": by, "key": f"review-{review.pk}-{review.closings}"}
    facts = {"review": review.pk, "kind": review.kind, "on": str(review.on), "count": owned.total()}
    deliver(
        one.notice(Kind.REVIEW, **about, details=facts | {"yours": owned[one.user]})
        for one in listeners_among(taking_part)
    )
