"""What the rules look at: all of a plan, read once for all of them, however much there is."""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from kpis.kpi.computing import Values
from kpis.kpi.models import Kpi
from kpis.kpi.progress import KpiProgress, measure, values_by_kpi
from kpis.skips.models import Skip
from plans.actions.loads import Loads
from plans.actions.models import Action
from plans.actions.overload import loads_in
from plans.actions.standing import ObjectiveFacts, standing
from plans.budget.models import Allocation
from plans.budget.queries import BudgetFigures, budget_figures
from plans.objectives.models import Objective
from plans.plan.models import Plan


@dataclass(frozen=True)
class KpiFacts:
    progress: KpiProgress
    #: By period, ascending: all of a total, at least the last nine of a level.
    values: Values
    #: The last period that was skipped with a reason.
    skipped: dt.date | None

    @property
    def kpi(self) -> Kpi:
        return self.progress.kpi

    @property
    def people(self) -> tuple[int, ...]:
        """Whoever owes its values, and whoever answers for what it measures."""
        of_objective = self.kpi.objective.owner_id if self.kpi.objective else None
        return tuple(dict.fromkeys(pk for pk in (self.kpi.owner_id, of_objective) if pk))


@dataclass(frozen=True)
class PlanFacts:
    plan: Plan
    #: The company's day.
    today: dt.date

    @cached_property
    def kpis(self) -> list[KpiFacts]:
        rows = Kpi.objects.in_plan(self.plan).select_related("owner", "objective").annotate(skipped=_last_skip())
        kpis = list(rows)
        for kpi in kpis:
            kpi.plan = self.plan
        values = values_by_kpi(kpis, self.today)
        return [
            KpiFacts(measure(kpi, values.get(kpi.pk, {}), self.today), values.get(kpi.pk, {}), kpi.skipped)
            for kpi in kpis
        ]

    @cached_property
    def budget(self) -> BudgetFigures:
        return budget_figures(self.plan)

    @cached_property
    def objectives(self) -> list[ObjectiveFacts]:
        return standing(self.plan)

    @cached_property
    def owners(self) -> dict[int, Any]:
        """Who answers for each objective, and by when it is due."""
        rows = Objective.objects.in_plan(self.plan).values("pk", "owner_id", "deadline")
        return {row["pk"]: row for row in rows}

    @cached_property
    def loads(self) -> Loads | None:
        return loads_in(self.objectives, self.plan, self.today)

    @cached_property
    def under_way(self) -> list[Action]:
        """The open actions somebody works on or that cost money; each knows in `is_measured` whether it has a KPI."""
        kpis = Action.kpis.through.objects.filter(action=OuterRef("pk"))
        money = Allocation.objects.filter(action=OuterRef("pk"), amount__gt=0)
        rows: QuerySet[Any] = Action.objects.in_plan(self.plan).still_open().select_related("role")
        rows = rows.annotate(is_measured=Exists(kpis), costs=Exists(money)).order_by("position", "pk")
        return [action for action in rows if action.costs or action.status != Action.Status.NOT_STARTED]


def _last_skip() -> Subquery:
    skips: QuerySet = Skip.objects.filter(kpi=OuterRef("pk")).order_by("-period")
    return Subquery(skips.values("period")[:1])
