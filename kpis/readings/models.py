from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.roles import REPORTERS
from plans.plan.models import PlanItem
from salesplan.lib.fields import QuantityField


class Reading(PlanItem):
    """The value of a KPI for one of its periods, who said so, and how sure she was."""

    WRITERS = REPORTERS
    PARENT = "kpi"
    COPIED = False

    class Confidence(models.TextChoices):
        LOW = "low", _("Low")
        MEDIUM = "medium", _("Medium")
        HIGH = "high", _("High")

    class Source(models.TextChoices):
        TYPED = "typed", _("Typed")
        EXAMPLE = "example", _("Example")
        SURVEY = "survey", _("Computed from answers to a survey")

    kpi = models.ForeignKey("kpis.Kpi", models.CASCADE, related_name="readings", editable=False)
    #: First day of the period: a Monday, the first of a month or of a quarter, by the KPI's rhythm.
    period = models.DateField(_("period"), editable=False)
    #: None where the inputs of a ratio are in and would have to be divided by zero.
    value = QuantityField(_("value"), null=True)
    #: What was entered when a formula computes the value: {"converted": "12", "leads": "80"}.
    inputs = models.JSONField(default=dict, blank=True)
    confidence = models.CharField(_("confidence"), max_length=6, choices=Confidence, blank=True)
    note = models.CharField(_("note"), max_length=1000, blank=True)
    source = models.CharField(max_length=8, choices=Source, default=Source.TYPED, editable=False)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", editable=False
    )
    entered_at = models.DateTimeField(editable=False)

    #: Set before a save by who holds its KPI and has asked what is locked.
    found_locked: Any

    class Meta(PlanItem.Meta):
        ordering = ["kpi", "period"]
        constraints = [
            models.UniqueConstraint(fields=["kpi", "period"], name="one_reading_per_kpi_and_period"),
        ]

    def __str__(self) -> str:
        return f"{self.kpi}, {self.period}"
