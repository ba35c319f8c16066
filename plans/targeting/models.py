from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from plans.plan.models import PlanItem
from salesplan.lib.fields import QuantityField
from salesplan.lib.numbers import format_number


class Segment(PlanItem):
    class Priority(models.IntegerChoices):
        FIRST = 1, _("First")
        SECOND = 2, _("Second")
        LATER = 3, _("Later")

    name = models.CharField(_("segment"), max_length=120)
    description = models.TextField(_("who they are"), max_length=5000, blank=True)
    size = models.PositiveIntegerField(_("estimated size"), null=True, blank=True)
    size_unit = models.CharField(
        _("counted in"), max_length=40, blank=True, help_text=_("companies, people, households")
    )
    size_source = models.CharField(_("where the estimate comes from"), max_length=240, blank=True)
    priority = models.PositiveSmallIntegerField(_("priority"), choices=Priority, default=Priority.SECOND)

    def __str__(self) -> str:
        return self.name


class Criterion(PlanItem):
    """What makes a customer belong to the segment; one kind of value per kind of criterion (S4.1)."""

    PARENT = "segment"

    class Attribute(models.TextChoices):
        AGE = "age", _("Age")
        GENDER = "gender", _("Gender")
        INCOME = "income", _("Income")
        REGION = "region", _("Region")
        LIFESTYLE = "lifestyle", _("Lifestyle")
        HABITS = "habits", _("Buying habits")
        LOYALTY = "loyalty", _("Brand loyalty")
        OWN = "own", _("One of our own")

    class Kind(models.TextChoices):
        RANGE = "range", _("Range of numbers")
        CHOICE = "choice", _("One or more of a list")
        TEXT = "text", _("Text")

    segment = models.ForeignKey(Segment, models.CASCADE, related_name="criteria", editable=False)
    attribute = models.CharField(_("criterion"), max_length=10, choices=Attribute, default=Attribute.REGION)
    own_name = models.CharField(_("name of our own criterion"), max_length=80, blank=True)
    kind = models.CharField(_("kind of value"), max_length=6, choices=Kind, default=Kind.TEXT)
    low = QuantityField(_("from"), null=True, blank=True)
    high = QuantityField(_("to"), null=True, blank=True)
    unit = models.CharField(_("unit"), max_length=20, blank=True)
    #: One option per line.
    options = models.TextField(_("options, one per line"), max_length=2000, blank=True)
    text = models.CharField(_("text"), max_length=240, blank=True)

    class Meta(PlanItem.Meta):
        verbose_name_plural = "criteria"
        constraints = [
            models.CheckConstraint(
                condition=Q(low__isnull=True) | Q(high__isnull=True) | Q(high__gte=F("low")),
                name="criterion_range_is_ordered",
                violation_error_message=_("The range must not end below where it begins."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return self.own_name if self.attribute == self.Attribute.OWN else self.get_attribute_display()

    @property
    def option_list(self) -> list[str]:
        return [line.strip() for line in self.options.splitlines() if line.strip()]

    @property
    def value(self) -> str:
        """What is asked for, in words: "25–40 years", "from 50,000 €", "Benelux or France"."""
        if self.kind == self.Kind.RANGE:
            return f"{_range(self.low, self.high)} {self.unit}".strip()
        if self.kind == self.Kind.CHOICE:
            return gettext(" or ").join(self.option_list)
        return self.text


def _range(low: Decimal | None, high: Decimal | None) -> str:
    if low is not None and high is not None:
        return format_number(low) if low == high else f"{format_number(low)}–{format_number(high)}"
    if low is not None:
        return gettext("from %(low)s") % {"low": format_number(low)}
    return gettext("up to %(high)s") % {"high": format_number(high)} if high is not None else ""


class Persona(PlanItem):
    """A typical customer of a segment, drawn so that a salesperson would recognise her (S4.2)."""

    PARENT = "segment"

    segment = models.ForeignKey(Segment, models.CASCADE, related_name="personas", editable=False)
    name = models.CharField(_("name"), max_length=120)
    tagline = models.CharField(_("job, age, situation"), max_length=160, blank=True)
    quote = models.CharField(_("in their own words"), max_length=240, blank=True)
    challenges = models.TextField(_("challenges"), max_length=3000, blank=True)
    goals = models.TextField(_("goals"), max_length=3000, blank=True)
    preferences = models.TextField(_("preferences"), max_length=3000, blank=True)
    buying_behaviour = models.TextField(_("buying behaviour"), max_length=3000, blank=True)

    def __str__(self) -> str:
        return self.name
