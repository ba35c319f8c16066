from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from plans.plan.models import PlanItem


class Team(PlanItem):
    name = models.CharField(_("team"), max_length=120)
    purpose = models.CharField(_("what it is for"), max_length=240, blank=True)

    def __str__(self) -> str:
        return self.name


class Role(PlanItem):
    """A seat in a team; held by a member of the workspace, by somebody with just a name, or by nobody yet."""

    PARENT = "team"

    team = models.ForeignKey(Team, models.CASCADE, related_name="roles", editable=False)
    title = models.CharField(_("role"), max_length=120)
    responsibilities = models.TextField(_("responsibilities"), max_length=5000, blank=True)
    holder = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("held by (member)"),
    )
    holder_name = models.CharField(
        _("or by (name)"), max_length=120, blank=True, help_text=_("Somebody who does not sign in here.")
    )
    reports_to = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="reports", verbose_name=_("reports to")
    )

    class Meta(PlanItem.Meta):
        indexes = [models.Index(fields=["plan", "position"], name="roles_of_plan")]
        constraints = [
            models.CheckConstraint(
                condition=Q(holder__isnull=True) | Q(holder_name=""),
                name="role_held_once",
                violation_error_message=_("Choose a member or write a name, not both."),
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def held_by(self) -> str:
        return str(self.holder) if self.holder_id else self.holder_name


class Communication(PlanItem):
    """Who meets or reports to whom, how often, about what, through which channel (S3.2)."""

    class Rhythm(models.TextChoices):
        DAILY = "daily", _("Daily")
        WEEKLY = "weekly", _("Weekly")
        FORTNIGHTLY = "fortnightly", _("Every two weeks")
        MONTHLY = "monthly", _("Monthly")
        QUARTERLY = "quarterly", _("Quarterly")
        ON_EVENT = "on_event", _("When something happens")

    class Channel(models.TextChoices):
        MEETING = "meeting", _("Meeting in person")
        CALL = "call", _("Video call")
        EMAIL = "email", _("E-mail")
        CHAT = "chat", _("Chat")
        REPORT = "report", _("Written report")

    name = models.CharField(_("meeting or report"), max_length=120)
    purpose = models.CharField(_("what it settles"), max_length=240, blank=True)
    rhythm = models.CharField(_("rhythm"), max_length=12, choices=Rhythm, default=Rhythm.WEEKLY)
    channel = models.CharField(_("channel"), max_length=10, choices=Channel, default=Channel.MEETING)
    organiser = models.ForeignKey(
        Role, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("organised by")
    )
    participants = models.ManyToManyField(
        Role, blank=True, related_name="communications", verbose_name=_("participants")
    )
    agenda = models.TextField(_("agenda"), max_length=5000, blank=True)

    def __str__(self) -> str:
        return self.name
