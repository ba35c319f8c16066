"""How a value gets in."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from kpis.kpi.models import Kpi
from kpis.readings.models import Reading
from salesplan.lib.prepared import prepared


@transaction.atomic
def enter_reading(*, kpi: Kpi, period: dt.date, **told: Any) -> Reading:
    """The one value of `kpi` for `period`: the first time it is added, later it is corrected and its history kept.

    `told` is what write_reading takes.
    """
    return write_reading(reading_of.first(kpi, period) or Reading(kpi=kpi, period=period), kpi=kpi, **told)


def write_reading(
    reading: Reading,
    *,
    kpi: Kpi,
    value: Decimal | None,
    by,
    at: dt.datetime,
    inputs: Mapping[str, Decimal] | None = None,
    confidence: str = "",
    note: str = "",
    reason: str = "",
    source: str = Reading.Source.TYPED,
) -> Reading:
    """Into the reading of its period as it stands there now, or a new one; in a transaction.

    Who entered it, and when, belongs to the value: a note added later does not change that. Why it was corrected
    stands in the record of the version. What stands there already is not written again.
    """
    reading.kpi = kpi
    numbers = {name: str(number) for name, number in (inputs or {}).items()}
    told = (value, numbers, confidence, note)
    if reading.pk and told == (reading.value, reading.inputs, reading.confidence, reading.note):
        return reading
    if reading.pk is None or (reading.value, reading.inputs) != (value, numbers):
        reading.value, reading.inputs, reading.source = value, numbers, source
        reading.entered_by, reading.entered_at = by, at
        reading._change_reason = reason or None  # type: ignore[attr-defined]
    reading.confidence, reading.note = confidence, note
    # Who enters it need not be who is signed in (kpis.reminders).
    reading._history_user = by
    reading.save()
    return reading


@prepared
def reading_of(kpi: Any, period: dt.date) -> QuerySet[Reading]:
    """The value of one period, with who entered it."""
    return Reading.objects.filter(kpi=kpi, period=period).select_related("entered_by")


def lock_kpi(kpi: Kpi) -> None:
    """Let two people who enter the same KPI at once do so one after the other; until the transaction ends."""
    if not kpi.is_held:
        _locked(kpi)


@prepared
def _locked(kpi: Any) -> QuerySet:
    return Kpi.objects.select_for_update().filter(pk=kpi).values_list("pk")
