import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership
from accounts.roles import MANAGERS, REPORTERS
from kpis.kpi.expression import terms_of
from kpis.kpi.fields import ExpressionField
from kpis.kpi.parsing import read_stored
from kpis.kpi.path import LINEAR, SEASONAL, TYPED
from kpis.kpi.periods import first_day, last_day, period_of
from kpis.kpi.points import BasisField, PointsField
from plans.objectives.models import Direction
from plans.plan.models import Plan, PlanItem, PlanItemQuerySet
from salesplan.lib.fields import QuantityField


class KpiQuerySet(PlanItemQuerySet):
    def reportable_by(self, user) -> "KpiQuerySet":
        """Those whose values `user` may enter: her own as a reporter, everybody's as a manager; none of a closed plan.

        What is computed from other KPIs is entered by nobody. One filter for one join: a second one would match
        another person's role.
        """
        return self.entered().filter(
            Q(plan__workspace__memberships__role__in=sorted(MANAGERS))
            | Q(owner=user.pk, plan__workspace__memberships__role__in=sorted(REPORTERS)),
            plan__workspace__memberships__user=user.pk,
            plan__status__in=Plan.OPEN_STATUSES,
        )

    def entered(self) -> "KpiQuerySet":
        return self.exclude(measure__in=Kpi.COMPUTED)

    def computed(self) -> "KpiQuerySet":
        return self.filter(measure__in=Kpi.COMPUTED)

    def owed(self) -> "KpiQuerySet":
        """Those somebody is asked for: owned, in plans that are carried out, by people who may enter them."""
        owners = Membership.objects.filter(workspace=OuterRef("plan__workspace"), user=OuterRef("owner"))
        may_enter = Exists(owners.filter(role__in=sorted(REPORTERS), user__is_active=True))
        return self.entered().filter(may_enter, plan__status=Plan.Status.ACTIVE)

    def owed_by(self, user) -> "KpiQuerySet":
        """Those `user` is asked for: her own in plans that are carried out."""
        return self.reportable_by(user).filter(owner=user.pk, plan__status=Plan.Status.ACTIVE)


class Kpi(PlanItem):
    """A measure of the plan, with the track it is meant to follow (S7.1)."""

    class Measure(models.TextChoices):
        TOTAL = "total", _("Total over the period (readings are added up)")
        LEVEL = "level", _("Level at a date (the last reading counts)")
        COUNT = "count", _("Count (whole numbers, added up)")
        RATIO = "ratio", _("Ratio of numbers that are entered")
        COMPUTED = "computed", _("Computed from other KPIs (the last period counts)")
        COMPUTED_TOTAL = "sum", _("Computed from other KPIs (periods are added up)")

    #: Nobody enters these: `expression` says what they are computed from (kpis/kpi/computing.py).
    COMPUTED = (Measure.COMPUTED, Measure.COMPUTED_TOTAL)
    #: These grow from period to period.
    TOTALS = (Measure.TOTAL, Measure.COUNT, Measure.COMPUTED_TOTAL)

    class Formula(models.TextChoices):
        """Of a ratio: its inputs are entered, the value is computed (kpis/kpi/formulas.py)."""

        NONE = "", _("No formula: the value itself is entered")
        LEAD_CONVERSION = "lead_conversion", _("Lead conversion rate")
        RETENTION = "retention", _("Customer retention rate")
        AD_ROI = "ad_roi", _("Advertising ROI")
        AVERAGE_BASKET = "average_basket", _("Average basket")
        OWN = "own", _("A ratio of one's own")

    class Rhythm(models.TextChoices):
        WEEKLY = "weekly", _("Weekly")
        MONTHLY = "monthly", _("Monthly")
        QUARTERLY = "quarterly", _("Quarterly")

    class Path(models.TextChoices):
        """How the target is reached in the course of the year (kpis/kpi/path.py)."""

        LINEAR = LINEAR, _("Evenly")
        SEASONAL = SEASONAL, _("As last year went")
        TYPED = TYPED, _("As typed, period by period")

    GOALPOSTS = (
        "measure",
        "direction",
        "baseline",
        "target",
        "band_low",
        "band_high",
        "starts_on",
        "deadline",
        "path",
        "path_from",
        "path_points",
        "on_track_percent",
        "at_risk_percent",
    )

    name = models.CharField(_("KPI"), max_length=120)
    description = models.TextField(_("how it is measured"), max_length=2000, blank=True)
    objective = models.ForeignKey(
        "plans.Objective",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="kpis",
        verbose_name=_("objective"),
    )
    actions = models.ManyToManyField("plans.Action", blank=True, related_name="kpis", verbose_name=_("actions"))
    measure = models.CharField(_("kind of measure"), max_length=8, choices=Measure, default=Measure.LEVEL)
    formula = models.CharField(_("formula"), max_length=16, choices=Formula, blank=True, default=Formula.NONE)
    upper = models.CharField(_("upper number"), max_length=60, blank=True)
    lower = models.CharField(_("lower number"), max_length=60, blank=True)
    expression = ExpressionField(_("formula over other KPIs"), max_length=2000, blank=True)
    direction = models.CharField(_("direction"), max_length=6, choices=Direction, default=Direction.MORE)
    unit = models.CharField(_("unit"), max_length=20, blank=True, help_text=_("for example %, €, leads"))
    rhythm = models.CharField(_("rhythm"), max_length=10, choices=Rhythm, default=Rhythm.WEEKLY)
    baseline = QuantityField(_("baseline"), null=True, blank=True)
    target = QuantityField(_("target"), null=True, blank=True)
    band_low = QuantityField(_("band from"), null=True, blank=True)
    band_high = QuantityField(_("band to"), null=True, blank=True)
    starts_on = models.DateField(_("counted from"), null=True, blank=True)
    deadline = models.DateField(_("target date"), null=True, blank=True)
    path = models.CharField(_("target path"), max_length=8, choices=Path, default=Path.LINEAR)
    #: The start of the track the points were made for: the first of them belongs to the period of this day.
    path_from = models.DateField(_("target path begins on"), null=True, blank=True)
    path_points = PointsField(_("targets of the periods"), default=list, blank=True)
    path_basis = BasisField(_("values the target path comes from"), default=dict, blank=True)
    on_track_percent = models.PositiveSmallIntegerField(_("on track from, % of pace"), null=True, blank=True)
    at_risk_percent = models.PositiveSmallIntegerField(_("at risk from, % of pace"), null=True, blank=True)
    weight = models.PositiveSmallIntegerField(_("weight in its objective"), default=1)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("owner"),
    )
    on_dashboard = models.BooleanField(_("show as a tile on the dashboard"), default=False)

    #: Whether its row was locked as it was read (kpis.kpi.access).
    is_held = False

    objects = KpiQuerySet.as_manager()

    class Meta(PlanItem.Meta):
        verbose_name = _("KPI")
        indexes = [
            models.Index(fields=["plan", "position"], name="kpis_of_plan"),
            models.Index(fields=["owner", "plan"], name="kpis_of_owner"),
            models.Index(fields=["plan", "measure"], name="kpis_by_measure"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(deadline__isnull=True) | Q(starts_on__isnull=True) | Q(deadline__gt=F("starts_on")),
                name="kpi_deadline_after_start",
                violation_error_message=_("The target date must come after the day it is counted from."),
            ),
            models.CheckConstraint(
                condition=Q(band_low__isnull=True) | Q(band_high__isnull=True) | Q(band_high__gt=F("band_low")),
                name="kpi_band_has_a_width",
                violation_error_message=_("The band must end above where it begins."),
            ),
            models.CheckConstraint(
                condition=Q(on_track_percent__isnull=True, at_risk_percent__isnull=True)
                # Said of both, for a comparison with nothing is no refusal.
                | Q(on_track_percent__isnull=False, at_risk_percent__isnull=False)
                & Q(on_track_percent__lte=200, at_risk_percent__gte=1, on_track_percent__gt=F("at_risk_percent")),
                name="kpi_is_at_risk_below_on_track",
                violation_error_message=_(
                    "Both or none. At risk begins at 1 or more, on track above that and at most at 200."
                ),
            ),
            models.CheckConstraint(
                condition=Q(weight__range=(1, 100)),
                name="kpi_weighs_from_1_to_100",
                violation_error_message=_("A weight is a whole number from 1 to 100."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("kpis:kpi_detail", args=[self.pk])

    def kept_because(self) -> str:
        names = ", ".join(f"“{kpi}”" for kpi in self.used_by())
        words = {"kpi": self.name, "names": names}
        return (
            _("“%(kpi)s” stays, for it is named by formulas: %(names)s. Change these first.") % words if names else ""
        )

    @property
    def is_computed(self) -> bool:
        return self.measure in self.COMPUTED

    def used_by(self) -> "list[Kpi]":
        """The KPIs of its plan whose formulas name it."""
        others = Kpi.objects.filter(plan=self.plan_id).computed().exclude(pk=self.pk).order_by("position", "pk")
        return [kpi for kpi in others if self.pk in kpi.named]

    @property
    def named(self) -> dict[int, None]:
        """The ids of the KPIs its own formula names, in that order."""
        return terms_of(read_stored(self.expression)) if self.is_computed and self.expression else {}

    def period_on(self, day: dt.date) -> dt.date:
        """The period `day` belongs to, by its rhythm and the weeks of the company."""
        return period_of(day, self.rhythm, self.plan.workspace.week_starts_on)

    def days_of(self, period: dt.date) -> tuple[dt.date, dt.date]:
        """The first and the last."""
        week_start = self.plan.workspace.week_starts_on
        return first_day(period, self.rhythm, week_start), last_day(period, self.rhythm, week_start)
