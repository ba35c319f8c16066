"""Asking a colleague for what of hers is late: a notice in her inbox and her daily mail, from each once a day."""

import datetime as dt
from typing import Any

from accounts.models import Membership
from kpis.home.late_people import LatePerson
from plans.notices.models import Kind, Notice
from plans.notices.telling import deliver, listeners_among


def ask(person: LatePerson, *, by: Any, at: dt.datetime) -> bool:
    """Whether she is told: she may not want to hear of such things."""
    listener = next(iter(listeners_among(Membership.objects.filter(pk__in=[person.member or 0]))), None)
    if listener is None:
        return False
    key = {"by": by, "made_at": at, "key": f"{person.today}-{by.pk}"}
    notices: list[Notice | None] = []
    if person.kpis:
        count = {"week": person.checkin.code, "due": str(person.checkin.day), "count": len(person.kpis)}
        notices.append(listener.notice(Kind.NUDGE, plan=person.kpis[0].kpi.plan, details=count, **key))
    if person.actions:
        first = person.actions[0].facts
        about = {"action_id": first.pk, "details": {"due": str(first.deadline)}, "others": len(person.actions) - 1}
        notices.append(listener.notice(Kind.NUDGE, **about, **key))
    deliver(notices)
    return any(notices)
