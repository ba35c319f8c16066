"""People who owe readings: makes them in a migrated database, and counts afterwards what was stored for them.

python -m tests.bench.storm make 500 10         prints who they are (JSON), each with a session of her own
python -m tests.bench.storm count 2026-11-23    prints {"stored": [ids of KPIs], "doubled": …}
"""

import json
import sys
from typing import Any

import django
from django.conf import settings

COMPANY = "Storm and Partners"
WEEKS_BEFORE = 8


def make(people: int, kpis: int) -> dict[str, Any]:
    from django.db import transaction
    from django.utils import timezone

    from kpis.checkin.due import due_period
    from kpis.kpi.periods import WEEKLY, period_of
    from kpis.models import Kpi
    from plans.models import Plan
    from tests.factories import PlanFactory, WorkspaceFactory

    today = timezone.localdate()
    period = due_period(WEEKLY, period_of(today, WEEKLY))
    with transaction.atomic():
        workspace = WorkspaceFactory(name=COMPANY)
        plan = PlanFactory(
            workspace=workspace,
            status=Plan.Status.ACTIVE,
            starts_on=today.replace(month=1, day=1),
            ends_on=today.replace(month=12, day=31),
        )
        members = [_member(workspace, number) for number in range(people)]
        owned = Kpi.objects.bulk_create(
            Kpi(plan=plan, name=f"KPI {number}", owner=member, target=100, baseline=0, position=number)
            for member in members
            for number in range(kpis)
        )
        _past(owned, period)
    mine: dict[int, list[int]] = {}
    for kpi in owned:
        mine.setdefault(kpi.owner_id, []).append(kpi.pk)  # type: ignore[arg-type]
    return {
        "period": period.isoformat(),
        "cookie": settings.SESSION_COOKIE_NAME,
        "people": [{"session": _session(member), "kpis": mine[member.pk]} for member in members],
    }


def _member(workspace: Any, number: int) -> Any:
    from accounts.models import User
    from accounts.roles import Role
    from tests.factories import MembershipFactory

    user = User.objects.create(email=f"storm{number}@example.com", name=f"Person {number}", current_workspace=workspace)
    return MembershipFactory(workspace=workspace, role=Role.MEMBER, user=user).user


def _past(kpis: list[Any], period: Any) -> None:
    """So that what is usual is known, as it is of a KPI that is kept up."""
    import datetime as dt

    from django.utils import timezone

    from kpis.models import Reading

    Reading.objects.bulk_create(
        Reading(
            plan_id=kpi.plan_id,
            kpi=kpi,
            period=period - dt.timedelta(weeks=week),
            value=40 + week,
            entered_by_id=kpi.owner_id,
            entered_at=timezone.now() - dt.timedelta(weeks=week),
        )
        for kpi in kpis
        for week in range(1, WEEKS_BEFORE + 1)
    )


def _session(user: Any) -> str:
    from django.test import Client

    client = Client()
    client.force_login(user)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def count(period: str) -> dict[str, Any]:
    """`doubled` are versions of a reading beyond its first."""
    from kpis.models import Reading

    stored = Reading.objects.filter(plan__workspace__name=COMPANY, period=period)
    records = Reading.history.filter(id__in=stored.values("pk"))
    return {"stored": sorted(stored.values_list("kpi", flat=True)), "doubled": records.count() - stored.count()}


if __name__ == "__main__":
    django.setup()
    deed, *given = sys.argv[1:]
    found = make(*map(int, given)) if deed == "make" else count(*given)
    print(json.dumps(found))
