"""My work: what the reader answers for herself, by a role she holds, or in support; what is open and pressing first."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Case, CharField, Count, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from accounts.models import User
from plans.actions.address import changed, page_number
from plans.actions.arrangements import Amount, Arrangement, Viewing
from plans.actions.cards import CARD_FIELDS, cards
from plans.actions.models import Action
from plans.actions.table import PAGE_SIZE
from plans.team.models import Role

#: In their order; the keys sort in it.
WHEN = {
    "1-late": gettext_lazy("Overdue"),
    "2-week": gettext_lazy("This week"),
    "3-month": gettext_lazy("Next 30 days"),
    "4-later": gettext_lazy("Later"),
    "5-none": gettext_lazy("Without a deadline"),
    "6-closed": gettext_lazy("Done and cancelled"),
}


@dataclass
class Stretch:
    key: str
    title: str | Promise
    count: int
    continued: bool = False
    cards: list[dict[str, Any]] = field(default_factory=list)


def mine_context(viewing: Viewing) -> dict[str, Any]:
    number = page_number(viewing.query)
    mine = answered_by(viewing.found.qs, viewing.user).annotate(stretch=_stretch(viewing.today))
    counts = dict(mine.order_by().values_list("stretch").annotate(Count("pk", distinct=True)))
    total = sum(counts.values())
    first, last = (number - 1) * PAGE_SIZE, min(number * PAGE_SIZE, total)
    records = mine.order_by("stretch", F("deadline").asc(nulls_last=True), "priority", "pk")[first:last]
    stretches = _stretches(counts, first)
    for card in cards(viewing.plan, records.values(*CARD_FIELDS, "stretch"), today=viewing.today):
        card["supports"] = viewing.user.pk not in {card["person_id"], card["role__holder_id"]}
        stretches[card["stretch"]].cards.append(card)
    return {
        "page": Amount(last, total),
        "stretches": [stretch for stretch in stretches.values() if stretch.cards],
        "by": "status",
        "more_query": changed(viewing.query, page=number + 1) if last < total else "",
    }


MINE = Arrangement(
    "mine",
    gettext_lazy("My work"),
    icon="user",
    context=mine_context,
    template="plans/actions/mine.html",
    style="css/board.css",
    scripts=("js/board.js",),
)


def answered_by(actions: QuerySet, user: User) -> QuerySet:
    supports = Role.objects.filter(supported_actions=OuterRef("pk"), holder=user)
    return actions.filter(Q(person=user) | Q(role__holder=user) | Exists(supports))


def _stretch(today: dt.date) -> Case:
    sunday = today + dt.timedelta(days=6 - today.weekday())
    return Case(
        When(status__in=Action.CLOSED_STATUSES, then=Value("6-closed")),
        When(deadline=None, then=Value("5-none")),
        When(deadline__lt=today, then=Value("1-late")),
        When(deadline__lte=sunday, then=Value("2-week")),
        When(deadline__lte=today + dt.timedelta(days=30), then=Value("3-month")),
        default=Value("4-later"),
        output_field=CharField(),
    )


def _stretches(counts: dict[str, int], first: int) -> dict[str, Stretch]:
    """Each with whether its heading stands on an earlier page, when this one begins with row `first`."""
    stretches, begins = {}, 0
    for key, title in WHEN.items():
        count = counts.get(key, 0)
        stretches[key] = Stretch(key, title, count, continued=begins < first < begins + count)
        begins += count
    return stretches
