"""Which objective a point of the agenda is about: an action that comes of it serves that one."""

from kpis.kpi.models import Kpi
from kpis.reviews.models import Decision
from plans.actions.models import Action
from plans.objectives.models import Objective
from plans.plan.models import Plan


def objective_served(decision: Decision, plan: Plan) -> int | None:
    """Its id; None where the point is about no objective, or about one that is gone."""
    item = decision.item
    kind, _dash, pk = item.key.partition("-")
    if kind == "move":
        kind, pk = item.facts["kind"].rpartition(".")[2], str(item.facts["row"])
    rows = {
        "objective": Objective.objects.in_plan(plan).values_list("pk", flat=True),
        "kpi": Kpi.objects.in_plan(plan).values_list("objective", flat=True),
        "action": Action.objects.in_plan(plan).values_list("objective", flat=True),
    }
    return rows[kind].filter(pk=pk).first() if kind in rows else None
