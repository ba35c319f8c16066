from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from plans.plan.models import PlanItem, PlanItemQuerySet


class SwotItemQuerySet(PlanItemQuerySet):
    def unanswered(self) -> "SwotItemQuerySet":
        """Weaknesses and threats that no action answers and nobody has accepted."""
        harmful = self.filter(quadrant__in=SwotItem.HARMFUL, accepted_because="")
        return harmful.filter(actions__isnull=True)


class SwotItem(PlanItem):
    """A strength, weakness, opportunity or threat, with what it rests on (S1.4)."""

    GROUP = "quadrant"

    class Quadrant(models.TextChoices):
        STRENGTH = "strength", _("Strength")
        WEAKNESS = "weakness", _("Weakness")
        OPPORTUNITY = "opportunity", _("Opportunity")
        THREAT = "threat", _("Threat")

    class Weight(models.IntegerChoices):
        MINOR = 1, _("Minor")
        MATTERS = 2, _("Matters")
        DECISIVE = 3, _("Decisive")

    INTERNAL = (Quadrant.STRENGTH, Quadrant.WEAKNESS)
    EXTERNAL = (Quadrant.OPPORTUNITY, Quadrant.THREAT)
    #: What hurts, and so ends in an action or in a reason why not.
    HARMFUL = (Quadrant.WEAKNESS, Quadrant.THREAT)

    quadrant = models.CharField(_("quadrant"), max_length=12, choices=Quadrant)
    text = models.CharField(_("point"), max_length=240)
    detail = models.TextField(_("in more words"), max_length=3000, blank=True)
    weight = models.PositiveSmallIntegerField(_("weight"), choices=Weight, default=Weight.MATTERS)
    accepted_because = models.CharField(
        _("why nothing is done about it"),
        max_length=240,
        blank=True,
        help_text=_("For a weakness or threat one accepts and watches."),
    )
    #: What is done about it: made by "make it a priority", or linked.
    actions = models.ManyToManyField("plans.Action", blank=True, related_name="swot_items")

    objects = SwotItemQuerySet.as_manager()

    class Meta(PlanItem.Meta):
        verbose_name = _("SWOT point")
        verbose_name_plural = "SWOT points"
        indexes = [models.Index(fields=["plan", "quadrant", "position"], name="swot_of_plan")]

    def __str__(self) -> str:
        return self.text

    def get_absolute_url(self) -> str:
        return reverse("analysis:swot", args=[self.plan_id], query={"at": self.pk}) + f"#swotitem-{self.pk}"


class Evidence(PlanItem):
    """What a point rests on: exactly one finding, competitor, KPI reading, or a source in words."""

    PARENT = "item"

    item = models.ForeignKey(SwotItem, models.CASCADE, related_name="evidence", editable=False)
    finding = models.ForeignKey(
        "analysis.Finding", models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("finding")
    )
    competitor = models.ForeignKey(
        "analysis.Competitor",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("competitor"),
    )
    reading = models.ForeignKey(
        "kpis.Reading", models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("reading")
    )
    source = models.CharField(_("another source"), max_length=240, blank=True)

    class Meta(PlanItem.Meta):
        verbose_name = _("evidence")
        verbose_name_plural = "evidence"
        constraints = [
            models.CheckConstraint(
                condition=(
                    Q(finding__isnull=False, competitor__isnull=True, reading__isnull=True, source="")
                    | Q(finding__isnull=True, competitor__isnull=False, reading__isnull=True, source="")
                    | Q(finding__isnull=True, competitor__isnull=True, reading__isnull=False, source="")
                    | (Q(finding__isnull=True, competitor__isnull=True, reading__isnull=True) & ~Q(source=""))
                ),
                name="evidence_is_one_thing",
                violation_error_message=_(
                    "Choose exactly one: a finding, a competitor, a reading, or a source in words."
                ),
            ),
        ]

    def __str__(self) -> str:
        return str(self.finding or self.competitor or self.reading or self.source)


class TowsStrategy(PlanItem):
    """A move from crossing an inner point with an outer one."""

    title = models.CharField(_("move"), max_length=200)
    reasoning = models.TextField(_("how it uses or limits them"), max_length=3000, blank=True)
    internal = models.ForeignKey(
        SwotItem,
        models.CASCADE,
        related_name="strategies_from_inside",
        verbose_name=_("strength or weakness"),
    )
    external = models.ForeignKey(
        SwotItem,
        models.CASCADE,
        related_name="strategies_from_outside",
        verbose_name=_("opportunity or threat"),
    )
    action = models.ForeignKey(
        "plans.Action", models.SET_NULL, null=True, blank=True, related_name="tows_strategies", editable=False
    )

    class Meta(PlanItem.Meta):
        verbose_name = _("TOWS move")
        verbose_name_plural = "TOWS moves"

    def __str__(self) -> str:
        return self.title

    def siblings(self) -> models.QuerySet:
        """Moves are listed by kind, so they are ordered among their kind."""
        inner, outer = self.kind
        return super().siblings().filter(internal__quadrant=inner, external__quadrant=outer)

    @property
    def kind(self) -> tuple[str, str]:
        """The quadrants it crosses now: a point may have moved to another one since."""
        return self.internal.quadrant, self.external.quadrant

    def get_absolute_url(self) -> str:
        return reverse("analysis:swot", args=[self.plan_id]) + f"#towsstrategy-{self.pk}"
