from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from analysis.swot.models import SwotItem
from plans.plan.completeness import Check, Tally, register

#: Points of plans that have one in every quadrant; and of plans in which every weakness and threat is answered.
IN_ALL_QUADRANTS = SwotItem.objects.filter(
    *(
        Exists(SwotItem.objects.filter(plan=OuterRef("plan"), quadrant=quadrant))
        for quadrant in SwotItem.Quadrant.values
    )
)
ANSWERED = SwotItem.objects.filter(
    ~Exists(SwotItem.objects.unanswered().filter(plan=OuterRef("plan"))), quadrant__in=SwotItem.HARMFUL
)

register(
    Check(1, "swot", IN_ALL_QUADRANTS, _("Write a point into each quadrant"), "analysis:swot", "swot-board"),
    Check(
        1,
        "answered",
        ANSWERED,
        _("Answer every weakness and threat with an action or a reason"),
        "analysis:swot",
        "swot-weakness",
    ),
    Tally("swot_points", SwotItem.objects.all()),
    Tally("open_points", SwotItem.objects.unanswered()),
)
