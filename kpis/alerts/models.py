from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from accounts.access import WorkspaceModel, WorkspaceQuerySet
from accounts.roles import MANAGERS
from plans.plan.models import Plan


class AlertQuerySet(WorkspaceQuerySet):
    def editable_by(self, user) -> Self:
        return super().editable_by(user).filter(plan__status=Plan.Status.ACTIVE)

    def uncleared(self) -> Self:
        return self.exclude(state=Alert.State.CLEARED)

    def awake(self) -> Self:
        """Those that want somebody now."""
        return self.filter(state=Alert.State.OPEN)

    def worst_first(self) -> Self:
        return self.order_by("-weight", "-level", "raised_at", "pk")


class Alert(WorkspaceModel):
    """What a rule has found wrong with one thing of a plan, from the day it was raised until it cleared.

    It keeps figures and no sentences: its rule (kpis.alerts.rules) makes words of them in the reader's language.
    `subject` names what it is about (kpi-7, line-3, person-5, plan) without a link, for it outlives what is deleted.
    Judging writes it past `save`; its history holds what people did with it: snoozed it, called it a false alarm.
    """

    WORKSPACE_PATH = "plan__workspace"
    WRITERS = MANAGERS

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("alerts", "Open")
        SNOOZED = "snoozed", _("Snoozed")
        FALSE = "false", _("False alarm")
        CLEARED = "cleared", _("Cleared")

    class Outcome(models.TextChoices):
        """How it ended; the last says nothing of its rule, which was switched off or whose plan is at rest."""

        ITSELF = "itself", _("Cleared by itself")
        ACTED = "acted", _("Acted upon")
        FALSE = "false", _("False alarm")
        DROPPED = "dropped", _("No longer judged")

    plan = models.ForeignKey("plans.Plan", models.CASCADE, related_name="alerts")
    rule = models.CharField(max_length=20)
    subject = models.CharField(max_length=80)
    #: Ranks alerts of all rules, and how bad it is by the measure of its own rule.
    weight = models.PositiveSmallIntegerField()
    level = models.DecimalField(max_digits=14, decimal_places=2)
    #: What it was read from, as plain values.
    figures = models.JSONField(default=dict)
    people = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+")
    #: The day from which on it is so, as far as the figures say.
    since = models.DateField()
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    raised_at = models.DateTimeField(default=timezone.now)
    cleared_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=8, choices=Outcome, blank=True)
    #: The day on which it comes back by itself, and how bad it was when it was laid aside.
    snoozed_until = models.DateField(null=True)
    snoozed_level = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    #: Said by whoever snoozed it or called it a false alarm.
    note = models.CharField(_("note"), max_length=300, blank=True)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    #: How often it has come back from a snooze.
    returns = models.PositiveSmallIntegerField(default=0)
    #: Counted by what people do with it, so that two of them do not do so without knowing of each other.
    version = models.PositiveIntegerField(default=0)

    objects = AlertQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["figures"])

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "rule", "subject"],
                condition=~Q(state="cleared"),
                name="one_open_alert_for_a_rule_and_a_subject",
            ),
            models.CheckConstraint(
                condition=Q(state="cleared", cleared_at__isnull=False) | (~Q(state="cleared") & Q(cleared_at=None)),
                name="cleared_alerts_know_when",
            ),
            models.CheckConstraint(
                condition=Q(state="snoozed", snoozed_until__isnull=False)
                | (~Q(state="snoozed") & Q(snoozed_until=None)),
                name="snoozed_alerts_know_until_when",
            ),
        ]
        indexes = [
            models.Index(fields=["plan", "state", "-weight"], name="alerts_of_plan"),
            models.Index(fields=["plan", "rule"], name="alerts_by_rule"),
        ]

    def __str__(self) -> str:
        return f"{self.rule}, {self.subject}"

    def get_absolute_url(self) -> str:
        return reverse("kpis:alert_detail", args=[self.pk])

    @property
    def subject_id(self) -> str:
        """The id in `subject`, as far as it has one."""
        return self.subject.partition("-")[2]


class Judging(WorkspaceModel):
    """When the rules last looked at a plan, at which tick of its clock and for which day, and at how much."""

    WORKSPACE_PATH = "plan__workspace"
    WRITERS = MANAGERS

    plan = models.OneToOneField("plans.Plan", models.CASCADE, related_name="judging")
    clock = models.DateTimeField()
    day = models.DateField()
    judged_at = models.DateTimeField()
    #: How many things each rule looked at.
    looked_at = models.JSONField(default=dict)

    objects = WorkspaceQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.plan_id}, {self.judged_at}"


class SilentRule(WorkspaceModel):
    """A rule that a company has switched off, for one plan or for all of them."""

    plan = models.ForeignKey("plans.Plan", models.CASCADE, null=True, related_name="silent_rules")
    workspace = models.ForeignKey("accounts.Workspace", models.CASCADE, related_name="silent_rules")
    rule = models.CharField(max_length=20)
    since = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    objects = WorkspaceQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["workspace", "rule"], condition=Q(plan=None), name="rule_is_off_once"),
            models.UniqueConstraint(fields=["plan", "rule"], name="rule_is_off_once_in_a_plan"),
        ]

    def __str__(self) -> str:
        return self.rule
