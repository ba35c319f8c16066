import datetime as dt
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, QuerySet

from plans.goalposts.queries import is_moved
from plans.objectives.models import Objective
from plans.objectives.progress import pace_share
from plans.objectives.wording import change_in_words, figures_in_words, warnings_of, way_in_words
from plans.plan.models import Plan


def objectives_of(plan: Plan, today: dt.date) -> list[Objective]:
    """The plan's objectives in their order, each with its figures in words and how much of its time is over."""
    # Counting forgets the model's own order.
    objectives = list(with_counts(Objective.objects.in_plan(plan)).order_by("position", "pk"))
    for objective in objectives:
        _describe(objective, plan, today)
    return objectives


def objective_of(plan: Plan, pk: int, today: dt.date) -> Objective:
    objective = with_counts(Objective.objects.in_plan(plan).annotate(is_moved=is_moved(Objective))).get(pk=pk)
    _describe(objective, plan, today)
    return objective


def with_counts(objectives: QuerySet) -> QuerySet:
    return objectives.select_related("owner", "segment").annotate(
        action_count=Count("actions", distinct=True),
        kpi_count=Count("kpis", distinct=True),
        milestone_count=Count("milestones", distinct=True),
        reached_count=Count("milestones", distinct=True, filter=Q(milestones__done_on__isnull=False)),
    )


def _describe(objective: Any, plan: Plan, today: dt.date) -> None:
    objective.words = figures_in_words(objective)
    objective.way_words = way_in_words(objective)
    objective.change = change_in_words(objective)
    objective.warnings = warnings_of(objective, plan)
    objective.pace = pace_of(objective, plan, today)


def pace_of(objective: Objective, plan: Plan, today: dt.date) -> Decimal | None:
    """How much of the objective's time is over; it starts with the plan unless it says otherwise."""
    if not objective.deadline:
        return None
    return pace_share(objective.starts_on or plan.starts_on, objective.deadline, today)


def neighbours(objective: Objective) -> tuple[list[int], int]:
    """The ids of the plan's objectives in their order, and where this one stands among them."""
    ids = list(objective.siblings().values_list("pk", flat=True))
    return ids, ids.index(objective.pk)


def milestones_of(objective: Objective, today: dt.date) -> list[Any]:
    """Each knows whether it is late."""
    milestones: list[Any] = list(objective.milestones.all())
    for milestone in milestones:
        milestone.is_late = bool(milestone.due_on and milestone.due_on < today and not milestone.done_on)
    return milestones
