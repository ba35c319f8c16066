from django.db.models import QuerySet

from plans.actions.filters import responsible_condition
from plans.actions.models import Action
from plans.feeds.models import CalendarFeed
from plans.plan.models import Plan


def plans_of(feed: CalendarFeed) -> list[Plan]:
    """Those its owner may see now. Of all plans only those in execution count: the dates of a draft still move."""
    plans = Plan.objects.visible_to(feed.membership.user).filter(workspace=feed.membership.workspace_id)
    wanted = plans.filter(pk=feed.plan_id) if feed.plan_id else plans.filter(status=Plan.Status.ACTIVE)
    return list(wanted.order_by("pk"))


def deadlines_of(feed: CalendarFeed, plans: list[Plan]) -> QuerySet[Action]:
    reader = feed.membership.user
    actions = Action.objects.visible_to(reader).filter(plan__in=plans, deadline__isnull=False)
    if not feed.plan_id:
        actions = actions.filter(responsible_condition(f"person-{reader.pk}"))
    return actions.exclude(status=Action.Status.CANCELLED).order_by("deadline", "pk")
