"""A value that is entered, corrected or taken back says something of the actions that move its KPI."""

from collections.abc import Collection
from typing import Any

from django.db.models import Model
from django.db.models.signals import post_save
from django.dispatch import receiver

from kpis.kpi.action_paces import judge_moved_by
from kpis.readings.models import Reading
from plans.actions.health_keeping import judge_plan
from plans.plan.models import Plan
from plans.plan.signals import rows_rewritten


@receiver(post_save, sender=Reading)
def judge_entered(instance: Reading, **kwargs: Any) -> None:
    judge_moved_by(instance.kpi)


@receiver(rows_rewritten)
def judge_taken_back(plan_id: int, models: Collection[type[Model]], **kwargs: Any) -> None:
    if Reading in models:
        judge_plan(Plan.objects.get(pk=plan_id))
