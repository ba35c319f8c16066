"""What the calendar does: deadlines that come near, that have passed, and that are late by two working days.

Each is told once for a deadline: when it moves, it is told anew.
"""

import datetime as dt
from collections.abc import Iterable

from django.db.models import Q, QuerySet

from accounts.models import Membership, Workspace
from accounts.roles import STEERERS, Role
from plans.actions.models import Action
from plans.notices.models import Kind, Notice
from plans.notices.telling import Listener, deliver, listeners_among, listeners_to
from plans.plan.models import Plan
from salesplan.lib.workdays import move_by_working_days

REMINDED_BEFORE = 2
ESCALATED_AFTER = 2
#: How far ahead two working days can lie, holidays between the years included; and how long what was missed while
#: nobody ran the worker is still told. What is late longer stands on every overview.
AHEAD, MISSED = dt.timedelta(days=21), dt.timedelta(days=14)


def tell_of_all_deadlines(now: dt.datetime) -> None:
    """In every company, by its own calendar."""
    for workspace in Workspace.objects.filter(plans__status=Plan.Status.ACTIVE).distinct().order_by("pk"):
        tell_of_deadlines(workspace, today=now.astimezone(workspace.zone).date())


def tell_of_deadlines(workspace: Workspace, *, today: dt.date) -> None:
    """In the plans of a company that are carried out."""
    actions = list(_due(workspace, today))
    watching = listeners_to([action.pk for action in actions])
    managers = _Managers(workspace)
    notices: list[Notice | None] = []
    for action in actions:
        about = {"action": action, "key": str(action.deadline)}
        details = {"deadline": str(action.deadline), "who": action.responsible}
        for kind in _kinds(action, today):
            told = managers.of(action) if kind == Kind.ESCALATION else watching.get(action.pk, [])
            notices += [one.notice(kind, details=details, **about) for one in told]
    deliver(notices)


def _due(workspace: Workspace, today: dt.date) -> QuerySet[Action]:
    rows = Action.objects.filter(plan__workspace=workspace, plan__status=Plan.Status.ACTIVE)
    rows = rows.still_open().filter(deadline__range=(today - MISSED, today + AHEAD))
    return rows.select_related("plan__workspace", "role__holder", "person").order_by("pk")


def _kinds(action: Action, today: dt.date) -> Iterable[str]:
    deadline, country = action.deadline, action.plan.workspace.country
    if deadline is None:
        return
    if deadline >= today:
        if move_by_working_days(deadline, -REMINDED_BEFORE, country) <= today:
            yield Kind.REMINDER
        return
    yield Kind.LATE
    if move_by_working_days(deadline, ESCALATED_AFTER, country) <= today:
        yield Kind.ESCALATION


class _Managers:
    """Who hears of what is late: managers and the plan's owner, else those who steer; never the one who answers."""

    def __init__(self, workspace: Workspace):
        self._members = Membership.objects.filter(workspace=workspace)
        self._known: dict[int | None, list[Listener]] = {}

    def of(self, action: Action) -> list[Listener]:
        return [one for one in self._of_plan(action.plan.owner_id) if one.user != action.answering_user]

    def _of_plan(self, owner: int | None) -> list[Listener]:
        if owner not in self._known:
            managers = self._members.filter(Q(role=Role.MANAGER) | Q(user=owner))
            self._known[owner] = listeners_among(managers) or listeners_among(
                self._members.filter(role__in=sorted(STEERERS))
            )
        return self._known[owner]
