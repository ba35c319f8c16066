"""KPIs, for programs."""

import datetime as dt
from typing import Annotated, Any

from django.core.exceptions import PermissionDenied
from django.utils import timezone
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
from accounts.api.schemas import Day, Flag, Id, In, Number, NumberOut, Out, QueryId, Text, choices_of
from kpis.kpi.forms import KpiForm
from kpis.kpi.models import Kpi
from kpis.kpi.names import names_in
from kpis.kpi.progress import pace_of, values_by_kpi
from plans.items.bin import bin_item
from plans.objectives.models import Direction
from plans.plan.api_forms import save_through
from plans.plan.models import Plan

router = Router(tags=["KPIs"])

FormulaName = Annotated[Kpi.Formula, choices_of(Kpi.Formula)]
MeasureName = Annotated[Kpi.Measure, choices_of(Kpi.Measure)]
RhythmName = Annotated[Kpi.Rhythm, choices_of(Kpi.Rhythm)]
DirectionName = Annotated[Direction, choices_of(Direction)]

EXPRESSION = "For a KPI computed from others, with their names: [Revenue] / [Orders] * 100"


class KpiOut(Out):
    id: int
    plan: int
    name: str
    description: str
    formula: str
    upper: str
    lower: str
    expression: str = Field(description=EXPRESSION)
    unit: str
    measure: MeasureName
    rhythm: RhythmName
    direction: DirectionName
    baseline: NumberOut | None
    target: NumberOut | None
    band_low: NumberOut | None
    band_high: NumberOut | None
    starts_on: dt.date | None
    deadline: dt.date | None
    owner: int | None
    objective: int | None
    actions: list[int]
    on_dashboard: bool
    status: str = Field(description="on_track, at_risk, off_track or no_data, as computed today.")
    actual: NumberOut | None
    version: int
    changed_at: dt.datetime


class KpiPage(Out):
    items: list[KpiOut]
    next: str | None


class KpiChange(In):
    name: Text | None = None
    description: Text | None = None
    formula: FormulaName | None = None
    upper: Text | None = None
    lower: Text | None = None
    expression: Text | None = Field(None, description=EXPRESSION)
    unit: Text | None = None
    measure: MeasureName | None = None
    rhythm: RhythmName | None = None
    direction: DirectionName | None = None
    baseline: Number | None = None
    target: Number | None = None
    band_low: Number | None = None
    band_high: Number | None = None
    starts_on: Day | None = None
    deadline: Day | None = None
    owner: Id | None = None
    objective: Id | None = None
    actions: list[Id] | None = Field(None, max_length=500)
    on_dashboard: Flag | None = None
    moved_because: Text | None = Field(
        None, description="Why a target, baseline, band or day changes, when the plan is approved."
    )
    same_unit: Flag = Field(False, description="With another unit: the values stay, it is the same in other words.")
    version: Id | None = None


class KpiIn(In):
    plan: Id
    name: Text
    description: Text = ""
    formula: FormulaName = Kpi.Formula.NONE
    upper: Text = ""
    lower: Text = ""
    expression: Text = Field("", description=EXPRESSION)
    unit: Text = ""
    measure: MeasureName = Kpi.Measure.LEVEL
    rhythm: RhythmName = Kpi.Rhythm.WEEKLY
    direction: DirectionName = Direction.MORE
    baseline: Number | None = None
    target: Number | None = None
    band_low: Number | None = None
    band_high: Number | None = None
    starts_on: Day | None = None
    deadline: Day | None = None
    owner: Id | None = None
    objective: Id | None = None
    actions: list[Id] = Field([], max_length=500)
    on_dashboard: Flag = False


class KpiQuery(PageQuery):
    plan: QueryId | None = None


LINKS = {"plan": "plan_id", "owner": "owner_id", "objective": "objective_id"}
PLAIN = [name for name in KpiOut.model_fields if name not in {"actions", "status", "actual", "expression"}]


def kpis_out(kpis: list[Kpi]) -> list[dict[str, Any]]:
    """With how they stand today: one more query for all of them."""
    today = timezone.localdate()
    values = values_by_kpi(kpis, today)
    return [_out(kpi, values.get(kpi.pk, {}), today) for kpi in kpis]


def _out(kpi: Kpi, values: Any, today: dt.date) -> dict[str, Any]:
    pace = pace_of(kpi, values, today)
    plain = {name: getattr(kpi, LINKS.get(name, name)) for name in PLAIN}
    actual = None if pace.actual is None else round(pace.actual, 4)
    written = names_in(kpi.plan_id, kpi.plan.changed_at).written(kpi.expression) if kpi.expression else ""
    actions = [row.pk for row in kpi.actions.all()]
    return plain | {"actions": actions, "status": pace.status, "actual": actual, "expression": written}


def _whole() -> Any:
    return Kpi.objects.select_related("plan").prefetch_related("actions")


def _read(request: ApiRequest, pk: int) -> dict[str, Any]:
    return kpis_out([one(request, _whole(), pk)])[0]


@router.get("", response=answers(KpiPage), auth=READING)
def list_kpis(request: ApiRequest, query: Annotated[KpiQuery, Query()]) -> Any:
    found = rows(request, _whole())
    page = page_of(request, found.filter(plan=query.plan) if query.plan else found, query)
    return page | {"items": kpis_out(page["items"])}


@router.get("/{int:pk}", response=answers(KpiOut), auth=READING)
def read_kpi(request: ApiRequest, pk: int) -> Any:
    return _read(request, pk)


@router.post("", response=answers(KpiOut, 201), auth=WRITING)
def create_kpi(request: ApiRequest, sent: KpiIn) -> Any:
    plan = one(request, Plan.objects, sent.plan)
    if not plan.lets(plan.my_role, Kpi):
        raise PermissionDenied
    kpi = save_through(lambda data: KpiForm(data, plan=plan), sent.model_dump(exclude={"plan"}))
    return Status(201, _read(request, kpi.pk))


@router.patch("/{int:pk}", response=answers(KpiOut), auth=WRITING)
def change_kpi(request: ApiRequest, pk: int, sent: KpiChange) -> Any:
    """Only what is sent is changed."""
    kpi = one_to_change(request, Kpi.objects.select_related("plan"), pk)

    def current() -> dict[str, Any]:
        return KpiOut(**_read(request, pk)).model_dump()

    check_version(request, kpi, current)
    changes = sent.model_dump(exclude_unset=True)
    version = changes.pop("version", None)
    save_through(lambda data: KpiForm(data, plan=kpi.plan, instance=kpi), changes, version=version, current=current)
    return _read(request, pk)


@router.delete("/{int:pk}", response=answers(None, 204), auth=WRITING)
def delete_kpi(request: ApiRequest, pk: int) -> Any:
    """Into the bin with all its readings, from which they can be brought back for 30 days."""
    kpi = one_to_change(request, Kpi.objects, pk)
    check_version(request, kpi, lambda: KpiOut(**_read(request, pk)).model_dump())
    bin_item(kpi, by=request.user, url=kpi.get_absolute_url())
    return Status(204, None)
