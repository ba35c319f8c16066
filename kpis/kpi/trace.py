"""How the value of a computed KPI came about, period by period, in words and with links."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from kpis.kpi.computing import Given, Outcome, Why
from kpis.kpi.models import Kpi
from kpis.kpi.periods import period_label
from salesplan.lib.money import format_quantity
from salesplan.lib.numbers import NO_VALUE


@dataclass(frozen=True)
class Source:
    """One number that went in: of which KPI and period, and what it was; `url` is empty when the KPI is gone."""

    name: str
    url: str
    value: str
    #: week 34; week 31 to week 34
    periods: str


@dataclass(frozen=True)
class Line:
    period: dt.date
    label: str
    value: Decimal | None
    sources: list[Source]
    #: Why there is no value.
    reason: str


def lines_of(kpi: Kpi, outcomes: Iterable[Outcome], kpis: Mapping[int, Kpi]) -> list[Line]:
    """The latest first."""
    lines = [
        Line(
            outcome.period,
            period_label(outcome.period, kpi.rhythm),
            outcome.value,
            [_source(given, kpis.get(given.kpi_id)) for given in outcome.given],
            _reason(outcome, kpis),
        )
        for outcome in outcomes
    ]
    return lines[::-1]


def _source(given: Given, kpi: Kpi | None) -> Source:
    if kpi is None:
        return Source(_("deleted KPI"), "", NO_VALUE, "")
    value = NO_VALUE if given.why else format_quantity(given.value or Decimal(0), kpi.unit)
    return Source(kpi.name, kpi.get_absolute_url(), value, _span(given.read, kpi.rhythm))


def _span(periods: tuple[dt.date, ...], rhythm: str) -> str:
    if len(periods) < 2:
        return "".join(period_label(period, rhythm) for period in periods)
    ends = {"first": period_label(periods[0], rhythm), "last": period_label(periods[-1], rhythm)}
    return _("%(first)s to %(last)s") % ends


def _reason(outcome: Outcome, kpis: Mapping[int, Kpi]) -> str:
    match outcome.why:
        case None:
            return ""
        case Why.ZERO:
            return _("It would have to be divided by zero.")
        case Why.RANGE:
            return _("The result is too large to be true.")
        case Why.GONE:
            return _("A KPI that the formula names has been deleted.")
    lacking = [_lacking(given, kpis[given.kpi_id], outcome) for given in outcome.given if given.why == outcome.why]
    if outcome.why == Why.NONE:
        return _("There is no value of %(inputs)s.") % {"inputs": ", ".join(lacking)}
    return _("Not entered yet: %(inputs)s.") % {"inputs": ", ".join(lacking)}


#: So many missing weeks are named.
NAMED = 3


def _lacking(given: Given, kpi: Kpi, outcome: Outcome) -> str:
    """Revenue (week 33, week 34); the name alone where the period is that of the line."""
    if given.missing in {(), (outcome.period,)}:
        return kpi.name
    labels = [period_label(period, kpi.rhythm) for period in given.missing[:NAMED]]
    more = "…" if len(given.missing) > NAMED else ""
    return f"{kpi.name} ({', '.join(labels)}{more})"
