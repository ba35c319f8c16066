from accounts.models import Membership
from plans.feeds.models import CalendarFeed
from plans.plan.models import Plan


def make_feed(membership: Membership, *, plan: Plan | None) -> CalendarFeed:
    """Asked twice, it is the same address."""
    return CalendarFeed.objects.get_or_create(membership=membership, plan=plan)[0]


def revoke_feed(membership: Membership, *, plan: Plan | None) -> None:
    """The address answers 404 from now on; one made later is another."""
    CalendarFeed.objects.filter(membership=membership, plan=plan).delete()
