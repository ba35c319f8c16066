"""How a value gets in."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal

from django.db import transaction

from kpis.kpi.models import Kpi
from kpis.readings.models import Reading


@transaction.atomic
def enter_reading(
    *,
    kpi: Kpi,
    period: dt.date,
    value: Decimal | None,
    by,
    at: dt.datetime,
    inputs: Mapping[str, Decimal] | None = None,
    confidence: str = "",
    note: str = "",
    reason: str = "",
    source: str = Reading.Source.TYPED,
) -> Reading:
    """The one value of `kpi` for `period`: the first time it is added, later it is corrected and its history kept.

    Who entered it, and when, belongs to the value: a note added later does not change that. Why it was corrected
    stands in the record of the version.
    """
    reading = Reading.objects.filter(kpi=kpi, period=period).first() or Reading(kpi=kpi, period=period)
    numbers = {name: str(number) for name, number in (inputs or {}).items()}
    if reading.pk is None or (reading.value, reading.inputs) != (value, numbers):
        reading.value, reading.inputs, reading.source = value, numbers, source
        reading.entered_by, reading.entered_at = by, at
        reading._change_reason = reason or None  # type: ignore[attr-defined]
    reading.confidence, reading.note = confidence, note
    # Who enters it need not be who is signed in (kpis.reminders).
    reading._history_user = by
    reading.save()
    return reading


def lock_kpi(kpi: Kpi) -> None:
    """Let two people who enter the same KPI at once do so one after the other; until the transaction ends."""
    Kpi.objects.select_for_update().filter(pk=kpi.pk).values_list("pk").get()
