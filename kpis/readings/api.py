"""Readings, for programs: one by one, or up to five hundred of which all are saved or none."""

import datetime as dt
from typing import Annotated, Any

from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Query, Router, Status
from pydantic import Field

from accounts.api.door import (
    ENTERING,
    READING,
    ApiRequest,
    PageQuery,
    answers,
    check_version,
    here,
    one,
    page_of,
    rows,
)
from accounts.api.problems import Problem, error, errors_of
from accounts.api.schemas import Day, Flag, Id, In, Number, NumberOut, Out, QueryId, Text, choices_of
from kpis.kpi.access import get_reportable
from kpis.kpi.models import Kpi
from kpis.kpi.periods import period_of
from kpis.readings.entry import open_entry, save_entry
from kpis.readings.forms import INPUT_PREFIX, ReadingForm
from kpis.readings.models import Reading
from plans.items.bin import bin_item
from plans.plan.api_forms import clash

router = Router(tags=["readings"])

ConfidenceName = Annotated[Reading.Confidence, choices_of(Reading.Confidence)]

MOST_AT_ONCE = 500


class ReadingOut(Out):
    id: int
    kpi: int
    plan: int
    period: dt.date = Field(description="First day of the week, month or quarter.")
    value: NumberOut | None = Field(description="Null where what was entered would have to be divided by zero.")
    inputs: dict[str, str] = Field(description="What a formula was given, by name.")
    confidence: str
    note: str
    entered_by: int | None
    entered_at: dt.datetime
    version: int
    changed_at: dt.datetime


class ReadingPage(Out):
    items: list[ReadingOut]
    next: str | None


class ReadingList(Out):
    items: list[ReadingOut]


class ReadingChange(In):
    value: Number | None = None
    inputs: dict[str, Number | None] = Field({}, description="Instead of a value, where a formula computes it.")
    confidence: ConfidenceName | None = None
    note: Text | None = None
    unit: Text | None = Field(None, description="When sent, it must be the unit of the KPI.")
    confirm: Flag = Field(False, description="Yes, it is meant: a value far from the usual ones is saved.")
    reason: Text | None = Field(None, description="Why a value that has settled is corrected. It stands beside it.")
    version: Id | None = Field(None, description="Of the reading one corrects.")


class ReadingIn(ReadingChange):
    kpi: Id
    period: Day = Field(description="Any day of the week, month or quarter it is about.")


class ReadingsIn(In):
    readings: list[ReadingIn] = Field(min_length=1, max_length=MOST_AT_ONCE)


class ReadingQuery(PageQuery):
    plan: QueryId | None = None
    kpi: QueryId | None = None
    period_from: Day | None = None
    period_to: Day | None = None


FILTERS = {"plan": "plan", "kpi": "kpi", "period_from": "period__gte", "period_to": "period__lte"}
LINKS = {"plan": "plan_id", "kpi": "kpi_id", "entered_by": "entered_by_id"}


def reading_out(reading: Reading) -> dict[str, Any]:
    return {name: getattr(reading, LINKS.get(name, name)) for name in ReadingOut.model_fields}


@router.get("", response=answers(ReadingPage), auth=READING)
def list_readings(request: ApiRequest, query: Annotated[ReadingQuery, Query()]) -> Any:
    asked = query.model_dump(include=set(FILTERS), exclude_none=True)
    found = rows(request, Reading.objects).filter(**{FILTERS[name]: value for name, value in asked.items()})
    page = page_of(request, found, query)
    return page | {"items": [reading_out(reading) for reading in page["items"]]}


@router.get("/{int:pk}", response=answers(ReadingOut), auth=READING)
def read_reading(request: ApiRequest, pk: int) -> Any:
    return reading_out(one(request, Reading.objects, pk))


@router.post("", response=answers(ReadingOut, 201), auth=ENTERING)
def enter_reading(request: ApiRequest, sent: ReadingIn) -> Any:
    """The value of a period. Where another one stands already it is corrected when `version` names that one, and
    answered 409 otherwise; the same value sent again changes nothing."""
    return Status(201, reading_out(_entered(request, sent, {})))


@router.post("/bulk", response=answers(ReadingList), auth=ENTERING)
def enter_readings(request: ApiRequest, sent: ReadingsIn) -> Any:
    """All or none: when one is refused nothing is saved, and each error names its place, as readings.3.value."""
    kpis: dict[int, Kpi] = {}
    entered, problems = [], []
    for place, reading in enumerate(sent.readings):
        try:
            entered.append(reading_out(_entered(request, reading, kpis)))
        except Problem as problem:
            problems.append((place, problem))
    if problems:
        raise _together(problems)
    return {"items": entered}


@router.patch("/{int:pk}", response=answers(ReadingOut), auth=ENTERING)
def correct_reading(request: ApiRequest, pk: int, sent: ReadingChange) -> Any:
    """What it was stays in its history. Only what is sent is changed."""
    reading = one(request, Reading.objects, pk)
    kpi = get_reportable(request.user, pk=reading.kpi_id, **here(request, Kpi))
    form = _form(kpi, reading.period, sent, version=sent.version or reading.version, keep=True)
    check_version(request, form.reading or reading, lambda: _current(form))
    return reading_out(_save(request, form))


@router.delete("/{int:pk}", response=answers(None, 204), auth=ENTERING)
def delete_reading(request: ApiRequest, pk: int) -> Any:
    """Into the bin, from which it can be brought back for 30 days."""
    reading = one(request, Reading.objects, pk)
    kpi = get_reportable(request.user, pk=reading.kpi_id, **here(request, Kpi))
    check_version(request, reading, lambda: ReadingOut(**reading_out(reading)).model_dump())
    bin_item(reading, by=request.user, url=kpi.get_absolute_url())
    return Status(204, None)


def _entered(request: ApiRequest, sent: ReadingIn, known: dict[int, Kpi]) -> Reading:
    """`known` are the KPIs looked up before: many readings are mostly of few."""
    if sent.kpi not in known:
        known[sent.kpi] = get_reportable(request.user, pk=sent.kpi, **here(request, Kpi))
    kpi = known[sent.kpi]
    return _save(request, _form(kpi, period_of(sent.period, kpi.rhythm), sent, version=sent.version))


def _form(kpi: Kpi, period: dt.date, sent: ReadingChange, *, version: int | None, keep: bool = False) -> ReadingForm:
    """The form of the page, filled in; `keep` takes what is not sent from the reading that is there."""
    if sent.unit is not None and sent.unit != kpi.unit:
        message = _("This KPI is measured in “%(unit)s”.") % {"unit": kpi.unit}
        raise Problem(422, message, errors=[error("unit", "unit", message)])
    data: dict[str, Any] = {"version": version, "confidence": sent.confidence, "note": sent.note}
    data |= {"reason": sent.reason}
    data |= {INPUT_PREFIX + name: number for name, number in sent.inputs.items()} | {"value": sent.value}
    if keep or sent.inputs:
        shown = open_entry(kpi, period, today=timezone.localdate())
        _check_inputs(sent, shown)
        data |= _kept(sent, shown) if keep else {}
    if sent.confirm:
        bound = open_entry(kpi, period, today=timezone.localdate(), data=data)
        bound.is_valid()
        data["keep"] = str(bound.amount)
    return open_entry(kpi, period, today=timezone.localdate(), data=data)


def _kept(sent: ReadingChange, shown: ReadingForm) -> dict[str, Any]:
    """What stands there and is not sent."""
    wanted = {INPUT_PREFIX + name for name in sent.inputs} | sent.model_fields_set | {"version"}
    return {name: value for name, value in shown.initial.items() if name not in wanted}


def _check_inputs(sent: ReadingChange, shown: ReadingForm) -> None:
    unknown = [name for name in sent.inputs if INPUT_PREFIX + name not in shown.fields]
    if unknown:
        errors = [error(f"inputs.{name}", "unknown", _("The formula has no such number.")) for name in unknown]
        raise Problem(422, _("Nothing was saved."), errors=errors)


def _save(request: ApiRequest, form: ReadingForm) -> Reading:
    if form.is_valid():
        return save_entry(form, by=request.user, at=timezone.now())
    if form.conflict:
        raise clash(form.conflict, form, _current(form))
    raise Problem(422, form.doubt_words or _("Nothing was saved."), errors=_errors(form))


def _current(form: ReadingForm) -> dict[str, Any]:
    return ReadingOut(**reading_out(form.reading)).model_dump() if form.reading else {}


def _errors(form: ReadingForm) -> list[dict[str, str]]:
    if form.doubt:
        return [
            error("value", "doubt", _("%(why)s Send it with “confirm” when it is meant.") % {"why": form.doubt_words})
        ]
    if form.asks_reason:
        return [error("reason", "reason", _("This value has settled: say why it is corrected."))]
    places = {"period": "period", "locked": "period", "required": "value"}
    found = errors_of(form)
    for each in found:
        each["field"] = each["field"].replace(INPUT_PREFIX, "inputs.") or places.get(each["code"], "value")
    return found


def _together(problems: list[tuple[int, Problem]]) -> Problem:
    """One problem that says them all, by their lines."""
    errors = []
    for place, problem in problems:
        own = problem.errors or [error("", "conflict", problem.detail)]
        errors += [{**each, "field": f"readings.{place}.{each['field']}".rstrip(".")} for each in own]
    statuses = {problem.status for _place, problem in problems}
    return Problem(statuses.pop() if len(statuses) == 1 else 422, _("Nothing was saved."), errors=errors)
