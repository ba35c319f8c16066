"""Plans, for programs."""

import datetime as dt
from typing import Annotated, Any

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Query, Router, Status

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
from accounts.api.problems import Problem, errors_of
from accounts.api.schemas import Day, Id, In, Out, Text, choices_of
from accounts.roles import STEERERS
from plans.plan.api_forms import save_through
from plans.plan.forms import NewPlanForm, PlanForm
from plans.plan.models import Aim, Plan
from plans.plan.services import create_plan

router = Router(tags=["plans"])

AimName = Annotated[Aim, choices_of(Aim)]
StatusName = Annotated[Plan.Status, choices_of(Plan.Status)]


class PlanOut(Out):
    id: int
    name: str
    ambition: str
    aim: AimName
    status: StatusName
    starts_on: dt.date
    ends_on: dt.date
    currency: str
    owner: int | None
    version: int
    changed_at: dt.datetime


class PlanPage(Out):
    items: list[PlanOut]
    next: str | None


class PlanIn(In):
    name: Text
    starts_on: Day
    ends_on: Day
    aim: AimName = Aim.SALES
    currency: Text | None = None
    ambition: Text = ""


class PlanChange(In):
    name: Text | None = None
    ambition: Text | None = None
    aim: AimName | None = None
    starts_on: Day | None = None
    ends_on: Day | None = None
    owner: Id | None = None
    version: Id | None = None


class PlanQuery(PageQuery):
    status: StatusName | None = None


def plan_out(plan: Plan) -> dict[str, Any]:
    return {name: getattr(plan, name) for name in PlanOut.model_fields} | {"owner": plan.owner_id}


@router.get("", response=answers(PlanPage), auth=READING)
def list_plans(request: ApiRequest, query: Annotated[PlanQuery, Query()]) -> Any:
    found = rows(request, Plan.objects.select_related("owner"))
    page = page_of(request, found.filter(status=query.status) if query.status else found, query)
    return page | {"items": [plan_out(plan) for plan in page["items"]]}


@router.get("/{int:pk}", response=answers(PlanOut), auth=READING)
def read_plan(request: ApiRequest, pk: int) -> Any:
    return plan_out(one(request, Plan.objects.select_related("owner"), pk))


@router.post("", response=answers(PlanOut, 201), auth=WRITING)
def create_plan_draft(request: ApiRequest, sent: PlanIn) -> Any:
    """A draft, with nothing in it."""
    membership = request.api_token.membership
    if membership.role not in STEERERS:
        raise PermissionDenied
    data = sent.model_dump()
    data["currency"] = data["currency"] or membership.workspace.currency
    form = NewPlanForm(data, workspace=membership.workspace, today=timezone.localdate())
    if not form.is_valid():
        raise Problem(422, _("Nothing was saved."), errors=errors_of(form))
    plan = create_plan(workspace=membership.workspace, owner=request.user, **form.cleaned_data)
    return Status(201, plan_out(plan))


@router.patch("/{int:pk}", response=answers(PlanOut), auth=WRITING)
def change_plan(request: ApiRequest, pk: int, sent: PlanChange) -> Any:
    plan = one_to_change(request, Plan.objects, pk)

    def current() -> dict[str, Any]:
        return PlanOut(**plan_out(one(request, Plan.objects, pk))).model_dump()

    check_version(request, plan, current)
    changes = sent.model_dump(exclude_unset=True)
    version = changes.pop("version", None)
    save_through(lambda data: PlanForm(data, instance=plan), changes, version=version, current=current)
    return plan_out(one(request, Plan.objects, pk))
