"""All about one KPI: its run, its values with their history, and the periods that lack one."""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from accounts.roles import MANAGERS, REPORTERS
from kpis.kpi.charts import run_chart
from kpis.kpi.computing import Values
from kpis.kpi.formulas import formula_of
from kpis.kpi.models import Kpi
from kpis.kpi.names import KpiNames
from kpis.kpi.periods import period_label, periods_between
from kpis.kpi.progress import KpiProgress, computing_of, measure, named_by, running_values, values_by_kpi
from kpis.kpi.trace import Line, lines_of
from kpis.kpi.words import lack_words
from plans.plan.models import Plan
from salesplan.lib.charts import Chart
from salesplan.lib.money import format_quantity
from salesplan.lib.numbers import NO_VALUE

#: How many holes are offered to be filled in, the latest first.
HOLES = 12
#: How many values the page shows before one asks for all.
LATEST = 20


def kpi_context(kpi: Kpi, plan: Plan, *, today: dt.date, user, show_all: bool = False) -> dict[str, Any]:
    kpi.plan = plan
    others = _others(kpi, plan)
    trace = _trace(kpi, others, today) if kpi.is_computed else None
    readings = [] if trace else list(kpi.readings.select_related("entered_by").order_by("period"))
    values = trace.values if trace else {reading.period: reading.value for reading in readings}
    skips = skips_of(kpi, values)
    progress = measure(kpi, values, today)
    return {
        "plan": plan,
        "trace": trace.shown(show_all=show_all) if trace else [],
        "expression": trace.expression if trace else "",
        "used_by": [other for other in others if kpi.pk in other.named],
        "kpi": kpi,
        "progress": progress,
        "rule": _rule(progress, trace),
        "today": today,
        "readings": _with_history(kpi, readings if show_all else readings[-LATEST:])[::-1] if readings else [],
        "hidden_count": 0 if show_all else max((len(trace.lines) if trace else len(readings)) - LATEST, 0),
        "skips": skips[::-1],
        "holes": [] if kpi.is_computed else _holes(progress, {*values, *(skip.period for skip in skips)}, today),
        "chart": _run(progress, values, skips, today),
        "formula": formula_of(kpi),
        "actions": list(kpi.actions.all()),
        "can_enter": may_enter(plan, kpi, user),
        "can_edit": plan.i_steer,
        "section": "kpi-board",
        "history_url": reverse("kpis:kpi_history", args=[kpi.pk]),
    }


@dataclass(frozen=True)
class Trace:
    """The formula of a computed KPI, and how its values came about, the latest first."""

    expression: str
    values: Values
    lines: list[Line]

    def shown(self, *, show_all: bool) -> list[Line]:
        return self.lines if show_all else self.lines[:LATEST]


def _rule(progress: KpiProgress, trace: Trace | None) -> str:
    """Here, where each period is shown, the reason for the last one is known."""
    period = progress.last_period
    reason = next((line.reason for line in trace.lines if line.period == period), "") if trace else ""
    return lack_words(progress.kpi, period, reason) if reason else progress.rule


def _others(kpi: Kpi, plan: Plan) -> list[Kpi]:
    """The other KPIs of the plan: all that a formula may name, or those whose formulas may name this one."""
    others = Kpi.objects.in_plan(plan).exclude(pk=kpi.pk).order_by("position", "pk")
    found = list(others if kpi.is_computed else others.computed())
    for other in found:
        other.plan = plan
    return found


def _trace(kpi: Kpi, others: list[Kpi], today: dt.date) -> Trace:
    known = {kpi.pk: kpi} | named_by([kpi], {other.pk: other for other in others})
    outcomes = computing_of(known, today, whole=[kpi.pk]).outcomes(kpi)
    names = KpiNames({each.pk: each.name for each in (kpi, *others)})
    return Trace(
        names.written(kpi.expression),
        {outcome.period: outcome.value for outcome in outcomes if outcome.is_read},
        lines_of(kpi, outcomes, known),
    )


def may_enter(plan: Plan, kpi: Kpi, user) -> bool:
    """What Kpi.objects.reportable_by says, for a plan whose `my_role` is known."""
    mine = kpi.owner_id == user.pk and plan.my_role in REPORTERS
    return plan.is_open and not kpi.is_computed and (mine or plan.my_role in MANAGERS)


def skips_of(kpi: Kpi, values: Collection[dt.date]) -> list[Any]:
    """Those of its periods that have no value, with their `label`, in order of time; a computed one has none."""
    if kpi.is_computed:
        return []
    skips = kpi.skips.select_related("skipped_by").order_by("period")
    found: list[Any] = [skip for skip in skips if skip.period not in values]
    for skip in found:
        skip.label = period_label(skip.period, kpi.rhythm)
    return found


def _with_history(kpi: Kpi, readings: list) -> list:
    """Each reading learns its `label`, its `given` inputs and the `earlier` values it was corrected from."""
    earlier = _earlier_values(kpi)
    formula = formula_of(kpi)
    for reading in readings:
        reading.label = period_label(reading.period, kpi.rhythm)
        reading.reason = formula.without if formula and reading.value is None else ""
        reading.earlier = [old for old in earlier.get(reading.pk, []) if old["value"] != reading.value]
        reading.given = [
            (entry.label, reading.inputs.get(entry.name, "")) for entry in (formula.inputs if formula else ())
        ]
    return readings


def _earlier_values(kpi: Kpi) -> dict[int, list[dict[str, Any]]]:
    """Every value a reading ever had, latest first, a value that stayed the same only once."""
    history = kpi.readings.model.history.filter(kpi_id=kpi.pk).exclude(history_type="-")
    fields = ("id", "value", "entered_at", "entered_by__name", "entered_by__email")
    earlier: dict[int, list[dict[str, Any]]] = {}
    for row in history.order_by("history_id").values(*fields):
        row["who"] = row["entered_by__name"] or row["entered_by__email"] or ""
        row["words"] = NO_VALUE if row["value"] is None else format_quantity(row["value"], kpi.unit)
        known = earlier.setdefault(row["id"], [])
        if not known or known[0]["value"] != row["value"]:
            known.insert(0, row)
    return earlier


def _holes(progress: KpiProgress, values: Iterable[dt.date], today: dt.date) -> list[dict[str, Any]]:
    track = progress.track
    periods = periods_between(track.starts_on, min(today, track.deadline), track.rhythm)
    open_periods = [period for period in periods if period not in values]
    return [
        {"period": period, "label": period_label(period, track.rhythm)} for period in open_periods[: -HOLES - 1 : -1]
    ]


def run_of(kpi: Kpi, plan: Plan, *, today: dt.date) -> Chart | None:
    """The chart of its page alone."""
    kpi.plan = plan
    values = values_by_kpi([kpi], today, whole=[kpi.pk]).get(kpi.pk, {})
    return _run(measure(kpi, values, today), values, skips_of(kpi, values), today)


def _run(progress: KpiProgress, values: Values, skips: list, today: dt.date) -> Chart | None:
    if all(value is None for value in values.values()):
        return None
    running = running_values(progress.track, values)
    reasons = {skip.period: skip.reason for skip in skips}
    return run_chart(progress.kpi, progress.track, running, today=today, says=progress.rule, skipped=reasons)
