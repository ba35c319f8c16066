"""All the overview of a plan speaks of, read in eight queries however much there is."""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

from kpis.dashboard.weeks import LogRow
from kpis.kpi.attention import attention_from as kpi_problems
from kpis.kpi.attention import kpi_attention
from kpis.kpi.computing import Values
from kpis.kpi.lateness import is_skipped, late_attention, late_from
from kpis.kpi.models import Kpi
from kpis.kpi.progress import KpiProgress, measure, values_by_kpi
from plans.actions.attention import action_attention
from plans.actions.attention import attention_from as action_problems
from plans.actions.health_keeping import keep_health_current
from plans.actions.models import Action
from plans.actions.overload import overload_attention, overloads_in
from plans.actions.standing import ActionFacts, ObjectiveFacts, standing
from plans.budget.attention import budget_problems
from plans.budget.attention import problems_in as problems_in_budget
from plans.budget.queries import BudgetFigures, budget_figures
from plans.goalposts.queries import is_moved
from plans.plan.attention import Attention, Source, needs_attention
from plans.plan.models import Plan

#: Where nobody chose tiles, this many KPIs are shown as such.
TILES = 4


@dataclass(frozen=True)
class Facts:
    plan: Plan
    today: dt.date
    kpis: list[KpiProgress]
    #: The KPIs shown as tiles; the first of them is the one the page draws large.
    tiles: list[KpiProgress]
    #: Every value of the first tile.
    main_values: Values
    budget: BudgetFigures
    objectives: list[ObjectiveFacts]
    attention: list[Attention]
    log: list[LogRow]

    @cached_property
    def actions(self) -> list[ActionFacts]:
        """Those that are meant to be done."""
        every = (action for objective in self.objectives for action in objective.actions)
        return [action for action in every if action.status != Action.Status.CANCELLED]


def facts_of(plan: Plan, today: dt.date) -> Facts:
    keep_health_current(plan, today)
    rows = Kpi.objects.in_plan(plan).select_related("owner", "objective")
    kpis = list(rows.annotate(is_moved=is_moved(Kpi), is_skipped=is_skipped(plan, today)))
    for kpi in kpis:
        kpi.plan = plan
    tiles = [kpi for kpi in kpis if kpi.on_dashboard] or kpis[:TILES]
    values = values_by_kpi(kpis, today, whole=[kpi.pk for kpi in tiles[:1]])
    progress = {kpi.pk: measure(kpi, values.get(kpi.pk, {}), today) for kpi in kpis}
    budget, objectives = budget_figures(plan), standing(plan)
    return Facts(
        plan=plan,
        today=today,
        kpis=list(progress.values()),
        tiles=[progress[kpi.pk] for kpi in tiles],
        main_values=values.get(tiles[0].pk, {}) if tiles else {},
        budget=budget,
        objectives=objectives,
        attention=_attention(plan, today, list(progress.values()), budget, objectives),
        log=action_log(plan),
    )


def _attention(
    plan: Plan, today: dt.date, kpis: list[KpiProgress], budget: BudgetFigures, objectives: list[ObjectiveFacts]
) -> list[Attention]:
    """Nobody can mend anything in a plan that is closed."""
    if not plan.is_open:
        return []
    known: dict[Source, list[Attention]] = {
        kpi_attention: kpi_problems(kpis),
        late_attention: late_from(kpis, plan, today),
        action_attention: action_problems(objectives, plan, today),
        overload_attention: overloads_in(objectives, plan, today),
        budget_problems: problems_in_budget(budget, plan),
    }
    return needs_attention(plan, today, known)


def action_log(plan: Plan) -> list[LogRow]:
    """Every change of an action of the plan, in the order they were made."""
    changes = Action.history.filter(plan_id=plan.pk).order_by("history_date", "history_id")
    return list(changes.values_list("id", "status", "deadline", "history_date", "history_type"))
