import base64
import datetime as dt
import uuid
from typing import Any, Self

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from accounts.access import WorkspaceModel, WorkspaceQuerySet
from accounts.roles import ADMINS

#: So long what is sent carries the former signature too: time to put the new secret in.
ROTATION = dt.timedelta(days=1)


class Event(models.TextChoices):
    READING_ENTERED = "reading.entered", _("A reading is entered")
    READING_CORRECTED = "reading.corrected", _("A reading is corrected")
    READING_DELETED = "reading.deleted", _("A reading is deleted")
    ACTION_CHANGED = "action.changed", _("The status, deadline or responsible of an action changes")
    PLAN_CHANGED = "plan.changed", _("The name, period, owner or status of a plan changes")


#: Sent when somebody asks for it, to see whether it arrives.
TEST = "webhook.test"


class LedQuerySet(WorkspaceQuerySet):
    def visible_to(self, user) -> Self:
        """Whoever gives the roles: what is sent leaves the company."""
        return self.editable_by(user)


class WebhookQuerySet(LedQuerySet):
    def listening_to(self, plan_id: Any) -> Self:
        about = models.Q(plan=None) | models.Q(plan=plan_id)
        return self.filter(workspace__plans=plan_id, disabled_at=None).filter(about)


class Webhook(WorkspaceModel):
    """An address of another program that is told what happens in a plan, or in all plans of the company.

    The secret is the key with a signature: it can be shown again, and a copy of the database does not give it away.
    """

    WRITERS = ADMINS

    workspace = models.ForeignKey("accounts.Workspace", models.CASCADE, related_name="webhooks", editable=False)
    plan = models.ForeignKey(
        "plans.Plan", models.CASCADE, null=True, blank=True, related_name="webhooks", verbose_name=_("plan")
    )
    url = models.URLField(_("address"), max_length=500, help_text=_("It takes POST and begins with https://."))
    events = models.JSONField(default=list)
    key = models.UUIDField(default=uuid.uuid4, editable=False)
    old_key = models.UUIDField(null=True, editable=False)
    rotated_at = models.DateTimeField(null=True, editable=False)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    #: Switched off by a person, or because nothing has arrived there for a day.
    disabled_at = models.DateTimeField(null=True, editable=False)

    objects = WebhookQuerySet.as_manager()

    class Meta:
        ordering = ["created_at", "pk"]

    def __str__(self) -> str:
        return self.url

    def get_absolute_url(self) -> str:
        return reverse("plans:webhook_detail", args=[self.pk])

    @property
    def secret(self) -> str:
        return secret_of(self.key)

    def secrets(self, now: dt.datetime) -> list[str]:
        """Those that what is sent now is signed with; the former one for a while beside the new one."""
        former = self.old_key and self.rotated_at and now - self.rotated_at < ROTATION
        return [self.secret, secret_of(self.old_key)] if former and self.old_key else [self.secret]

    @property
    def event_words(self) -> list[str]:
        return [str(Event(event).label) for event in self.events if event in Event.values]


def secret_of(key: uuid.UUID) -> str:
    """As Standard Webhooks writes secrets."""
    digest = salted_hmac("plans.webhooks", key.hex, algorithm="sha256").digest()
    return "whsec_" + base64.b64encode(digest).decode()


class Delivery(WorkspaceModel):
    """Something a webhook is to be told: written with what happened, sent by the worker, and kept as a log."""

    WORKSPACE_PATH = "webhook__workspace"
    WRITERS = ADMINS

    webhook = models.ForeignKey(Webhook, models.CASCADE, related_name="deliveries")
    #: The same however often it is sent: by it the receiver knows what it has already.
    uid = models.UUIDField(default=uuid.uuid4, unique=True)
    event = models.CharField(max_length=40)
    data = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    made_at = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveSmallIntegerField(default=0)
    #: When it is sent next; None when it has arrived, or was given up.
    next_at = models.DateTimeField(null=True, default=timezone.now)
    delivered_at = models.DateTimeField(null=True)
    #: What was answered last: 0 when there was no answer; then `answer` says why.
    status = models.PositiveSmallIntegerField(default=0)
    answer = models.CharField(max_length=500, blank=True)

    objects = LedQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]
        indexes = [
            models.Index(fields=["next_at"], name="deliveries_due", condition=models.Q(next_at__isnull=False)),
            models.Index(fields=["webhook", "-made_at"], name="deliveries_of_webhook"),
        ]

    def __str__(self) -> str:
        return f"{self.event}, {self.uid}"
