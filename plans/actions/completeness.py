from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from plans.actions.models import Action
from plans.plan.completeness import Check, Tally, register

ANSWERED_FOR = Q(role__isnull=False) | Q(person__isnull=False)

register(
    Tally("actions", Action.objects.all()),
    Check(6, "actions", Action.objects.all(), _("Add an action"), "plans:actions", "action-table"),
    Check(
        6,
        "responsible",
        Action.objects.filter(ANSWERED_FOR),
        _("Say who answers for an action"),
        "plans:actions",
        "action-table",
    ),
    Check(
        6,
        "deadlines",
        Action.objects.filter(deadline__isnull=False),
        _("Give an action its deadline"),
        "plans:actions",
        "action-table",
    ),
)
