import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from plans.plan.models import PlanItem


class PeriodLock(PlanItem):
    """Up to which day the values of a plan stand: periods that end by then take no value and lose none."""

    COPIED = False

    locked_to = models.DateField(_("locked up to"), null=True, blank=True)
    #: So many days after a period ends it locks by itself; None: never.
    after_days = models.PositiveSmallIntegerField(_("lock by itself, days after a period ends"), null=True, blank=True)
    locked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", editable=False
    )
    locked_at = models.DateTimeField(editable=False)

    class Meta(PlanItem.Meta):
        verbose_name = _("lock of periods")
        constraints = [
            models.UniqueConstraint(fields=["plan"], name="one_period_lock_per_plan"),
            models.CheckConstraint(
                condition=Q(after_days__isnull=True) | Q(after_days__lte=366),
                name="period_lock_within_a_year",
                violation_error_message=_("A period locks within a year, or never."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.locked_to or "")

    def reaches(self, today: dt.date) -> dt.date | None:
        """The last day that is locked, said or by itself; None when none is."""
        return reach_of(self.locked_to, self.after_days, today)


class Opening(PlanItem):
    """One period of one KPI that may be changed although it is locked, for a week and with a reason."""

    PARENT = "kpi"
    COPIED = False
    #: An opening somebody forgets would leave the door open for good.
    DAYS = 7

    kpi = models.ForeignKey("kpis.Kpi", models.CASCADE, related_name="openings", editable=False)
    #: First day of the period.
    period = models.DateField(_("period"), editable=False)
    reason = models.CharField(_("reason"), max_length=300)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", editable=False
    )
    #: The last day on which it is open.
    open_to = models.DateField(editable=False)

    class Meta(PlanItem.Meta):
        verbose_name = _("opening")
        constraints = [models.UniqueConstraint(fields=["kpi", "period"], name="one_opening_per_kpi_and_period")]

    def __str__(self) -> str:
        return f"{self.kpi}, {self.period}"


def reach_of(locked_to: dt.date | None, after_days: int | None, today: dt.date) -> dt.date | None:
    by_itself = None if after_days is None else today - dt.timedelta(days=after_days + 1)
    return max(filter(None, [locked_to, by_itself]), default=None)
