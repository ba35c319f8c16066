from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from plans.objectives.models import Direction, Measure, Objective
from plans.plan.completeness import Check, register

MEASURED = (
    Q(baseline__isnull=False, target__isnull=False)
    | Q(direction=Direction.WITHIN, band_low__isnull=False, band_high__isnull=False)
    | Q(measure__in=[Measure.COUNT, Measure.MILESTONES], target__isnull=False)
)
ALL = Objective.objects.all()
PAGE, ANCHOR = "plans:objectives", "objective-list"

register(
    Check(2, "objectives", ALL, _("Write an objective"), PAGE, ANCHOR),
    Check(2, "aim", ALL.filter(aim=F("plan__aim")), _("Let an objective serve the plan's main aim"), PAGE, ANCHOR),
    Check(2, "figures", ALL.filter(MEASURED), _("Give an objective a baseline and a target"), PAGE, ANCHOR),
    Check(2, "deadline", ALL.filter(deadline__isnull=False), _("Set an objective's deadline"), PAGE, ANCHOR),
    Check(2, "owner", ALL.filter(owner__isnull=False), _("Say who owns an objective"), PAGE, ANCHOR),
)
