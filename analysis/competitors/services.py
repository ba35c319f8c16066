"""What is done to several companies at once."""

import datetime as dt
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from analysis.competitors.models import Axis, Competitor, Score
from plans.plan.models import Plan


@transaction.atomic
def add_competitors_example(plan: Plan, *, on: dt.date) -> None:
    """Our own company, two others and one axis, to be written over; nothing where rows are already."""
    if Competitor.objects.in_plan(plan).exists():
        return
    axis, _is_new = Axis.objects.get_or_create(
        plan=plan,
        name=_("Breadth of the offer"),
        defaults={"low_label": _("narrow offer"), "high_label": _("broad offer")},
    )
    for position, (breadth, company) in enumerate(_companies(plan)):
        row = Competitor.objects.create(plan=plan, position=position, checked_on=on, **company)
        Score.objects.create(competitor=row, axis=axis, value=breadth)


def _companies(plan: Plan) -> list[tuple[int, dict]]:
    return [
        (
            7,
            {
                "name": plan.workspace.name,
                "is_us": True,
                "strengths": _("Renewals, service on site"),
                "weaknesses": _("Few references abroad"),
                "offer": _("Platform and services"),
                "price_index": Decimal(104),
                "market_share": Decimal(9),
                "positioning": _("The reliable partner of mid-size firms"),
            },
        ),
        (
            9,
            {
                "name": _("Market leader (example)"),
                "strengths": _("Brand, broadest range"),
                "weaknesses": _("Slow support, long contracts"),
                "offer": _("Complete suite"),
                "price_index": Decimal(128),
                "market_share": Decimal(24),
                "positioning": _("The safe choice of large groups"),
            },
        ),
        (
            3,
            {
                "name": _("Price fighter (example)"),
                "strengths": _("Price, quick start"),
                "weaknesses": _("Customers leave after a year"),
                "offer": _("Self-service"),
                "price_index": Decimal(82),
                "market_share": Decimal(13),
                "positioning": _("The cheapest way to begin"),
            },
        ),
    ]
