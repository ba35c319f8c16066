"""What the calendar does: deadlines that come near, that have passed, and that are late by two working days.

Each is told once for a deadline: when it moves, it is told anew.
"""

import datetime as dt
from collections.abc import Iterable

from django.db.models import QuerySet

from accounts.models import Workspace
from plans.actions.models import Action
from plans.notices.managers import Managers
from plans.notices.models import Kind, Notice
from plans.notices.telling import deliver, listeners_to
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
    managers = Managers(workspace)
    notices: list[Notice | None] = []
    for action in actions:
        about = {"action": action, "key": str(action.deadline)}
        details = {"deadline": str(action.deadline), "who": action.responsible}
        for kind in _kinds(action, today):
            told = watching.get(action.pk, [])
            if kind == Kind.ESCALATION:
                told = managers.of([action.plan.owner_id], but=action.answering_user)
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
