"""A value on its way in, the same from the check-in and from the KPI's own page."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from kpis.kpi.corrections import settled_value
from kpis.kpi.models import Kpi
from kpis.locks.locked import why_locked
from kpis.readings.forms import ReadingForm
from kpis.readings.models import Reading
from kpis.readings.services import enter_reading, lock_kpi, reading_of
from salesplan.lib.prepared import prepared

#: How far back "usual" looks: a year of weeks.
PAST = 52


def open_entry(kpi: Kpi, period: dt.date, *, today: dt.date, data=None) -> ReadingForm:
    """The form for one KPI and period; with `data` inside a transaction, where nobody else enters it meanwhile."""
    if data is not None:
        lock_kpi(kpi)
    reading = reading_of.first(kpi, period)
    past: list[Decimal] = []
    settled = None
    if data is not None:
        past = [value for value in _values_before(kpi, period) if value is not None][::-1]
        settled = settled_value(kpi, period, reading=reading, now=timezone.now())
    refused = why_locked(kpi, period, today=today)
    return ReadingForm(
        data, kpi=kpi, period=period, today=today, reading=reading, past=past, settled=settled, refused=refused
    )


@prepared
def _values_before(kpi: Any, period: dt.date) -> QuerySet:
    before = Reading.objects.filter(kpi=kpi, period__lt=period)
    return before.order_by("-period").values_list("value", flat=True)[:PAST]


def save_entry(form: ReadingForm, *, by, at: dt.datetime) -> Reading:
    """Store what a valid form holds; sent twice it changes nothing."""
    return enter_reading(
        kpi=form.kpi,
        period=form.period,
        value=form.amount,
        inputs=form.inputs,
        confidence=form.cleaned_data["confidence"],
        note=form.cleaned_data["note"],
        reason=form.cleaned_data["reason"] if form.corrects else "",
        by=by,
        at=at,
    )
