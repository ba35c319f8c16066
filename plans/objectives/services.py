import datetime as dt
from decimal import Decimal

from django.db import transaction
from django.db.models import Max

from accounts.models import User
from plans.objectives.examples import Example
from plans.objectives.models import Milestone, Objective
from plans.objectives.outcome import outcome_of
from plans.plan.models import Plan
from salesplan.lib.money import currency_symbol


@transaction.atomic
def insert_example(plan: Plan, example: Example, *, owner: User | None) -> Objective:
    """Add the example as an objective of the plan, its change already turned into numbers."""
    last = Objective.objects.in_plan(plan).aggregate(last=Max("position"))["last"]
    objective = Objective(
        plan=plan,
        position=0 if last is None else last + 1,
        title=str(example.title),
        description=str(example.description),
        ambition=str(example.ambition),
        aim=example.aim,
        measure=example.measure,
        unit=str(example.unit) or currency_symbol(plan.currency),
        baseline=None if example.baseline is None else Decimal(example.baseline),
        starts_on=plan.starts_on,
        owner=owner,
    )
    outcome = outcome_of(objective, starts_on=plan.starts_on, plan_end=plan.ends_on)
    objective.baseline, objective.target = outcome.baseline, outcome.target
    # "By year end" of a plan that starts on the year's last day.
    in_time = outcome.deadline is not None and outcome.deadline > plan.starts_on
    objective.deadline = outcome.deadline if in_time else plan.ends_on
    objective.save()
    for position, title in enumerate(example.milestones):
        Milestone.objects.create(objective=objective, position=position, title=str(title), due_on=objective.deadline)
    return objective


def reach_milestone(milestone: Milestone, *, on: dt.date) -> None:
    """Mark it reached on that day; once more takes the mark away."""
    milestone.done_on = None if milestone.done_on else on
    milestone.save(update_fields=["done_on"])
