from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from plans.plan.completeness import Check, Tally, register
from plans.team.models import Communication, Role, Team

HELD = Q(holder__isnull=False) | ~Q(holder_name="")

register(
    Check(3, "teams", Team.objects.all(), _("Name a team"), "plans:team", "teams"),
    Check(3, "roles", Role.objects.all(), _("Add the roles of a team"), "plans:team", "teams"),
    Check(3, "held", Role.objects.filter(HELD), _("Say who holds a role"), "plans:team", "teams"),
    Check(
        3,
        "communication",
        Communication.objects.all(),
        _("Agree when the team meets or reports"),
        "plans:communications",
        "communication-board",
    ),
    Tally("roles", Role.objects.all()),
    Tally("communications", Communication.objects.all()),
)
