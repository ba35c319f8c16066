"""A year of history for a plan that was made this minute: so it can be looked back at, week by week."""

import datetime as dt

from django.apps import apps
from django.db.models import F

from analysis.gallery.innovatech.record import at_nine
from kpis.models import Reading
from plans.models import Adjustment, BudgetEntry, Milestone, Plan
from plans.plan.models import PlanItem

#: What happened on a day of its own, by the field that says on which.
DATED: dict[type[PlanItem], str] = {BudgetEntry: "on", Adjustment: "on", Milestone: "done_on"}


def backdate(plan: Plan, *, began: dt.datetime) -> None:
    """What was written since `began` and bears no date of its own was there when the plan was drafted."""
    drafted = at_nine(plan.starts_on)
    Plan.history.filter(id=plan.pk).update(history_date=drafted)
    for model in apps.get_models():
        if issubclass(model, PlanItem):
            model.history.filter(plan_id=plan.pk, history_date__gte=began).update(history_date=drafted)
    Reading.history.filter(plan_id=plan.pk).update(history_date=F("entered_at"))
    for kind, field in DATED.items():
        records = kind.history.filter(plan_id=plan.pk).exclude(**{field: None})
        for day in set(records.values_list(field, flat=True)):
            records.filter(**{field: day}).update(history_date=max(at_nine(day), drafted))
