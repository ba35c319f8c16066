from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from plans.plan.models import PlanItem


class Competitor(PlanItem):
    """One company on the market, our own among them, side by side with the others (S1.2)."""

    name = models.CharField(_("company"), max_length=120)
    is_us = models.BooleanField(_("this is our own company"), default=False)
    strengths = models.TextField(_("strengths"), max_length=3000, blank=True)
    weaknesses = models.TextField(_("weaknesses"), max_length=3000, blank=True)
    offer = models.TextField(_("offer"), max_length=3000, blank=True)
    price_index = models.DecimalField(
        _("price index (market = 100)"),
        max_digits=6,
        decimal_places=1,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    market_share = models.DecimalField(
        _("market share, %"),
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
    )
    positioning = models.CharField(_("positioning"), max_length=240, blank=True)
    checked_on = models.DateField(_("checked on"), null=True, blank=True)

    class Meta(PlanItem.Meta):
        verbose_name = _("company")
        verbose_name_plural = "competitors"
        constraints = [
            models.UniqueConstraint(
                fields=["plan"],
                condition=Q(is_us=True),
                name="one_own_company_per_plan",
                violation_error_message=_("Another row is marked as our own company already."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args, **kwargs):
        """A copy of our own company is another company: there is one of us."""
        if self._state.adding and self.is_us and self.siblings().filter(is_us=True).exists():
            self.is_us = False
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("analysis:competitors", args=[self.plan_id], query={"at": self.pk}) + f"#competitor-{self.pk}"


class Axis(PlanItem):
    """One of one's own axes of the positioning map, from low to high."""

    name = models.CharField(_("axis"), max_length=60)
    low_label = models.CharField(_("low end"), max_length=40, blank=True)
    high_label = models.CharField(_("high end"), max_length=40, blank=True)

    class Meta(PlanItem.Meta):
        verbose_name = _("axis")
        verbose_name_plural = "axes"

    def __str__(self) -> str:
        return self.name


class Score(PlanItem):
    """Where a company stands on an axis, from 0 to 10."""

    PARENT = "competitor"

    competitor = models.ForeignKey(Competitor, models.CASCADE, related_name="scores")
    axis = models.ForeignKey(Axis, models.CASCADE, related_name="scores")
    value = models.DecimalField(
        _("score"), max_digits=3, decimal_places=1, validators=[MinValueValidator(0), MaxValueValidator(10)]
    )

    class Meta(PlanItem.Meta):
        verbose_name = _("score")
        verbose_name_plural = "scores"
        constraints = [
            models.UniqueConstraint(fields=["competitor", "axis"], name="one_score_per_axis"),
            models.CheckConstraint(condition=Q(value__gte=0, value__lte=10), name="score_from_0_to_10"),
        ]

    def __str__(self) -> str:
        return f"{self.competitor}, {self.axis}: {self.value}"
