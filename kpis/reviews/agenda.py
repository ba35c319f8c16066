"""The agenda of a review: what the plan says of itself on a day, the most money at risk first."""

import datetime as dt

from kpis.kpi.lateness import is_skipped
from kpis.kpi.models import Kpi
from kpis.kpi.progress import progress_of
from kpis.reviews.action_points import action_points
from kpis.reviews.decided_points import decided_points
from kpis.reviews.models import Review
from kpis.reviews.pace_points import pace_points
from kpis.reviews.plan_points import budget_points, missing_points, moved_points
from kpis.reviews.points import Point, Section, ranked
from kpis.reviews.worth import worth_by_objective
from plans.budget.queries import budget_figures
from plans.goalposts.queries import moved_goalposts
from plans.plan.models import Plan


def agenda_of(plan: Plan, today: dt.date, *, since: dt.datetime | None, last: Review | None) -> list[Point]:
    """Eight queries. `last` is the review before this one, `since` the moment from which changes are news."""
    rows = Kpi.objects.in_plan(plan).select_related("owner", "objective")
    kpis = progress_of(rows.annotate(is_skipped=is_skipped(plan, today)), today, plan=plan)
    return ranked(
        [
            *pace_points(plan, kpis, worth_by_objective(plan)),
            *action_points(plan, today),
            *moved_points(moved_goalposts(plan, since)),
            *budget_points(budget_figures(plan)),
            *missing_points(plan, kpis, today),
            *decided_points(plan, today, last=last),
            Point(Section.OTHER, "other", ""),
        ]
    )
