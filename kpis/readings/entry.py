"""A value on its way in, the same from the check-in and from the KPI's own page."""

import datetime as dt

from django.utils import timezone

from kpis.kpi.models import Kpi
from kpis.locks.locked import locked_of
from kpis.readings.forms import ReadingForm
from kpis.readings.models import Reading
from kpis.readings.services import lock_kpi, reading_of, write_reading
from kpis.readings.standing import standing_of

#: How far back "usual" looks: a year of weeks.
PAST = 52


def open_entry(kpi: Kpi, period: dt.date, *, today: dt.date, data=None) -> ReadingForm:
    """The form for one KPI and period; with `data` inside a transaction, where nobody else enters it meanwhile."""
    if data is None:
        refused = locked_of(kpi.plan, today).why(kpi, period)
        return ReadingForm(kpi=kpi, period=period, today=today, reading=reading_of.first(kpi, period), refused=refused)
    lock_kpi(kpi)
    standing = standing_of(kpi, period, timezone.now())
    before = [value for day, value in standing.values.items() if day < period][-PAST:]
    locked = locked_of(kpi.plan, today)
    form = ReadingForm(
        data,
        kpi=kpi,
        period=period,
        today=today,
        reading=standing.reading,
        past=[value for value in before if value is not None],
        settled=standing.settled,
        refused=locked.why(kpi, period),
    )
    form.standing, form.locked = standing, locked
    return form


def save_entry(form: ReadingForm, *, by, at: dt.datetime) -> Reading:
    """Store what a valid form holds, in the transaction it was opened in; sent twice it changes nothing."""
    reading = form.reading or Reading(kpi=form.kpi, period=form.period)
    reading.found_locked = form.locked
    return write_reading(
        reading,
        kpi=form.kpi,
        value=form.amount,
        inputs=form.inputs,
        confidence=form.cleaned_data["confidence"],
        note=form.cleaned_data["note"],
        reason=form.cleaned_data["reason"] if form.corrects else "",
        by=by,
        at=at,
    )
