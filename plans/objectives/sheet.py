"""An objective's own page, drawn again after each change made on it."""

from dataclasses import dataclass
from functools import partial

from django.urls import reverse
from django.utils import timezone

from plans.items.section import Section
from plans.objectives.queries import milestones_of, neighbours, objective_of
from plans.objectives.way import way_of
from plans.plan.models import Plan
from salesplan.lib.htmx import HtmxHttpRequest


@dataclass(frozen=True)
class ObjectiveSheet(Section):
    objective_id: int = 0

    def url(self, plan: Plan) -> str:
        return reverse(self.url_name, args=[self.objective_id])


def sheet_of(objective_id: int) -> ObjectiveSheet:
    return ObjectiveSheet(
        "plans:objective_detail",
        "plans/objectives/objective_detail.html",
        "objective-sheet",
        partial(_context, objective_id=objective_id),
        objective_id=objective_id,
    )


def _context(request: HtmxHttpRequest, plan: Plan, *, objective_id: int) -> dict:
    today = timezone.localdate()
    objective = objective_of(plan, objective_id, today)
    ids, index = neighbours(objective)
    return {
        "objective": objective,
        "way": way_of(objective, plan, today),
        "milestones": milestones_of(objective, today),
        "actions": objective.actions.select_related("role__holder", "person"),
        "kpi_names": list(objective.kpis.values_list("name", flat=True)),
        "place": index + 1,
        "total": len(ids),
        "previous": ids[index - 1] if index else None,
        "following": ids[index + 1] if index + 1 < len(ids) else None,
        "today": today,
        "history_url": reverse("plans:objective_history", args=[objective_id]),
    }
