from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from plans.plan.completeness import Check, Tally, register
from plans.targeting.models import Criterion, Persona, Segment

DRAWN = ~Q(challenges="") & ~Q(goals="") & ~Q(buying_behaviour="")


def _check(key: str, met, missing) -> Check:
    return Check(4, key, met, missing, "plans:targeting", "segments")


register(
    _check("segments", Segment.objects.all(), _("Name a segment")),
    _check("criteria", Criterion.objects.all(), _("Say what makes a customer belong to a segment")),
    _check("size", Segment.objects.filter(size__gt=0), _("Estimate the size of a segment")),
    _check("priority", Segment.objects.filter(priority=Segment.Priority.FIRST), _("Say which segment comes first")),
    _check("personas", Persona.objects.filter(DRAWN), _("Draw a persona: challenges, goals, buying behaviour")),
    Tally("segments", Segment.objects.all()),
)
