"""What each role may do: the one table in code. docs/permissions.md says it in words."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    OWNER = "owner", _("Owner")
    DIRECTOR = "director", _("Sales director")
    MANAGER = "manager", _("Manager")
    MEMBER = "member", _("Team member")
    VIEWER = "viewer", _("Viewer")


#: Invites people and gives roles.
ADMINS = frozenset({Role.OWNER, Role.DIRECTOR})
#: Drafts and steers: the plan, its seven steps, its budget and its KPIs.
STEERERS = frozenset({Role.OWNER, Role.DIRECTOR})
#: Works the action table: actions, who answers for them, what has been spent.
MANAGERS = STEERERS | {Role.MANAGER}
#: Enters readings of the KPIs they own.
REPORTERS = MANAGERS | {Role.MEMBER}
EVERYONE = frozenset(Role)
