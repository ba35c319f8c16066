"""Objectives and KPIs that are off their pace, with the money that puts at risk: docs/reviews.md has the formula."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from kpis.kpi.models import Kpi
from kpis.kpi.objective_health import by_objective, share_of
from kpis.kpi.pace import AT_RISK, OFF_TRACK
from kpis.kpi.progress import KpiProgress
from kpis.reviews.points import Point, Section
from kpis.reviews.worth import Worth
from plans.goalposts.moves import as_text
from plans.plan.models import Plan

OFF = (OFF_TRACK, AT_RISK)
#: A ratio in money (an average basket, a cost per lead) is the price of one thing: its gap is no amount at risk.
AMOUNTS = (Kpi.Measure.TOTAL, Kpi.Measure.LEVEL, Kpi.Measure.COMPUTED_TOTAL)
#: An amount at risk is an estimate: cents would pretend otherwise.
WHOLE = Decimal(1)
CENT = Decimal("0.01")


def pace_points(plan: Plan, kpis: Sequence[KpiProgress], worth: Mapping[int, Worth]) -> list[Point]:
    """An objective is one point, with all its KPIs that are off; a KPI of no objective stands for itself."""
    points = []
    for objective, found in by_objective([kpi for kpi in kpis if kpi.status in OFF]).items():
        if objective is not None:
            title = found[0].kpi.objective.title  # type: ignore[union-attr]
            points.append(_point(plan, f"objective-{objective}", title, found, worth.get(objective)))
        else:
            points += [_point(plan, f"kpi-{kpi.kpi.pk}", kpi.kpi.name, [kpi], None) for kpi in found]
    return points


def _point(plan: Plan, key: str, title: str, kpis: list[KpiProgress], worth: Worth | None) -> Point:
    kpis = sorted(kpis, key=lambda one: (OFF.index(one.status), _share(one)))
    money, why = _at_risk(plan, kpis, worth)
    facts = {"kpis": [_facts(kpi) for kpi in kpis], "why": why}
    return Point(Section.PACE, key, title, facts, money, off=1 - min(map(_share, kpis)))


def _share(progress: KpiProgress) -> Decimal:
    """Of its pace; what is ahead is not on an agenda for that."""
    return min(max(share_of(progress) or Decimal(0), Decimal(0)), Decimal(1))


def _gap(progress: KpiProgress) -> Decimal:
    return abs(progress.pace.gap or Decimal(0))


def _at_risk(plan: Plan, kpis: list[KpiProgress], worth: Worth | None) -> tuple[Decimal | None, dict[str, Any]]:
    """The greatest gap of its KPIs in money: they mostly measure the same money, so they are not added up. Without
    such a KPI, what is missing of the pace as a share of what the objective is worth.
    """
    in_money = [kpi for kpi in kpis if kpi.kpi.unit == plan.currency and kpi.kpi.measure in AMOUNTS and kpi.pace.gap]
    if in_money:
        worst = max(in_money, key=_gap)
        pace = worst.pace
        why: dict[str, Any] = {
            "by": "gap",
            "name": worst.kpi.name,
            "value": as_text(pace.actual),
            "expected": _text(pace.expected),
        }
        return _gap(worst).quantize(WHOLE), why
    weakest = min(kpis, key=_share)
    missing = 1 - _share(weakest)
    if worth is None or not missing:
        return None, {}
    why = {
        "by": "share",
        "name": weakest.kpi.name,
        "percent": round(_share(weakest) * 100),
        "worth": as_text(worth.amount),
        "of": worth.of,
    }
    return (worth.amount * missing).quantize(WHOLE), why


def _facts(progress: KpiProgress) -> dict[str, Any]:
    pace = progress.pace
    return {
        "pk": progress.kpi.pk,
        "name": progress.kpi.name,
        "status": pace.status,
        "value": as_text(pace.actual),
        "expected": _text(pace.expected),
        "unit": progress.kpi.unit,
        "percent": None if pace.ratio is None else round(pace.ratio * 100),
        "who": str(progress.kpi.owner or ""),
        "on": str(pace.on),
    }


def _text(value: Decimal | None) -> str:
    """An expected value is the quotient of a path: to the cent is more than anybody reads."""
    return "" if value is None else as_text(value.quantize(CENT))
