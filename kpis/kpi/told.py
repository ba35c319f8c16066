"""What is told of the periods of a KPI beside their values: which were corrected, and which are skipped."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from operator import attrgetter, itemgetter
from typing import Any

from django.db.models import CharField, DecimalField, F, QuerySet, TextField, Value
from django.db.models.functions import Coalesce, NullIf

from kpis.kpi.corrections import Correction, Version, corrections_in
from kpis.kpi.models import Kpi
from kpis.kpi.periods import period_label

#: Among the versions of values, which count from 1, a skip.
SKIP = 0


@dataclass(frozen=True)
class Skipped:
    """That `who` has skipped a period, and why."""

    period: dt.date
    label: str
    reason: str
    who: str
    at: dt.datetime


@dataclass(frozen=True)
class Told:
    corrections: Mapping[dt.date, Sequence[Correction]] = field(default_factory=dict)
    #: Of periods without a value, in order of time.
    skips: Sequence[Skipped] = ()


def told_of(kpi: Kpi, values: Collection[dt.date]) -> Told:
    """`values` are the periods that have one. One query; of a computed KPI nothing is told: nobody enters it."""
    if kpi.is_computed:
        return Told()
    versions, skips = [], []
    for number, *told in sorted(_rows(kpi), key=itemgetter(0)):
        row = Version(*told)
        if number != SKIP:
            versions.append(row)
        elif row.period not in values:
            skips.append(Skipped(row.period, period_label(row.period, kpi.rhythm), row.reason, row.by, row.at))
    return Told(corrections_in(versions, kpi.unit), sorted(skips, key=attrgetter("period")))


def _rows(kpi: Any) -> QuerySet:
    """In front of what makes a Version its number."""
    history = kpi.readings.model.history.filter(kpi_id=kpi.pk).exclude(history_type="-").order_by()
    reason = Coalesce("history_change_reason", Value(""), output_field=TextField())
    people = _name("entered_by"), "entered_at", _name("history_user"), "history_date"
    versions = history.values_list("history_id", "period", "value", *people, reason)
    # With no value, and one person and moment for both.
    person = _name("skipped_by"), "skipped_at", _name("skipped_by"), F("skipped_at")
    skips = kpi.skips.order_by().values_list(Value(SKIP), "period", Value(None, DecimalField()), *person, "reason")
    return versions.union(skips, all=True)


def _name(person: str) -> Coalesce:
    either = NullIf(f"{person}__name", Value("")), f"{person}__email"
    return Coalesce(*either, Value(""), output_field=CharField())
