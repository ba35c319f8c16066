import datetime as dt
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from accounts.roles import MANAGERS, REPORTERS
from kpis.kpi.periods import MONTHLY, QUARTERLY, WEEKLY
from plans.plan.models import PlanItem, PlanItemQuerySet
from salesplan.lib.fields import MoneyField

NOTE_LENGTH = 5000


class Review(PlanItem):
    """A meeting about a plan: an agenda that stands as it was when it began, what was said of it, and what was decided.

    Open until it is closed; from then on its minutes are not changed (kpis/reviews/keeping.py).
    """

    WRITERS = MANAGERS
    COPIED = False

    class Kind(models.TextChoices):
        WEEKLY = WEEKLY, _("Weekly review")
        MONTHLY = MONTHLY, _("Monthly review")
        QUARTERLY = QUARTERLY, _("Quarterly review")

    kind = models.CharField(_("kind"), max_length=9, choices=Kind, default=Kind.WEEKLY)
    #: The company's day on which it began: its agenda speaks of that day.
    on = models.DateField(_("date"), editable=False)
    started_at = models.DateTimeField(default=timezone.now, editable=False)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", editable=False
    )
    #: When the one before it began: what happened since then is news to it. None: it is the first of its kind.
    since = models.DateTimeField(null=True, editable=False)
    participants = models.ManyToManyField(
        settings.AUTH_USER_MODEL, blank=True, related_name="+", verbose_name=_("participants")
    )
    closed_at = models.DateTimeField(null=True, editable=False)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", editable=False
    )
    #: How often it was closed: who takes part is told of each time once.
    closings = models.PositiveSmallIntegerField(default=0, editable=False)
    #: The plan as it stood when the review was closed the last time.
    snapshot = models.ForeignKey("kpis.Snapshot", models.SET_NULL, null=True, related_name="+", editable=False)
    next_on = models.DateField(_("next review of this kind"), null=True, blank=True, editable=False)

    #: Set by kpis.reviews.queries.reviews_of.
    n_items: int
    n_talked: int
    n_decisions: int
    n_open: int

    class Meta(PlanItem.Meta):
        verbose_name = _("review")
        verbose_name_plural = "reviews"
        ordering = ["-started_at", "-pk"]
        indexes = [models.Index(fields=["plan", "-started_at"], name="reviews_by_day")]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "kind"], condition=Q(closed_at=None), name="one_open_review_of_a_kind"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {date_format(self.on, 'SHORT_DATE_FORMAT')}"

    def get_absolute_url(self) -> str:
        return reverse("kpis:review_detail", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.closed_at is None


class AgendaItem(PlanItem):
    """One thing a review talks about. What it says is plain values, as they were when the review began; each reader
    gets them in words of her own (kpis/reviews/words.py).
    """

    WRITERS = REPORTERS
    PARENT = "review"
    COPIED = False

    class Section(models.TextChoices):
        """In the order in which they are talked about."""

        PACE = "pace", _("Off pace")
        LATE = "late", _("Late actions")
        DISAGREE = "disagree", _("Said otherwise than computed")
        MOVED = "moved", _("Moved goalposts")
        BUDGET = "budget", _("Budget")
        MISSING = "missing", _("Missing values")
        DECIDED = "decided", _("Decisions of earlier reviews")
        OTHER = "other", _("Anything else")

    review = models.ForeignKey(Review, models.CASCADE, related_name="items", editable=False)
    section = models.CharField(max_length=8, choices=Section, editable=False)
    #: What it is about, for good: "kpi-7". What the plan says of it now is found by it.
    key = models.CharField(max_length=40, editable=False)
    title = models.CharField(max_length=240, editable=False)
    facts = models.JSONField(default=dict, editable=False)
    #: At risk; None where no money stands behind it. docs/reviews.md has the formula.
    money = MoneyField(null=True, editable=False)
    talked = models.BooleanField(_("talked about"), default=False, editable=False)
    note = models.TextField(_("note"), max_length=NOTE_LENGTH, blank=True)

    class Meta(PlanItem.Meta):
        verbose_name = _("point of the agenda")
        verbose_name_plural = "agenda items"
        constraints = [
            models.UniqueConstraint(fields=["review", "section", "key"], name="a_review_has_each_point_once"),
        ]

    def __str__(self) -> str:
        return self.title or str(self.get_section_display())

    def get_absolute_url(self) -> str:
        return f"{reverse('kpis:review_detail', args=[self.review_id])}#agendaitem-{self.pk}"

    @property
    def is_touched(self) -> bool:
        """Whether somebody has talked or written about it."""
        return self.talked or bool(self.note)


class DecisionQuerySet(PlanItemQuerySet):
    def still_open(self) -> "DecisionQuerySet":
        """Neither ticked off nor done by the action that came of it."""
        closed = ["done", "cancelled"]
        return self.filter(Q(action=None, done_on=None) | Q(action__isnull=False) & ~Q(action__status__in=closed))

    def settled(self) -> "DecisionQuerySet":
        return self.exclude(pk__in=self.still_open().values("pk"))


class Decision(PlanItem):
    """What was decided about a point of the agenda, who sees to it, and by when.

    It becomes an action, is a change of the plan, or just stands until it is ticked off.
    """

    WRITERS = MANAGERS
    PARENT = "item"
    COPIED = False

    item = models.ForeignKey(AgendaItem, models.CASCADE, related_name="decisions", editable=False)
    text = models.TextField(_("decision"), max_length=1000)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("who sees to it"),
    )
    due_on = models.DateField(_("by when"), null=True, blank=True)
    action = models.ForeignKey(
        "plans.Action",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="decisions",
        editable=False,
        verbose_name=_("action"),
    )
    done_on = models.DateField(_("done on"), null=True, blank=True, editable=False)

    #: Set by kpis.reviews.outcomes: what became of it, and the goalposts that were moved because of it.
    outcome: Any
    moved: list[Any]

    objects = DecisionQuerySet.as_manager()

    class Meta(PlanItem.Meta):
        verbose_name = _("decision")
        verbose_name_plural = "decisions"
        indexes = [models.Index(fields=["plan", "due_on"], name="decisions_by_day")]

    def __str__(self) -> str:
        return Truncator(" ".join(self.text.split())).chars(120)

    def get_absolute_url(self) -> str:
        return reverse("kpis:decision_detail", args=[self.pk])

    def is_late(self, today: dt.date) -> bool:
        return self.due_on is not None and self.due_on < today
