from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.roles import REPORTERS
from plans.plan.models import PlanItem


class Skip(PlanItem):
    """That a KPI has no value for one of its periods, and why: it answers the week, and is no value.

    A value entered all the same comes before it.
    """

    WRITERS = REPORTERS
    PARENT = "kpi"
    COPIED = False

    kpi = models.ForeignKey("kpis.Kpi", models.CASCADE, related_name="skips", editable=False)
    #: First day of the period, as of a reading.
    period = models.DateField(_("period"), editable=False)
    reason = models.CharField(_("reason"), max_length=200)
    skipped_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", editable=False
    )
    skipped_at = models.DateTimeField(editable=False)

    class Meta(PlanItem.Meta):
        ordering = ["kpi", "period"]
        constraints = [
            models.UniqueConstraint(fields=["kpi", "period"], name="one_skip_per_kpi_and_period"),
        ]

    def __str__(self) -> str:
        return f"{self.kpi}, {self.period}"
