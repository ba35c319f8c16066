"""Twelve months of figures of the example, entered by those who owe them."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal

from analysis.gallery.innovatech.figures import SERIES, values_of
from analysis.gallery.innovatech.record import at_nine
from kpis.kpi.formulas import FORMULAS
from kpis.kpi.periods import last_day, periods_between, previous_period
from kpis.models import Kpi, Reading
from kpis.readings.services import enter_reading


def fill_readings(kpis: dict[str, Kpi], *, today: dt.date) -> None:
    for key, kpi in kpis.items():
        _fill(key, kpi, today=today)


def _fill(key: str, kpi: Kpi, *, today: dt.date) -> None:
    last = previous_period(_period(kpi, today), kpi.rhythm)
    periods = periods_between(today - dt.timedelta(days=365), last, kpi.rhythm)
    series = SERIES[key]
    values = values_of(key, periods)
    for ago, (period, value) in enumerate(zip(reversed(periods), reversed(values), strict=True)):
        if ago < series.silent:
            continue
        confidence, note = series.notes.get(ago, ("high" if ago % 3 else "medium", ""))
        inputs = INPUTS[kpi.formula](value) if kpi.formula else {}
        computed = FORMULAS[kpi.formula].compute(inputs).value if kpi.formula else value
        enter_reading(
            kpi=kpi,
            period=period,
            value=computed or Decimal(0),
            inputs=inputs,
            by=kpi.owner,
            at=at_nine(last_day(period, kpi.rhythm) + dt.timedelta(days=1)),
            confidence=confidence,
            note=str(note),
            source=Reading.Source.EXAMPLE,
        )


def _period(kpi: Kpi, day: dt.date) -> dt.date:
    return periods_between(day, day, kpi.rhythm)[0]


def _conversion(rate: Decimal) -> dict[str, Decimal]:
    leads = Decimal(164)
    return {"converted": round(leads * rate / 100, 0), "leads": leads}


def _retention(rate: Decimal) -> dict[str, Decimal]:
    at_start, new = Decimal(412), Decimal(9)
    return {"at_start": at_start, "at_end": round(at_start * rate / 100, 0) + new, "new": new}


def _ad_roi(rate: Decimal) -> dict[str, Decimal]:
    cost = Decimal(4_200)
    return {"gain": round(cost * (100 + rate) / 100, 0), "cost": cost}


#: What was entered so that the formula gives about this rate.
INPUTS: dict[str, Callable[[Decimal], dict[str, Decimal]]] = {
    "lead_conversion": _conversion,
    "retention": _retention,
    "ad_roi": _ad_roi,
}
