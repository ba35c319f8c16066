"""A formula over other KPIs as a column: kept with their ids, read with their names."""

from typing import Any

from django.db import models

from kpis.kpi.names import names_in
from plans.plan.models import Plan


class ExpressionField(models.CharField):
    def in_words(self, value: Any, plan: Plan) -> str:
        """As the history of a KPI shows it."""
        return names_in(plan.pk, plan.changed_at).written(value)
