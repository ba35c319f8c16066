import datetime as dt
from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from kpis.sharing.models import SharedLink
from plans.plan.models import Plan

#: As many of each kind as one looks through.
MOST = 50


@dataclass(frozen=True)
class Links:
    lasting: list[SharedLink]
    ended: list[SharedLink]


def links_of(plan: Plan, today: dt.date) -> Links:
    """The newest first; those that have ended say in `why` by what: revoked, over, or its maker's role."""
    lasting = SharedLink.objects.lasting(today).filter(pk=OuterRef("pk"))
    mine = SharedLink.objects.filter(plan=plan).annotate(lasts=Exists(lasting))
    newest = mine.select_related("made_by", "revoked_by").order_by("-lasts", "-made_at", "-pk")
    # Those that last come first, so none of them hides behind those that have ended.
    links = list(newest[: 2 * MOST])
    for link in links:
        link.why = "" if link.lasts else _why(link, today)
    return Links([link for link in links if link.lasts], [link for link in links if not link.lasts][:MOST])


def _why(link: SharedLink, today: dt.date) -> str:
    if link.revoked_at:
        return "revoked"
    return "over" if link.ends_on < today else "maker"
