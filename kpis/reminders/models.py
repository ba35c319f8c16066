import datetime as dt
from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.access import WorkspaceModel, WorkspaceQuerySet
from accounts.roles import EVERYONE

#: How long the link in the mail opens the form, and how long whoever has begun to fill it in may go on.
VALID, IN_USE = dt.timedelta(days=7), dt.timedelta(hours=24)


class ReminderQuerySet(WorkspaceQuerySet):
    def visible_to(self, user) -> Self:
        """One's own only."""
        return super().visible_to(user).filter(membership__user=user.pk)

    def editable_by(self, user) -> Self:
        return super().editable_by(user).filter(membership__user=user.pk)


class Reminder(WorkspaceModel):
    """The one mail a member gets before a check-in, and how its link has been used (kpis.reminders.link).

    The row is made before the mail is sent: who makes it sends it.
    """

    WORKSPACE_PATH = "membership__workspace"
    WRITERS = EVERYONE

    class State(models.TextChoices):
        """The words are those of the page that says why a link does not open."""

        OPEN = "open", ""
        EXPIRED = "expired", _("This link has run out")
        USED = "used", _("This link has been used")
        UNKNOWN = "unknown", _("This link does not open anything")

    membership = models.ForeignKey("accounts.Membership", models.CASCADE, related_name="checkin_reminders")
    #: First day of the week whose values are asked for.
    week = models.DateField()
    sent_at = models.DateTimeField(default=timezone.now)
    #: A digest of what the cookie of the browser holds that was the first to enter something.
    browser = models.CharField(max_length=64, blank=True)
    used_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    objects = ReminderQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["membership", "week"], name="one_reminder_per_member_and_week"),
        ]
        indexes = [models.Index(fields=["sent_at"], name="reminders_by_age")]

    def __str__(self) -> str:
        return f"{self.membership}, {self.week}"

    def state_for(self, browser: str, now: dt.datetime) -> str:
        """`browser` is the digest of the one that asks, empty for one that has not been here."""
        if now >= self.sent_at + VALID:
            return self.State.EXPIRED
        if self.finished_at or (self.used_at and (browser != self.browser or now >= self.used_at + IN_USE)):
            return self.State.USED
        return self.State.OPEN
