import datetime as dt
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.access import WorkspaceModel, WorkspaceQuerySet
from accounts.roles import EVERYONE
from plans.plan.models import Plan


class Kind(models.TextChoices):
    """What one is told of; the words are those of the page on which one chooses."""

    MENTION = "mention", _("Somebody names me in a comment")
    COMMENT = "comment", _("Somebody comments")
    RESPONSIBLE = "responsible", _("Somebody becomes responsible")
    STATUS = "status", _("The status changes")
    DEADLINE = "deadline", _("The deadline changes")
    REMINDER = "reminder", _("The deadline comes near: two working days before")
    LATE = "late", _("The deadline has passed: the day after")
    ESCALATION = "escalation", _("Something others answer for is late by two working days")
    CHECKIN = "checkin", _("Somebody's KPIs are late by two working days")
    REVIEW = "review", _("The minutes of a review I took part in")
    ALERT = "alert", _("An alert concerns me: a rule found something wrong")
    NUDGE = "nudge", _("A manager asks for something of mine that is late")


class NoticeQuerySet(WorkspaceQuerySet):
    def visible_to(self, user) -> Self:
        """One's own only."""
        return super().visible_to(user).filter(membership__user=user.pk)

    def editable_by(self, user) -> Self:
        return super().editable_by(user).filter(membership__user=user.pk)

    def in_inbox(self) -> Self:
        return self.filter(in_inbox=True)

    def unread(self) -> Self:
        return self.filter(read_at=None)

    def mark_read(self) -> int:
        return self.unread().update(read_at=timezone.now())


class Notice(WorkspaceModel):
    """Something a member is told about an action, or about a plan as a whole: in her inbox, in the mail of the next
    morning, or in both.

    It hangs from the membership and from the action or plan, and goes and comes back with them: nobody is told of what
    she may not see. `key` says what it is about, so that nobody is told twice: the version of the action, the comment,
    the deadline that comes near, the week and the person.
    """

    WORKSPACE_PATH = "membership__workspace"
    WRITERS = EVERYONE

    membership = models.ForeignKey("accounts.Membership", models.CASCADE, related_name="notices")
    action = models.ForeignKey("plans.Action", models.CASCADE, null=True, related_name="notices")
    #: Of a notice that is about no action.
    plan = models.ForeignKey("plans.Plan", models.CASCADE, null=True, related_name="notices")
    comment = models.ForeignKey("plans.Comment", models.CASCADE, null=True, related_name="notices")
    kind = models.CharField(max_length=12, choices=Kind)
    key = models.CharField(max_length=40)
    #: Who did it; nobody when the calendar did.
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    #: What was and what is, as plain values: plans.notices.words makes sentences of them in the reader's language.
    details = models.JSONField(default=dict)
    #: How many more actions the same change was about.
    others = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True)
    in_inbox = models.BooleanField(default=True)
    mailed_at = models.DateTimeField(null=True)

    #: What stands in its line (plans.notices.words).
    says: Any

    objects = NoticeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["membership", "action", "kind", "key"], name="nobody_is_told_twice"),
            models.UniqueConstraint(
                fields=["membership", "kind", "key"], name="nobody_is_told_twice_of_plans", condition=Q(action=None)
            ),
            models.CheckConstraint(
                condition=Q(action__isnull=True, plan__isnull=False) | Q(action__isnull=False, plan__isnull=True),
                name="notice_is_of_an_action_or_a_plan",
            ),
        ]
        indexes = [
            models.Index(fields=["membership", "-made_at"], name="notices_by_day"),
            models.Index(
                fields=["membership"], name="notices_unread", condition=Q(read_at__isnull=True, in_inbox=True)
            ),
            models.Index(fields=["made_at"], name="notices_to_mail", condition=Q(mailed_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"{self.kind}, {self.action or self.plan}"

    @property
    def of_plan(self) -> Plan:
        plan = self.action.plan if self.action else self.plan
        assert plan is not None  # noqa: S101 - one of the two is there (notice_is_of_an_action_or_a_plan)
        return plan

    def get_absolute_url(self) -> str:
        if self.kind == Kind.REVIEW:
            return reverse("kpis:review_detail", args=[self.details["review"]])
        if self.kind == Kind.ALERT:
            alert = self.details.get("alert")
            return reverse("kpis:alert_detail", args=[alert]) if alert else reverse("kpis:alerts", args=[self.plan_id])
        if self.action is None:
            return reverse("kpis:checkin", args=[self.plan_id], query={"week": self.details["week"]})
        url = self.action.get_absolute_url()
        return f"{url}#comment-{self.comment_id}" if self.comment_id else url


class NoticeSettingsQuerySet(WorkspaceQuerySet):
    def visible_to(self, user) -> Self:
        return self.filter(user=user.pk)

    def editable_by(self, user) -> Self:
        return self.filter(user=user.pk)


class NoticeSettings(WorkspaceModel):
    """What a person wants to hear of and where; everything and everywhere, as long as she has not said."""

    WORKSPACE_PATH = "user__memberships__workspace"
    WRITERS = EVERYONE

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notice_settings")
    #: The kinds she does not want to see in her inbox, and those she does not want to have in the mail.
    not_in_inbox = models.JSONField(default=list)
    not_in_digest = models.JSONField(default=list)
    digest = models.BooleanField(default=True)
    #: The reminder of the weekly check-in (kpis.reminders).
    checkin_mail = models.BooleanField(default=True)
    #: The last morning for which a mail was made; taken before it is sent, so that nobody sends it again.
    digested_on = models.DateField(null=True)

    objects = NoticeSettingsQuerySet.as_manager()

    def __str__(self) -> str:
        return str(self.user)

    def takes_digest_of(self, day: dt.date) -> bool:
        """Whether it is this process that sends the mail of that day."""
        mine = NoticeSettings.objects.filter(pk=self.pk).filter(Q(digested_on=None) | Q(digested_on__lt=day))
        return bool(mine.update(digested_on=day))
