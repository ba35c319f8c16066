import datetime as dt

from django.utils.translation import gettext as _

from analysis.swot.models import SwotItem
from plans.plan.attention import Attention
from plans.plan.models import Plan


def unanswered_points(plan: Plan, today: dt.date) -> list[Attention]:
    """Weaknesses and threats nothing is done about; the heavier the point, the more pressing."""
    titles = {
        SwotItem.Quadrant.WEAKNESS: _("Weakness with no action"),
        SwotItem.Quadrant.THREAT: _("Threat with no action"),
    }
    return [
        Attention(
            kind="missing",
            title=titles[SwotItem.Quadrant(point.quadrant)],
            detail=point.text,
            url=point.get_absolute_url(),
            verb=_("Make it a priority"),
            weight=10 + point.weight,
        )
        for point in SwotItem.objects.in_plan(plan).unanswered()
    ]
