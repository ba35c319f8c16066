import datetime as dt
import uuid
from typing import Any, Self

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.text import Truncator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.access import WorkspaceModel
from accounts.roles import MANAGERS, REPORTERS
from kpis.feedback.scores import CSAT, HAPPY_FROM, NPS, RANGES, UNHAPPY_TO, Score, mood_of
from plans.plan.models import PlanItem, PlanItemQuerySet

SIGNER = Signer(sep=".", salt="kpis.feedback")
LANGUAGES = [("", _("As the company")), *settings.LANGUAGES]


class Scale(models.TextChoices):
    RECOMMEND = NPS, _("0 to 10: would you recommend us (NPS)")
    SATISFIED = CSAT, _("1 to 5: how satisfied are you (CSAT)")


class SurveyQuerySet(PlanItemQuerySet):
    def at(self, token: str) -> Self:
        """The survey with this address, while it is its latest."""
        try:
            uid, number = SIGNER.unsign(token).split("-")
            return self.filter(uid=uuid.UUID(uid), link_number=int(number))
        except (BadSignature, ValueError):
            return self.none()


class Survey(PlanItem):
    """A question put to customers, who answer at an address nobody can guess, without signing in (S7.3).

    The address is made of the survey's uid and the number of its link, signed: a copy has another, and counting the
    number up ends the one that is out.
    """

    WRITERS = MANAGERS

    title = models.CharField(_("title"), max_length=120, help_text=_("Customers read it above the question."))
    intro = models.TextField(_("what you say first"), max_length=1000, blank=True)
    scale = models.CharField(_("answers"), max_length=4, choices=Scale, default=Scale.RECOMMEND)
    question = models.CharField(_("question"), max_length=240, blank=True)
    follow_up = models.CharField(_("question to be answered in words"), max_length=240, blank=True)
    asks_segment = models.BooleanField(
        _("ask which segment the customer belongs to"),
        default=False,
        help_text=_("Customers read the names of your segments, and may leave it open."),
    )
    language = models.CharField(_("language"), max_length=8, blank=True, choices=LANGUAGES)
    opens_on = models.DateField(_("open from"), null=True, blank=True)
    closes_on = models.DateField(_("open until"), null=True, blank=True)
    kpi = models.ForeignKey(
        "kpis.Kpi",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="surveys",
        verbose_name=_("KPI it feeds"),
        help_text=_("Its values are computed from the answers; what was typed stays."),
    )
    is_paused = models.BooleanField(_("paused"), default=False, editable=False)
    link_number = models.PositiveIntegerField(_("number of its link"), default=1, editable=False)

    #: Set by kpis.feedback.queries.surveys_of.
    n_total: int
    n_happy: int
    n_unhappy: int
    score: Score | None
    #: Set by its pages: whether it can be answered, and its score in words.
    look: Any
    words: tuple[str, str, str] | None

    objects = SurveyQuerySet.as_manager()

    class Meta(PlanItem.Meta):
        verbose_name = _("survey")
        verbose_name_plural = "surveys"
        constraints = [
            models.CheckConstraint(
                condition=Q(opens_on__isnull=True) | Q(closes_on__isnull=True) | Q(closes_on__gte=F("opens_on")),
                name="survey_closes_after_it_opens",
                violation_error_message=_("A survey cannot close before it opens."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("kpis:survey_detail", args=[self.pk])

    @property
    def answer_url(self) -> str:
        return reverse("kpis:survey_answer", args=[SIGNER.sign(f"{self.uid.hex}-{self.link_number}")])

    @property
    def spoken(self) -> str:
        """The language customers read it in; needs the plan with its company."""
        return self.language or self.plan.workspace.language or settings.LANGUAGE_CODE

    @property
    def asked(self) -> tuple[str, str]:
        """Both questions, where none is written the usual one in the survey's language."""
        with translation.override(self.spoken):
            usual = (
                gettext("How likely are you to recommend us to a friend or colleague?")
                if self.scale == NPS
                else gettext("How satisfied are you with us?")
            )
            return self.question or usual, self.follow_up or gettext("What is the main reason for your answer?")

    def state(self, today: dt.date) -> str:
        """`open`, or why nobody can answer: `paused`, `early`, `over`, `closed` with its plan."""
        if not self.plan.is_open:
            return "closed"
        if self.is_paused:
            return "paused"
        if self.opens_on and today < self.opens_on:
            return "early"
        return "over" if self.closes_on and today > self.closes_on else "open"


class Theme(PlanItem):
    """What answers are about, named by the people of the plan; its words suggest it for answers that have them."""

    WRITERS = REPORTERS

    name = models.CharField(_("theme"), max_length=80)
    words = models.CharField(
        _("words that suggest it"),
        max_length=400,
        blank=True,
        help_text=_("Separated by commas, their beginnings are enough: deliver, late, waiting"),
    )

    class Meta(PlanItem.Meta):
        verbose_name = _("theme")
        verbose_name_plural = "themes"
        constraints = [
            models.UniqueConstraint(fields=["plan", "name"], name="one_theme_of_a_name"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("kpis:feedback", args=[self.plan_id], query={"theme": self.pk})


def _scored(limits: dict[str, int], lookup: str) -> Q:
    first, second = (Q(**{"scale": scale, f"score__{lookup}": limit}) for scale, limit in limits.items())
    return first | second


HAPPY, UNHAPPY = _scored(HAPPY_FROM, "gte"), _scored(UNHAPPY_TO, "lte")


class Answer(PlanItem):
    """What one customer said: to a survey, in a review, in a conversation."""

    WRITERS = REPORTERS
    COPIED = False

    class Source(models.TextChoices):
        SURVEY = "survey", _("Survey")
        REVIEW = "review", _("Online review")
        CONVERSATION = "conversation", _("Conversation")
        LETTER = "letter", _("E-mail or letter")
        OTHER = "other", _("Other source")

    survey = models.ForeignKey(
        Survey,
        models.CASCADE,
        null=True,
        blank=True,
        editable=False,
        related_name="answers",
        verbose_name=_("survey"),
    )
    source = models.CharField(_("source"), max_length=12, choices=Source, default=Source.CONVERSATION)
    on = models.DateField(_("date"), default=timezone.localdate)
    scale = models.CharField(_("scale"), max_length=4, choices=Scale, blank=True)
    score = models.PositiveSmallIntegerField(_("score"), null=True, blank=True)
    text = models.TextField(_("what was said"), max_length=5000, blank=True)
    place = models.CharField(_("where"), max_length=120, blank=True, help_text=_("a portal, a fair, a call"))
    customer = models.CharField(_("customer"), max_length=120, blank=True)
    segment = models.ForeignKey(
        "plans.Segment", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("segment")
    )
    themes = models.ManyToManyField(Theme, blank=True, related_name="answers", verbose_name=_("themes"))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+"
    )
    #: The sheet it came with.
    sheet = models.ForeignKey("kpis.FeedbackSheet", models.SET_NULL, null=True, editable=False, related_name="answers")

    #: Set by the list of answers.
    suggestions: list[Any]
    changes: list[Any]

    class Meta(PlanItem.Meta):
        verbose_name = _("answer")
        verbose_name_plural = "answers"
        ordering = ["-on", "-pk"]
        indexes = [
            models.Index(fields=["plan", "-on", "-id"], name="answers_by_day"),
            models.Index(fields=["survey", "on"], name="answers_of_survey"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(score__isnull=True) | Q(scale__in=RANGES),
                name="a_score_has_its_scale",
                violation_error_message=_("Say from which scale the score is."),
            ),
            models.CheckConstraint(
                condition=Q(score__isnull=True) | ~Q(scale=NPS) | Q(score__range=RANGES[NPS]),
                name="answer_from_0_to_10",
                violation_error_message=_("The score is from 0 to 10."),
            ),
            models.CheckConstraint(
                condition=Q(score__isnull=True) | ~Q(scale=CSAT) | Q(score__range=RANGES[CSAT]),
                name="answer_from_1_to_5",
                violation_error_message=_("The score is from 1 to 5."),
            ),
        ]

    def __str__(self) -> str:
        return Truncator(" ".join(self.text.split())).chars(80) or self.score_words or self.get_source_display()

    def get_absolute_url(self) -> str:
        return reverse("kpis:answer_detail", args=[self.pk])

    @property
    def mood(self) -> str:
        return mood_of(self.scale, self.score) if self.score is not None else ""

    @property
    def score_words(self) -> str:
        if self.score is None:
            return ""
        return gettext("%(score)s of %(most)s") % {"score": self.score, "most": RANGES[self.scale][1]}


class Improvement(PlanItem):
    """What was changed because of an answer or a theme: an action, and in words what it did."""

    WRITERS = REPORTERS
    COPIED = False

    answer = models.ForeignKey(Answer, models.CASCADE, null=True, editable=False, related_name="improvements")
    theme = models.ForeignKey(Theme, models.CASCADE, null=True, editable=False, related_name="improvements")
    action = models.ForeignKey(
        "plans.Action", models.CASCADE, editable=False, related_name="improvements", verbose_name=_("action")
    )
    result = models.CharField(
        _("what changed"), max_length=400, blank=True, help_text=_("One sentence you could tell the customer.")
    )

    class Meta(PlanItem.Meta):
        verbose_name = _("change")
        verbose_name_plural = "improvements"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answer__isnull=True, theme__isnull=False) | Q(answer__isnull=False, theme__isnull=True),
                name="improvement_has_one_reason",
            ),
            models.UniqueConstraint(fields=["action", "answer"], name="one_improvement_per_answer"),
            models.UniqueConstraint(fields=["action", "theme"], name="one_improvement_per_theme"),
        ]

    def __str__(self) -> str:
        return str(self.action)

    @property
    def reason(self) -> Answer | Theme:
        return self.answer or self.theme  # type: ignore[return-value]


class FeedbackSheet(WorkspaceModel):
    """A sheet of answers somebody has brought: looked at first, then imported, and taken back as long as wished."""

    WORKSPACE_PATH = "plan__workspace"
    WRITERS = REPORTERS

    class State(models.TextChoices):
        OPEN = "open", _("Not imported yet")
        DONE = "done", _("Imported")
        UNDONE = "undone", _("Undone")

    plan = models.ForeignKey("plans.Plan", models.CASCADE, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    file_name = models.CharField(max_length=200)
    #: The first is the head; emptied when it is imported.
    rows = models.JSONField(default=list)
    #: For each column what it holds (columns.py), nothing for those left out.
    columns = models.JSONField(default=list)
    source = models.CharField(max_length=12, choices=Answer.Source, default=Answer.Source.REVIEW)
    #: No sheet says of what scale a 4 is: it is guessed, and asked.
    scale = models.CharField(max_length=4, choices=Scale, default=Scale.SATISFIED)
    day_first = models.BooleanField(null=True)
    state = models.CharField(max_length=6, choices=State, default=State.OPEN)
    added = models.PositiveIntegerField(default=0)

    objects = PlanItemQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["plan", "created_at"], name="feedback_sheets_by_age")]

    def __str__(self) -> str:
        return self.file_name
