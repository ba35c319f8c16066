import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from kpis.sharing.models import SharedLink
from plans.plan.models import Plan

#: As many of those that have ended as one looks through; twice as many in all.
MOST = 50


@dataclass(frozen=True)
class Ended:
    link: SharedLink
    #: revoked, over, or by its maker's role
    why: str


@dataclass(frozen=True)
class Links:
    lasting: Sequence[SharedLink]
    ended: list[Ended]


def links_of(plan: Plan, today: dt.date) -> Links:
    """The newest first. Those that work come before the others, so none of them hides behind what has ended."""
    lasting = SharedLink.objects.lasting(today).filter(pk=OuterRef("pk"))
    links = SharedLink.objects.filter(plan=plan).annotate(lasts=Exists(lasting))
    newest = list(links.select_related("made_by", "revoked_by").order_by("-lasts", "-made_at", "-pk")[: 2 * MOST])
    ended = [Ended(link, _why(link, today)) for link in newest if not link.lasts]
    return Links([link for link in newest if link.lasts], ended[:MOST])


def _why(link: SharedLink, today: dt.date) -> str:
    if link.revoked_at:
        return "revoked"
    return "over" if link.ends_on < today else "maker"
