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

#: What docs/permissions.md lists, a row for each (tests/architecture/test_permissions.py compares).
DEEDS: dict[str, frozenset] = {
    "Read every plan of the workspace, with its figures": EVERYONE,
    "See at home what one owes oneself": EVERYONE,
    "See at home what is off and who is late, over all plans, and ask them": MANAGERS,
    "See at home whether the plans are reached": MANAGERS | {Role.VIEWER},
    "Enter readings of the KPIs one owns": REPORTERS,
    "Enter readings of anybody's KPIs": MANAGERS,
    "Record and import customer feedback, name themes, say what was changed because of it": REPORTERS,
    "Make surveys, pause them and renew their links": MANAGERS,
    "Comment on actions; change and delete one's own comments": REPORTERS,
    "Watch actions, and say what one wants to hear of": EVERYONE,
    "Change actions, allocations and what has been committed or spent": MANAGERS,
    "Set how many hours people have for a plan, and when they are away": MANAGERS,
    "Write notes in reviews": REPORTERS,
    "Start reviews, hold and close them; write decisions, tick them off and make actions of them": MANAGERS,
    "Reopen a review that is closed": STEERERS,
    "Share a view of the actions, rename and delete shared ones": MANAGERS,
    "Share the overview of a plan by a link, and revoke such links": MANAGERS,
    "Take snapshots of a plan": MANAGERS,
    "Save views of the actions for oneself, choose which opens first": EVERYONE,
    "Arrange the overview of a plan for oneself": EVERYONE,
    "Draft and steer: the seven steps, the budget and the KPIs": STEERERS,
    "Snooze alerts, call them false alarms, have the rules look again": MANAGERS,
    "Switch rules of alerts off, for a plan or for the company": STEERERS,
    "Arrange the overview of a plan for everybody": STEERERS,
    "Lock and unlock periods of KPIs": STEERERS,
    "Delete snapshots": STEERERS,
    "Begin, settle, copy, close and delete plans": STEERERS,
    "Change the workspace: name, currency, language, country, time zone, weeks, check-in, hours, status rules": ADMINS,
    "Invite people, give and change roles, remove members": ADMINS,
    "Tell other programs what happens: webhooks and what was sent to them": ADMINS,
    "Make somebody an owner, change or remove an owner": frozenset({Role.OWNER}),
}


def roles_to_give(giver: str) -> list[Role]:
    """The roles somebody may give to others: nobody but an owner makes owners."""
    if giver not in ADMINS:
        return []
    return [role for role in Role if role != Role.OWNER or giver == Role.OWNER]
