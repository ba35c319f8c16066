"""What else a review looks at: the budget, goalposts that were moved, values that are missing."""

import datetime as dt
from decimal import Decimal
from typing import Any

from kpis.kpi.lateness import missing_by_owner
from kpis.kpi.progress import KpiProgress
from kpis.kpi.schedule import late_checkin
from kpis.reviews.points import Point, Section
from plans.budget.queries import BudgetFigures, LineFigures
from plans.goalposts.models import MovedGoalpost
from plans.goalposts.moves import as_text
from plans.plan.models import Plan

OVER, GIVEN, CONTINGENCY = "over", "given", "contingency"


def budget_points(budget: BudgetFigures) -> list[Point]:
    points = []
    for row in budget.rows:
        if row.over:
            points.append(_of_line(row, OVER, row.over))
        if row.overallocated:
            points.append(_of_line(row, GIVEN, row.overallocated))
    had = sum((row.planned + row.moved_in for row in budget.contingency), start=budget.contingency_free * 0)
    if had and budget.contingency_free * 2 < had:
        facts = {"what": CONTINGENCY, "had": as_text(had), "free": as_text(budget.contingency_free)}
        points.append(Point(Section.BUDGET, CONTINGENCY, "", facts))
    return points


def _of_line(row: LineFigures, what: str, money: Any) -> Point:
    """What is over is gone already: all of it is at risk."""
    used = row.committed if what == OVER else row.allocated
    facts = {"what": what, "line": row.line.pk, "has": as_text(row.adjusted), "used": as_text(used)}
    return Point(Section.BUDGET, f"line-{row.line.pk}-{what}", str(row.line), facts, money)


def moved_points(moved: list[MovedGoalpost]) -> list[Point]:
    """Those that moved most first; each by itself, with its reason."""
    return [_of_move(move) for move in moved]


def _of_move(move: MovedGoalpost) -> Point:
    names = ("kind", "row", "name", "unit", "field", "old", "new", "reason")
    facts: dict[str, Any] = {name: getattr(move, name) for name in names}
    facts |= {"deadline": str(move.deadline), "moved_at": move.moved_at.isoformat(), "who": str(move.moved_by or "")}
    return Point(Section.MOVED, f"move-{move.pk}", move.name, facts, off=abs(move.percent or Decimal(0)))


def missing_points(plan: Plan, kpis: list[KpiProgress], today: dt.date) -> list[Point]:
    """One for each person, of plans that are carried out. The KPIs come with `is_skipped`."""
    if plan.status != Plan.Status.ACTIVE:
        return []
    checkin = late_checkin(plan.workspace, today)
    points = []
    for owner, late in missing_by_owner(kpis, checkin).items():
        names = [progress.kpi.name for progress in late]
        facts = {"kpis": names, "week": checkin.code, "due": str(checkin.day)}
        points.append(Point(Section.MISSING, f"owner-{owner}", str(late[0].kpi.owner), facts, off=len(names)))
    return points
