from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from plans.plan.models import PlanItem
from salesplan.lib.fields import MoneyField, QuantityField


class SalesStage(PlanItem):
    """One of the seven stages of the sales cycle (S5.1); every plan has each of them once."""

    class Kind(models.TextChoices):
        PROSPECTING = "prospecting", _("Prospecting")
        QUALIFICATION = "qualification", _("Qualification")
        PRESENTATION = "presentation", _("Presentation")
        OBJECTIONS = "objections", _("Objection handling")
        NEGOTIATION = "negotiation", _("Negotiation")
        CLOSING = "closing", _("Closing")
        FOLLOW_UP = "follow_up", _("Follow-up and loyalty")

    kind = models.CharField(_("stage"), max_length=14, choices=Kind, editable=False)
    methods = models.TextField(_("methods"), max_length=5000, blank=True)
    owner = models.ForeignKey(
        "plans.Role", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("owner")
    )
    exit_criteria = models.TextField(_("what has to be true to move on"), max_length=3000, blank=True)
    #: Percent of those who enter the stage and go on to the next one.
    conversion = models.DecimalField(
        _("expected conversion, %"),
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[
            MinValueValidator(Decimal("0.01"), _("More than nobody: with none going on, no sale is ever closed.")),
            MaxValueValidator(Decimal(100), _("At most 100: no more can go on than came in.")),
        ],
    )
    days = models.PositiveSmallIntegerField(_("expected duration, days"), null=True, blank=True)

    class Meta(PlanItem.Meta):
        constraints = [
            models.UniqueConstraint(fields=["plan", "kind"], name="one_stage_of_each_kind"),
            models.CheckConstraint(
                condition=Q(conversion__isnull=True) | Q(conversion__gt=0, conversion__lte=100),
                name="stage_conversion_is_a_percentage",
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()


class SalesCycle(PlanItem):
    """What the pipeline is sized for: an objective, and what one deal brings."""

    objective = models.ForeignKey(
        "plans.Objective",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("objective"),
    )
    deal_size = MoneyField(_("average deal"), null=True, blank=True)
    #: How much of the objective has to come from new deals; the rest comes from existing customers.
    needed = QuantityField(_("to be won by new deals"), null=True, blank=True)

    class Meta(PlanItem.Meta):
        constraints = [
            models.UniqueConstraint(fields=["plan"], name="one_sales_cycle_per_plan"),
            models.CheckConstraint(
                condition=Q(deal_size__isnull=True) | Q(deal_size__gt=0),
                name="deal_size_is_positive",
                violation_error_message=_("A deal must bring more than nothing."),
            ),
        ]

    def __str__(self) -> str:
        return str(self._meta.verbose_name)


class Story(PlanItem):
    """A story that sells: which anecdote, for whom, about what, at which stage (S5.2)."""

    title = models.CharField(_("story"), max_length=160)
    anecdote = models.TextField(_("the anecdote"), max_length=5000, blank=True)
    product = models.CharField(_("product or service"), max_length=120, blank=True)
    persona = models.ForeignKey(
        "plans.Persona",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="stories",
        verbose_name=_("persona"),
    )
    stage = models.ForeignKey(
        SalesStage, models.SET_NULL, null=True, blank=True, related_name="stories", verbose_name=_("stage")
    )

    class Meta(PlanItem.Meta):
        verbose_name_plural = "stories"

    def __str__(self) -> str:
        return self.title
