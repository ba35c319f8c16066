from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from plans.objectives.models import Objective
from plans.plan.completeness import Check, Tally, register
from plans.raci.models import Responsibility

ACCOUNTED = Responsibility.objects.filter(kind=Responsibility.Kind.ACCOUNTABLE, objective=OuterRef("pk"))
NOT_ACCOUNTED = Objective.objects.filter(~Exists(ACCOUNTED), plan=OuterRef("plan"))

register(
    Check(
        3,
        "accountable",
        Objective.objects.filter(~Exists(NOT_ACCOUNTED)),
        _("Say who is accountable for each objective"),
        "plans:responsibilities",
        "matrix",
    ),
    Tally("responsibilities", Responsibility.objects.all()),
)
