"""Objectives, for programs: read only, for they are drafted together and not by machines."""

import datetime as dt
from typing import Annotated, Any

from ninja import Query, Router

from accounts.api.door import READING, ApiRequest, PageQuery, answers, one, page_of, rows
from accounts.api.schemas import NumberOut, Out, QueryId, choices_of
from plans.objectives.models import Direction, Measure, Objective

router = Router(tags=["objectives"])

MeasureName = Annotated[Measure, choices_of(Measure)]
DirectionName = Annotated[Direction, choices_of(Direction)]


class ObjectiveOut(Out):
    id: int
    plan: int
    title: str
    description: str
    measure: MeasureName
    direction: DirectionName
    unit: str
    baseline: NumberOut | None
    target: NumberOut | None
    band_low: NumberOut | None
    band_high: NumberOut | None
    starts_on: dt.date | None
    deadline: dt.date | None
    owner: int | None
    version: int
    changed_at: dt.datetime


class ObjectivePage(Out):
    items: list[ObjectiveOut]
    next: str | None


class ObjectiveQuery(PageQuery):
    plan: QueryId | None = None


LINKS = {"plan": "plan_id", "owner": "owner_id"}


def objective_out(objective: Objective) -> dict[str, Any]:
    return {name: getattr(objective, LINKS.get(name, name)) for name in ObjectiveOut.model_fields}


@router.get("", response=answers(ObjectivePage), auth=READING)
def list_objectives(request: ApiRequest, query: Annotated[ObjectiveQuery, Query()]) -> Any:
    found = rows(request, Objective.objects)
    page = page_of(request, found.filter(plan=query.plan) if query.plan else found, query)
    return page | {"items": [objective_out(objective) for objective in page["items"]]}


@router.get("/{int:pk}", response=answers(ObjectiveOut), auth=READING)
def read_objective(request: ApiRequest, pk: int) -> Any:
    return objective_out(one(request, Objective.objects, pk))
