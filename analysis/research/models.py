from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from plans.plan.models import PlanItem


class ResearchNote(PlanItem):
    """A survey, a focus group, a market analysis, and what was found in it (S1.1)."""

    class Kind(models.TextChoices):
        SURVEY = "survey", _("Survey")
        FOCUS_GROUP = "focus_group", _("Focus group")
        MARKET_ANALYSIS = "market_analysis", _("Market analysis")
        OTHER = "other", _("Other source")

    title = models.CharField(_("title"), max_length=160)
    kind = models.CharField(_("kind"), max_length=16, choices=Kind, default=Kind.SURVEY)
    source = models.CharField(_("source"), max_length=240, blank=True, help_text=_("who made it, or a link"))
    on = models.DateField(_("date"), null=True, blank=True)
    sample = models.PositiveIntegerField(_("people asked (n)"), null=True, blank=True)
    body = models.TextField(_("notes"), max_length=20_000, blank=True)

    class Meta(PlanItem.Meta):
        verbose_name = _("research note")
        verbose_name_plural = "research notes"

    def __str__(self) -> str:
        return self.title


class Finding(PlanItem):
    """One thing the research says, what it rests on, and what it means for the offer."""

    PARENT = "note"

    class Kind(models.TextChoices):
        TREND = "trend", _("Trend")
        NEED = "need", _("Need")
        FACT = "fact", _("Fact")

    note = models.ForeignKey(ResearchNote, models.CASCADE, related_name="findings", editable=False)
    statement = models.CharField(_("finding"), max_length=240)
    kind = models.CharField(_("kind"), max_length=6, choices=Kind, default=Kind.TREND)
    evidence = models.CharField(_("evidence"), max_length=240, blank=True, help_text=_("the figure or quote behind it"))
    meaning = models.TextField(_("what it means for our offer"), max_length=2000, blank=True)

    class Meta(PlanItem.Meta):
        verbose_name = _("finding")
        verbose_name_plural = "findings"

    def __str__(self) -> str:
        return self.statement

    def get_absolute_url(self) -> str:
        return reverse("analysis:research", args=[self.plan_id], query={"at": self.note_id}) + f"#finding-{self.pk}"
