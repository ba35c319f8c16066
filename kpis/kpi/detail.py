"""All about one KPI: its run, its values with their history, and the periods that lack one."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol
from urllib.parse import urlencode

from django.urls import reverse

from accounts.roles import MANAGERS, REPORTERS
from kpis.kpi.annotations import SHOWN, marks_of, read_kinds, sources, write_kinds
from kpis.kpi.charts import run_chart
from kpis.kpi.computing import Values
from kpis.kpi.corrections import Correction
from kpis.kpi.formulas import formula_of
from kpis.kpi.marked import marked_periods
from kpis.kpi.models import Kpi
from kpis.kpi.names import KpiNames
from kpis.kpi.path_words import basis_words, path_problem
from kpis.kpi.periods import period_label
from kpis.kpi.progress import KpiProgress, computing_of, measure, named_by, running_values, values_by_kpi
from kpis.kpi.told import Told, told_of
from kpis.kpi.trace import Line, lines_of
from kpis.kpi.words import lack_words
from plans.goalposts.queries import moved_of, original_of
from plans.plan.models import Plan
from salesplan.lib.charts import Chart

#: How many holes are offered to be filled in, the latest first.
HOLES = 12
#: How many values the page shows before one asks for all.
LATEST = 20

type Corrections = Mapping[dt.date, Sequence[Correction]]


class Lock(Protocol):
    def why(self, kpi: Kpi, period: dt.date) -> str:
        """Why the period takes no value; empty when it does."""


_lock_of: list[Callable[[Plan, dt.date], Lock]] = []


def register_lock(source: Callable[[Plan, dt.date], Lock]) -> None:
    """`source` says what of a plan is locked; registered by the room that knows."""
    _lock_of[:] = [source]


def kpi_context(
    kpi: Kpi, plan: Plan, *, today: dt.date, user, show_all: bool = False, events: str = ""
) -> dict[str, Any]:
    """`events` is what its address says of the events that are shown."""
    kpi.plan = plan
    others = _others(kpi, plan)
    trace = _trace(kpi, others, today) if kpi.is_computed else None
    readings = [] if trace else list(kpi.readings.select_related("entered_by").order_by("period"))
    values = trace.values if trace else {reading.period: reading.value for reading in readings}
    progress, told = measure(kpi, values, today), told_of(kpi, values)
    lock, skipped = _lock_of[0](plan, today), {skip.period for skip in told.skips}
    return {
        "plan": plan,
        "trace": trace.shown(show_all=show_all) if trace else [],
        "expression": trace.expression if trace else "",
        "used_by": [other for other in others if kpi.pk in other.named],
        "kpi": kpi,
        "progress": progress,
        "rule": _rule(progress, trace),
        "path_words": basis_words(kpi.path_basis) if kpi.path_basis else "",
        "path_problem": path_problem(progress.track),
        "is_moved": _is_moved(kpi),
        "today": today,
        "readings": _with_history(kpi, readings if show_all else readings[-LATEST:], told.corrections, lock)[::-1],
        "hidden_count": 0 if show_all else max((len(trace.lines) if trace else len(readings)) - LATEST, 0),
        "skips": told.skips[::-1],
        "holes": [] if kpi.is_computed else _holes(progress, {*values, *skipped}, today, lock),
        "chart": _run(progress, values, told, today, events),
        "formula": formula_of(kpi),
        "actions": list(kpi.actions.all()),
        "can_enter": may_enter(plan, kpi, user),
        "can_edit": plan.i_steer,
        "section": "kpi-board",
        "history_url": reverse("kpis:kpi_history", args=[kpi.pk]),
        "events": events,
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


def _is_moved(kpi: Any) -> bool:
    """The page's own query has it; whoever has just entered a value asks for it."""
    return kpi.is_moved if hasattr(kpi, "is_moved") else bool(moved_of(kpi))


def goalposts_of(kpi: Kpi, plan: Plan, *, today: dt.date) -> dict[str, Any]:
    """What was moved of it since the plan was approved, and how it stands against its original goal and its own."""
    kpi.plan = plan
    moved, values = moved_of(kpi), values_by_kpi([kpi], today, whole=[kpi.pk]).get(kpi.pk, {})
    return {
        "plan": plan,
        "kpi": kpi,
        "moved": moved,
        "original": measure(original_of(kpi, moved), values, today),
        "progress": measure(kpi, values, today),
    }


def may_enter(plan: Plan, kpi: Kpi, user) -> bool:
    """What Kpi.objects.reportable_by says, for a plan whose `my_role` is known."""
    mine = kpi.owner_id == user.pk and plan.my_role in REPORTERS
    return plan.is_open and not kpi.is_computed and (mine or plan.my_role in MANAGERS)


def _with_history(kpi: Kpi, readings: list, corrections: Corrections, lock: Lock) -> list:
    """Each reading learns its `label`, its `given` inputs, its `corrections`, and why it is `locked`."""
    formula = formula_of(kpi)
    for reading in readings:
        reading.label = period_label(reading.period, kpi.rhythm)
        reading.reason = formula.without if formula and reading.value is None else ""
        reading.locked = lock.why(kpi, reading.period)
        reading.corrections = corrections.get(reading.period, [])
        reading.given = [
            (entry.label, reading.inputs.get(entry.name, "")) for entry in (formula.inputs if formula else ())
        ]
    return readings


def _holes(progress: KpiProgress, values: Iterable[dt.date], today: dt.date, lock: Lock) -> list[dict[str, Any]]:
    track = progress.track
    periods = track.periods(last=min(today, track.deadline))
    open_periods = [period for period in periods if period not in values]
    return [
        {
            "period": period,
            "label": period_label(period, track.rhythm),
            "locked": lock.why(progress.kpi, period),
        }
        for period in open_periods[: -HOLES - 1 : -1]
    ]


def run_of(kpi: Kpi, plan: Plan, *, today: dt.date, events: str = "") -> Chart | None:
    """The chart of its page alone."""
    kpi.plan = plan
    values = values_by_kpi([kpi], today, whole=[kpi.pk]).get(kpi.pk, {})
    return _run(measure(kpi, values, today), values, told_of(kpi, values), today, events)


def events_of(kpi: Kpi, plan: Plan, *, events: str = "", at: str = "") -> dict[str, Any]:
    """What happened while it ran, numbered as its chart has it, and for each kind the address that turns it on or off.

    `at` is the kind that was turned last.
    """
    kpi.plan = plan
    kinds = read_kinds(events)
    return {
        "plan": plan,
        "kpi": kpi,
        "marks": marks_of(kpi, kinds),
        "switches": [
            Switch(
                source.label,
                source.kind in kinds,
                urlencode({SHOWN: write_kinds({*kinds} ^ {source.kind}), "at": source.kind}),
                source.kind == at,
            )
            for source in sources()
        ],
    }


@dataclass(frozen=True)
class Switch:
    """A kind of events, whether it is on, and the query that turns it."""

    label: Any
    is_on: bool
    query: str
    is_turned: bool


def _run(progress: KpiProgress, values: Values, told: Told, today: dt.date, events: str) -> Chart | None:
    if all(value is None for value in values.values()):
        return None
    return run_chart(
        progress.kpi,
        progress.track,
        running_values(progress.track, values),
        today=today,
        says=progress.rule,
        corrections=told.corrections,
        kept=lambda: marked_periods(progress.kpi),
        skipped={skip.period: skip.reason for skip in told.skips},
        marks=lambda: marks_of(progress.kpi, read_kinds(events)),
        choices={SHOWN: events} if events else {},
    )
