"""How a page of a plan is opened."""

from django.http import HttpRequest

from accounts.access import get_visible
from plans.plan.models import Plan


def open_plan(request: HttpRequest, pk: int) -> Plan:
    """The plan, or 404 for strangers; the frame around the page shows its steps from now on.

    The plan knows the reader's role (`my_role`) and whether she may steer it (`i_steer`).
    """
    plan = get_visible(Plan.objects.select_related("workspace", "owner"), request.user, pk=pk)
    request.plan = plan  # type: ignore[attr-defined]
    return plan
