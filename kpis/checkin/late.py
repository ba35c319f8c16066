"""Who has not entered the KPIs of the last check-in two working days after it."""

from dataclasses import dataclass

from django.db.models import Count, F, Value
from django.db.models.functions import Coalesce, NullIf

from kpis.checkin.due import missing_of
from kpis.kpi.models import Kpi
from kpis.kpi.schedule import Checkin, late_checkin
from plans.plan.models import Plan


@dataclass(frozen=True)
class Late:
    name: str
    count: int


@dataclass(frozen=True)
class LatePeople:
    checkin: Checkin
    people: list[Late]


def late_in(plan: Plan) -> LatePeople:
    """In a plan that is carried out, those with most missing first: one query."""
    checkin = late_checkin(plan.workspace, plan.workspace.today)
    name = Coalesce(NullIf("owner__name", Value("")), F("owner__email"))
    missing = missing_of(Kpi.objects.in_plan(plan).owed(), checkin.week)
    rows = missing.order_by().values_list(name).annotate(count=Count("pk"), who=F("owner"))
    return LatePeople(checkin, sorted((Late(row[0], row[1]) for row in rows), key=lambda one: (-one.count, one.name)))
