"""How a page of a plan is opened."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from accounts.access import get_visible
from accounts.roles import STEERERS
from plans.plan.models import Plan


def open_plan(request: HttpRequest, pk: int) -> Plan:
    """The plan, or 404 for strangers; the frame around the page shows its steps from now on.

    The plan knows the reader's role (`my_role`) and whether she may steer it (`i_steer`).
    """
    plan = get_visible(Plan.objects.select_related("workspace", "owner"), request.user, pk=pk)
    request.plan = plan  # type: ignore[attr-defined]
    return plan


def steer_plan(request: HttpRequest, pk: int) -> Plan:
    """The plan for what one does to it as a whole, closed or not: its status, a copy of it, its end.

    404 for strangers, 403 for colleagues who do not steer.
    """
    plan = open_plan(request, pk)
    if plan.my_role not in STEERERS:
        raise PermissionDenied
    return plan
