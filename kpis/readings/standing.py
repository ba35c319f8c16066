"""What stands in a period of a KPI, and around it: read at once by whoever enters a value there."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import F, QuerySet, Value

from kpis.kpi.computing import Values
from kpis.kpi.corrections import has_settled
from kpis.kpi.models import Kpi
from kpis.readings.models import Reading
from kpis.readings.services import reading_of
from salesplan.lib.prepared import prepared

READING, RECORD = 0, 1


@dataclass(frozen=True)
class Standing:
    #: Of all periods, in order of time.
    values: Values
    reading: Reading | None
    #: The value of the period that cannot be changed without a reason; one that was deleted lately counts too.
    settled: Decimal | None


def standing_of(kpi: Kpi, period: dt.date, now: dt.datetime) -> Standing:
    """One query, and another where the period has a value."""
    rows = sorted(_rows(kpi, period))
    values = {day: value for of, day, _place, value, _entered_at in rows if of == READING}
    last = rows[-1] if rows and rows[-1][0] == RECORD else None
    reading = reading_of.first(kpi, period) if period in values else None
    if reading:
        settled = reading.value if has_settled(reading.entered_at, now) else None
    else:
        settled = last[3] if last and has_settled(last[4], now) else None
    return Standing(values, reading, settled)


@prepared
def _rows(kpi: Any, period: dt.date) -> QuerySet:
    """Readings of the KPI, and the records of those that were in this period: in order by what they are and place."""
    columns = ("of", "period", "place", "value", "entered_at")
    readings = Reading.objects.filter(kpi=kpi).order_by().annotate(of=Value(READING), place=F("pk"))
    records = Reading.history.filter(kpi=kpi, period=period).order_by()
    records = records.annotate(of=Value(RECORD), place=F("history_id"))
    return readings.values_list(*columns).union(records.values_list(*columns), all=True).order_by()
