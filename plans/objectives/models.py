from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from plans.plan.models import Aim, PlanItem
from salesplan.lib.fields import QuantityField


class Measure(models.TextChoices):
    """How a figure grows over the period, and so what its pace is."""

    TOTAL = "total", _("Total over the period")
    LEVEL = "level", _("Level at a date")
    COUNT = "count", _("Count of things reached")
    RATIO = "ratio", _("Ratio")
    MILESTONES = "milestones", _("Milestones")


class Direction(models.TextChoices):
    MORE = "more", _("More is better")
    LESS = "less", _("Less is better")
    WITHIN = "within", _("Stay within a band")


class Objective(PlanItem):
    """A SMART objective: from a baseline to a target, from a start to a deadline (S2.1)."""

    GOALPOSTS = ("measure", "direction", "baseline", "target", "band_low", "band_high", "starts_on", "deadline")

    title = models.CharField(_("objective"), max_length=160)
    description = models.TextField(_("what exactly, for whom, where"), max_length=5000, blank=True)
    aim = models.CharField(_("aim it serves"), max_length=10, choices=Aim, default=Aim.SALES)
    measure = models.CharField(_("kind of measure"), max_length=10, choices=Measure, default=Measure.TOTAL)
    direction = models.CharField(_("direction"), max_length=6, choices=Direction, default=Direction.MORE)
    unit = models.CharField(_("unit"), max_length=20, blank=True, help_text=_("for example €, %, customers"))
    baseline = QuantityField(_("baseline"), null=True, blank=True)
    target = QuantityField(_("target"), null=True, blank=True)
    band_low = QuantityField(_("band from"), null=True, blank=True)
    band_high = QuantityField(_("band to"), null=True, blank=True)
    ambition = models.CharField(
        _("change"),
        max_length=60,
        blank=True,
        help_text=_("As you would say it: +15 % by year end, +500 in six months, 3 by quarter end."),
    )
    starts_on = models.DateField(_("start"), null=True, blank=True)
    deadline = models.DateField(_("deadline"), null=True, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("owner"),
    )
    segment = models.ForeignKey(
        "plans.Segment",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="objectives",
        verbose_name=_("segment"),
    )
    why_achievable = models.TextField(_("why it can be reached"), max_length=2000, blank=True)
    why_relevant = models.TextField(_("why it matters now"), max_length=2000, blank=True)

    class Meta(PlanItem.Meta):
        indexes = [models.Index(fields=["plan", "position"], name="objectives_of_plan")]
        constraints = [
            models.CheckConstraint(
                condition=Q(deadline__isnull=True) | Q(starts_on__isnull=True) | Q(deadline__gt=F("starts_on")),
                name="objective_deadline_after_start",
                violation_error_message=_("The deadline must come after the start."),
            ),
            models.CheckConstraint(
                condition=Q(baseline__isnull=True)
                | Q(target__isnull=True)
                | Q(direction=Direction.WITHIN)
                | ~Q(target=F("baseline")),
                name="objective_target_is_not_its_baseline",
                violation_error_message=_("The target equals the baseline: nothing would have to change."),
            ),
            models.CheckConstraint(
                condition=Q(band_low__isnull=True) | Q(band_high__isnull=True) | Q(band_high__gt=F("band_low")),
                name="objective_band_has_a_width",
                violation_error_message=_("The band must end above where it begins."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("plans:objective_detail", args=[self.pk])


class Milestone(PlanItem):
    """One of the things to have reached, for objectives measured by milestones."""

    PARENT = "objective"

    objective = models.ForeignKey(Objective, models.CASCADE, related_name="milestones", editable=False)
    title = models.CharField(_("milestone"), max_length=160)
    due_on = models.DateField(_("due"), null=True, blank=True)
    done_on = models.DateField(_("reached on"), null=True, blank=True)

    def __str__(self) -> str:
        return self.title
