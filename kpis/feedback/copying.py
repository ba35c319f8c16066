"""A new period begins with the questions of the old one, and nobody is asked before somebody opens them again."""

from collections.abc import Iterable

from kpis.feedback.models import Survey
from plans.items.copying import register_rows
from plans.plan.models import Plan, PlanItem


def paused_surveys(plan: Plan) -> Iterable[PlanItem]:
    for survey in Survey.objects.in_plan(plan):
        survey.is_paused = True
        yield survey


register_rows(Survey, paused_surveys)
