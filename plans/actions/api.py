"""Actions, for programs."""

import datetime as dt
from typing import Annotated, Any

from django.core.exceptions import PermissionDenied
from ninja import Query, Router, Status
from pydantic import Field

from accounts.api.door import (
    READING,
    WRITING,
    ApiRequest,
    PageQuery,
    answers,
    check_version,
    one,
    one_to_change,
    page_of,
    rows,
)
from accounts.api.schemas import Day, Id, In, Number, NumberOut, Out, QueryId, Text, choices_of
from plans.actions.forms import ActionForm, responsible_value
from plans.actions.models import Action
from plans.items.bin import bin_item
from plans.objectives.models import Objective
from plans.plan.api_forms import save_through
from plans.plan.models import Plan

router = Router(tags=["actions"])

StatusName = Annotated[Action.Status, choices_of(Action.Status)]
KindName = Annotated[Action.Kind, choices_of(Action.Kind)]
PriorityName = Annotated[Action.Priority, choices_of(Action.Priority)]

RESPONSIBLE = Field(None, description="“role-7” for whoever holds the role 7, “person-3” for a person, or null.")


class ActionOut(Out):
    id: int
    plan: int
    objective: int
    title: str
    description: str
    kind: str
    responsible: str | None = RESPONSIBLE
    responsible_name: str
    supporters: list[int]
    waits_for: list[int]
    starts_on: dt.date | None
    deadline: dt.date | None
    status: StatusName
    done_on: dt.date | None
    health: str
    priority: int
    effort: NumberOut | None
    expected_return: NumberOut | None
    version: int
    changed_at: dt.datetime


class ActionPage(Out):
    items: list[ActionOut]
    next: str | None


class ActionChange(In):
    title: Text | None = None
    objective: Id | None = None
    description: Text | None = None
    kind: KindName | None = None
    responsible: Text | None = RESPONSIBLE
    supporters: list[Id] | None = Field(None, max_length=100, description="Ids of roles.")
    waits_for: list[Id] | None = Field(None, max_length=100, description="Ids of actions of the same plan.")
    starts_on: Day | None = None
    deadline: Day | None = None
    status: StatusName | None = None
    priority: PriorityName | None = None
    effort: Number | None = Field(None, description="Hours still to be worked, by the quarter.")
    expected_return: Number | None = None
    version: Id | None = None


class ActionIn(In):
    objective: Id
    title: Text
    description: Text = ""
    kind: KindName | None = None
    responsible: Text | None = RESPONSIBLE
    supporters: list[Id] = Field([], max_length=100)
    waits_for: list[Id] = Field([], max_length=100)
    starts_on: Day | None = None
    deadline: Day | None = None
    status: StatusName = Action.Status.NOT_STARTED
    priority: PriorityName = Action.Priority.NORMAL
    effort: Number | None = None
    expected_return: Number | None = None


class ActionQuery(PageQuery):
    plan: QueryId | None = None
    objective: QueryId | None = None
    status: StatusName | None = None


LINKS = {"plan": "plan_id", "objective": "objective_id"}
PLAIN = [name for name in ActionOut.model_fields if not name.startswith("responsible") and name not in LINKS]


def action_out(action: Action) -> dict[str, Any]:
    many = {name: [row.pk for row in getattr(action, name).all()] for name in ("supporters", "waits_for")}
    plain = {name: getattr(action, name) for name in PLAIN if name not in many}
    who = {"responsible": responsible_value(action) or None, "responsible_name": action.responsible}
    return plain | {name: getattr(action, link) for name, link in LINKS.items()} | many | who


def _whole() -> Any:
    return Action.objects.select_related("role__holder", "person").prefetch_related("supporters", "waits_for")


def _read(request: ApiRequest, pk: int) -> dict[str, Any]:
    return action_out(one(request, _whole(), pk))


@router.get("", response=answers(ActionPage), auth=READING)
def list_actions(request: ApiRequest, query: Annotated[ActionQuery, Query()]) -> Any:
    asked = query.model_dump(include={"plan", "objective", "status"}, exclude_none=True)
    page = page_of(request, rows(request, _whole()).filter(**asked), query)
    return page | {"items": [action_out(action) for action in page["items"]]}


@router.get("/{int:pk}", response=answers(ActionOut), auth=READING)
def read_action(request: ApiRequest, pk: int) -> Any:
    return _read(request, pk)


@router.post("", response=answers(ActionOut, 201), auth=WRITING)
def create_action(request: ApiRequest, sent: ActionIn) -> Any:
    """At the end of its objective."""
    objective = one(request, Objective.objects.select_related("plan"), sent.objective)
    plan = one(request, Plan.objects, objective.plan_id)
    if not plan.lets(plan.my_role, Action):
        raise PermissionDenied
    action = save_through(lambda data: ActionForm(data, plan=plan, parent=objective), sent.model_dump())
    return Status(201, _read(request, action.pk))


@router.patch("/{int:pk}", response=answers(ActionOut), auth=WRITING)
def change_action(request: ApiRequest, pk: int, sent: ActionChange) -> Any:
    """Only what is sent is changed; who is told of it is told as if it had been done on a page."""
    action = one_to_change(request, Action.objects.select_related("plan", "objective"), pk)

    def current() -> dict[str, Any]:
        return ActionOut(**_read(request, pk)).model_dump()

    check_version(request, action, current)
    changes = sent.model_dump(exclude_unset=True)
    version = changes.pop("version", None)
    save_through(
        lambda data: ActionForm(data, plan=action.plan, instance=action), changes, version=version, current=current
    )
    return _read(request, pk)


@router.delete("/{int:pk}", response=answers(None, 204), auth=WRITING)
def delete_action(request: ApiRequest, pk: int) -> Any:
    """Into the bin, from which it can be brought back for 30 days."""
    action = one_to_change(request, Action.objects, pk)
    check_version(request, action, lambda: ActionOut(**_read(request, pk)).model_dump())
    bin_item(action, by=request.user, url=action.get_absolute_url())
    return Status(204, None)
