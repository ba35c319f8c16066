"""Who has not entered the KPIs of the last check-in two working days after it."""

from dataclasses import dataclass

from django.db.models import Count

from kpis.checkin.due import missing_of
from kpis.kpi.models import Kpi
from kpis.kpi.periods import WEEKLY, period_label
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

    @property
    def week(self) -> str:
        return period_label(self.checkin.week, WEEKLY)


def late_in(plan: Plan) -> LatePeople:
    """In a plan that is carried out, those with most missing first: one query."""
    checkin = late_checkin(plan.workspace, plan.workspace.today)
    missing = missing_of(Kpi.objects.in_plan(plan).owed(), checkin.week)
    rows = missing.order_by().values_list("owner", "owner__name", "owner__email").annotate(count=Count("pk"))
    people = [Late(name or email, count) for _owner, name, email, count in rows]
    return LatePeople(checkin, sorted(people, key=lambda one: (-one.count, one.name)))
