"""How a page of a plan is opened."""

import datetime as dt
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone

from accounts.roles import STEERERS
from plans.plan.models import Plan
from salesplan.lib.htmx import HtmxHttpRequest
from salesplan.lib.prepared import prepared

#: After so long a silence a visit is over, and the next page one opens begins another.
VISIT_ENDS_AFTER = dt.timedelta(minutes=30)


def open_plan(request: HtmxHttpRequest, pk: int) -> Plan:
    """The plan, or 404 for strangers; the frame around the page shows its steps from now on.

    The plan knows the reader's role (`my_role`), whether she may steer it (`i_steer`), and how far she had seen it
    (`news_since`).
    """
    plan = _visible_plan.first(request.user, pk)
    if plan is None:
        raise Http404
    plan.reader_id = request.user.pk
    plan.news_since = last_visit_ended(plan.visit_since, plan.visit_seen_at, timezone.now())
    request.plan = plan  # type: ignore[attr-defined]
    return plan


def last_visit_ended(since: dt.datetime | None, seen_at: dt.datetime | None, now: dt.datetime) -> dt.datetime | None:
    """Of the visit that is kept and of the one that begins when that is over."""
    return seen_at if seen_at and now - seen_at > VISIT_ENDS_AFTER else since


def steer_plan(request: HtmxHttpRequest, pk: int) -> Plan:
    """The plan for what one does to it as a whole, closed or not: its status, a copy of it, its end.

    404 for strangers, 403 for colleagues who do not steer.
    """
    plan = open_plan(request, pk)
    if plan.my_role not in STEERERS:
        raise PermissionDenied
    return plan


@prepared
def _visible_plan(user: Any, pk: int) -> QuerySet[Plan]:
    return Plan.objects.select_related("workspace", "owner").visible_to(user).with_visit_of(user).filter(pk=pk)
