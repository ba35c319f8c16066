"""The objectives of a plan with all their actions, in one query: for pages that look at the whole."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import Case, Count, F, IntegerField, OuterRef, Subquery, When
from django.urls import reverse

from plans.actions.models import Action
from plans.actions.responsible import WHO, responsible
from plans.objectives.models import Measure, Milestone, Objective
from plans.plan.models import Plan

OBJECTIVE = ("pk", "title", "measure", "direction", "unit", "target", "band_low", "band_high", "kpi_rule")
ACTION = (
    "pk",
    "title",
    "status",
    "starts_on",
    "deadline",
    "effort",
    "health",
    "role__holder_id",
    *WHO,
)


@dataclass(frozen=True, slots=True)
class ActionFacts:
    pk: int
    title: str
    status: str
    deadline: dt.date | None
    #: Who answers for it, in words; empty when nobody does.
    who: str
    starts_on: dt.date | None = None
    effort: Decimal | None = None
    #: Who answers for it as values of WHO, and whose role it is.
    answers: dict[str, Any] = field(default_factory=dict)
    health: str = ""

    @property
    def is_open(self) -> bool:
        return self.status not in Action.CLOSED_STATUSES

    @property
    def url(self) -> str:
        return reverse("plans:action_detail", args=[self.pk])

    def is_late(self, today: dt.date) -> bool:
        return self.is_open and self.deadline is not None and self.deadline < today


@dataclass(frozen=True, slots=True)
class ObjectiveFacts:
    pk: int
    title: str
    measure: str
    direction: str
    unit: str
    target: Decimal | None
    band_low: Decimal | None
    band_high: Decimal | None
    kpi_rule: str
    owner: str
    #: How many of its milestones are reached, where it is measured by them.
    reached: int | None
    actions: list[ActionFacts] = field(default_factory=list)

    @property
    def url(self) -> str:
        return reverse("plans:objective_detail", args=[self.pk])


def standing(plan: Plan) -> list[ObjectiveFacts]:
    """In their order, each with its actions in theirs."""
    objectives: dict[int, ObjectiveFacts] = {}
    for row in _rows(plan):
        facts = objectives.get(row["pk"]) or objectives.setdefault(row["pk"], _objective(row))
        if row["actions__pk"]:
            facts.actions.append(_action(row))
    return list(objectives.values())


def _rows(plan: Plan) -> Iterator[dict[str, Any]]:
    columns = [*OBJECTIVE, *(f"actions__{name}" for name in ACTION)]
    return (
        Objective.objects.in_plan(plan)
        .annotate(owner_name=F("owner__name"), owner_email=F("owner__email"), reached=_reached_milestones())
        .order_by("position", "pk", "actions__position", "actions__pk")
        .values(*columns, "owner_name", "owner_email", "reached")
        .iterator()
    )


def _reached_milestones() -> Case:
    """Counted only for the objectives that are measured so."""
    reached = Milestone.objects.filter(objective=OuterRef("pk"), done_on__isnull=False).order_by().values("objective")
    count = Subquery(reached.annotate(number=Count("pk")).values("number"))
    return Case(When(measure=Measure.MILESTONES, then=count), output_field=IntegerField())


def _objective(row: dict[str, Any]) -> ObjectiveFacts:
    reached = row["reached"] or 0 if row["measure"] == Measure.MILESTONES else None
    owner = row["owner_name"] or row["owner_email"] or ""
    return ObjectiveFacts(owner=owner, reached=reached, **{name: row[name] for name in OBJECTIVE})


def _action(row: dict[str, Any]) -> ActionFacts:
    own = {name: row[f"actions__{name}"] for name in ACTION}
    who, _title = responsible(own)
    plain = {name: own[name] for name in ("pk", "title", "status", "starts_on", "deadline", "effort", "health")}
    return ActionFacts(**plain, who=who, answers=own)
