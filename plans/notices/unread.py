"""How many notices somebody has not read, for the frame around every page."""

from django.db.models import Count, OuterRef, Subquery

from plans.notices.models import Notice
from plans.plan.frame import register_unread


def unread_of_membership() -> Subquery:
    """Part of the question the frame asks of every membership (`memberships`), so it costs none of its own."""
    mine = Notice.objects.filter(membership=OuterRef("memberships"), read_at=None, in_inbox=True)
    return Subquery(mine.order_by().values("membership").annotate(number=Count("pk")).values("number"))


register_unread(unread_of_membership)
