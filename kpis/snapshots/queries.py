import datetime as dt

from django.db.models import QuerySet
from django.utils import timezone

from kpis.snapshots.building import state_from
from kpis.snapshots.keeping import from_json
from kpis.snapshots.models import Snapshot
from kpis.snapshots.rows import rows_at, rows_now
from kpis.snapshots.state import PlanState
from plans.plan.models import Plan


def state_of(plan: Plan, at: dt.datetime | None = None) -> PlanState | None:
    """The plan as it is, or as it was known at a moment; None before it was made. Two queries, whatever it holds.

    `plan` comes with its workspace.
    """
    rows = rows_now(plan) if at is None else rows_at(plan, at)
    return state_from(rows, plan, at or timezone.now())


def state_in(snapshot: Snapshot) -> PlanState:
    return from_json(snapshot.state, written_as=snapshot.format)


def snapshots_of(plan: Plan) -> QuerySet[Snapshot]:
    """Newest first, without what they hold: that may be long."""
    return Snapshot.objects.filter(plan=plan).select_related("taken_by").defer("state")
