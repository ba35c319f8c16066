"""Values that were changed after they had settled: what stood before, who changed it, when and why."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from kpis.kpi.models import Kpi
from salesplan.lib.money import format_quantity
from salesplan.lib.numbers import NO_VALUE

#: Typing again within the same sitting is no correction: a value has settled so long after it was entered.
SITTING = dt.timedelta(hours=1)


@dataclass(frozen=True)
class Correction:
    """`who` entered the old value `entered_at`; `by` replaced it `at`."""

    value: Decimal | None
    words: str
    who: str
    entered_at: dt.datetime
    by: str
    at: dt.datetime
    reason: str


def has_settled(entered_at: dt.datetime, now: dt.datetime) -> bool:
    return now - entered_at > SITTING


def corrections_of(kpi: Kpi) -> dict[dt.date, list[Correction]]:
    """By period, latest first: one query. By period and not by reading: deleting a value and entering it anew
    corrects it too.
    """
    found: dict[dt.date, list[Correction]] = {}
    last: dict[dt.date, dict[str, Any]] = {}
    for row in _versions(kpi):
        before = last.get(row["period"])
        if before and before["value"] != row["value"] and has_settled(before["entered_at"], row["history_date"]):
            found.setdefault(row["period"], []).insert(0, _correction(before, row, kpi.unit))
        if before is None or before["value"] != row["value"]:
            last[row["period"]] = row
    return found


def settled_value(kpi: Kpi, period: dt.date, *, reading: Any, now: dt.datetime) -> Decimal | None:
    """The value of the period that cannot be changed without a reason; one that was deleted lately counts too."""
    last = reading or kpi.readings.model.history.filter(kpi_id=kpi.pk, period=period).order_by("-history_id").first()
    return last.value if last and has_settled(last.entered_at, now) else None


def _versions(kpi: Kpi) -> Any:
    people = ("entered_by__name", "entered_by__email", "history_user__name", "history_user__email")
    fields = ("period", "value", "entered_at", "history_date", "history_change_reason", *people)
    history = kpi.readings.model.history.filter(kpi_id=kpi.pk).exclude(history_type="-")
    return history.order_by("history_id").values(*fields)


def _correction(old: dict[str, Any], new: dict[str, Any], unit: str) -> Correction:
    return Correction(
        old["value"],
        NO_VALUE if old["value"] is None else format_quantity(old["value"], unit),
        old["entered_by__name"] or old["entered_by__email"] or "",
        old["entered_at"],
        new["history_user__name"] or new["history_user__email"] or "",
        new["history_date"],
        new["history_change_reason"] or "",
    )
