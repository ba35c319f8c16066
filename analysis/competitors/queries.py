from collections.abc import Sequence

from analysis.competitors.models import Axis, Competitor
from plans.plan.models import Plan


def companies_with_scores(plan: Plan) -> list[Competitor]:
    """The companies of a plan; each knows its scores by axis in `by_axis`."""
    companies = list(Competitor.objects.in_plan(plan).prefetch_related("scores"))
    for company in companies:
        company.by_axis = {score.axis_id: score for score in company.scores.all()}  # type: ignore[attr-defined]
    return companies


def with_cells(companies: Sequence[Competitor], axes: Sequence[Axis]) -> None:
    """Lay each company's scores out in the order of the axes, an empty cell where there is none."""
    for company in companies:
        company.cells = [(axis, company.by_axis.get(axis.pk)) for axis in axes]  # type: ignore[attr-defined]
