"""Managers are told who is late with the KPIs of the last check-in: once for a person and a week, in any plan."""

import datetime as dt
from collections import defaultdict

from accounts.models import Workspace
from kpis.checkin.due import missing_of
from kpis.kpi.models import Kpi
from kpis.kpi.schedule import Checkin, late_checkin
from plans.notices.managers import Managers
from plans.notices.models import Kind, Notice
from plans.notices.telling import deliver
from plans.plan.models import Plan


def tell_of_all_late(now: dt.datetime) -> None:
    """In every company, by its own calendar."""
    for workspace in Workspace.objects.filter(plans__status=Plan.Status.ACTIVE).distinct().order_by("pk"):
        tell_of_late(workspace, today=now.astimezone(workspace.zone).date())


def tell_of_late(workspace: Workspace, *, today: dt.date) -> None:
    checkin = late_checkin(workspace, today)
    managers = Managers(workspace)
    notices: list[Notice | None] = []
    for kpis in _missing_by_owner(workspace, checkin).values():
        told = managers.of({kpi.plan.owner_id for kpi in kpis}, but=kpis[0].owner_id)
        notices += [listener.notice(Kind.CHECKIN, **_about(kpis, checkin)) for listener in told]
    deliver(notices)


def _missing_by_owner(workspace: Workspace, checkin: Checkin) -> dict[int | None, list[Kpi]]:
    found: dict[int | None, list[Kpi]] = defaultdict(list)
    kpis = missing_of(Kpi.objects.owed().filter(plan__workspace=workspace), checkin.week)
    for kpi in kpis.select_related("plan", "owner").order_by("plan__name", "plan", "pk"):
        found[kpi.owner_id].append(kpi)
    return found


def _about(kpis: list[Kpi], checkin: Checkin) -> dict:
    """The notice hangs from the first of the plans she is late in."""
    first = kpis[0]
    details = {"who": str(first.owner), "count": len(kpis), "week": checkin.code, "due": str(checkin.day)}
    return {"plan": first.plan, "key": f"{checkin.code}-{first.owner_id}", "details": details}
