import datetime as dt

from django.db.models import Exists, OuterRef, QuerySet

from analysis.smart.facts import Facts
from analysis.swot.models import SwotItem
from kpis.kpi.models import Kpi
from kpis.kpi.progress import KpiProgress, progress_of
from plans.actions.models import Action
from plans.budget.models import Allocation
from plans.objectives.models import Milestone, Objective
from plans.plan.models import CompanyProfile, Plan


def facts_of(objective: Objective, plan: Plan, today: dt.date) -> Facts:
    """Seven queries, however much hangs from the objective."""
    budget = Exists(Allocation.objects.filter(action=OuterRef("pk"), amount__gt=0))
    actions = Action.objects.filter(objective=objective).exclude(status=Action.Status.CANCELLED)
    return Facts(
        objective=objective,
        plan=plan,
        today=today,
        profile=CompanyProfile.objects.filter(plan=plan).first(),
        kpis=measures_of(objective, plan, today),
        actions=list(actions.annotate(has_budget=budget)),
        milestones=list(Milestone.objects.filter(objective=objective)),
        answered=_points(SwotItem.objects.filter(actions__objective=objective)),
        unanswered=_points(_open_points(plan)),
    )


def measures_of(objective: Objective, plan: Plan, today: dt.date) -> list[KpiProgress]:
    """The KPIs of the objective as they stand: two queries."""
    return progress_of(Kpi.objects.filter(objective=objective).select_related("owner"), today, plan=plan)


def _open_points(plan: Plan) -> QuerySet:
    """What speaks against the plan, and neither has an action nor is accepted with a reason."""
    inner = [SwotItem.Quadrant.WEAKNESS, SwotItem.Quadrant.THREAT]
    return SwotItem.objects.filter(plan=plan, quadrant__in=inner, accepted_because="", actions__isnull=True)


def _points(items: QuerySet) -> list[str]:
    """The weightiest one."""
    return list(items.order_by("-weight", "position", "pk").values_list("text", flat=True)[:1])
