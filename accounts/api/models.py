import datetime as dt
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.access import WorkspaceModel, WorkspaceQuerySet
from accounts.roles import EVERYONE
from accounts.workspaces.models import Membership, Workspace


class ApiTokenQuerySet(WorkspaceQuerySet):
    def visible_to(self, user) -> Self:
        """One's own, and those of the whole company to who gives its roles."""
        if not user.pk:
            return self.none()
        led = Workspace.objects.editable_by(user).values("pk")
        return self.filter(Q(membership__user=user.pk) | Q(membership__workspace__in=led))

    def editable_by(self, user) -> Self:
        return self.visible_to(user)

    def alive(self, today: dt.date) -> Self:
        return self.filter(Q(expires_on=None) | Q(expires_on__gte=today), membership__user__is_active=True)


class ApiToken(WorkspaceModel):
    """A key with which a program does what its person may do in one company, and no more than its scope.

    Only a digest is kept: a copy of the database opens nothing. It ends with its row, and the row with the membership.
    """

    WORKSPACE_PATH = "membership__workspace"
    WRITERS = EVERYONE

    class Scope(models.TextChoices):
        READ = "read", _("Read only")
        READINGS = "readings", _("Read, and enter readings")
        WRITE = "write", _("Read and change everything I may change")

    membership = models.ForeignKey(Membership, models.CASCADE, related_name="api_tokens", editable=False)
    name = models.CharField(_("name"), max_length=80, help_text=_("What uses it, for example “CRM export”."))
    scope = models.CharField(_("what it may do"), max_length=8, choices=Scope, default=Scope.READ)
    expires_on = models.DateField(_("valid until"), null=True, blank=True)
    #: How it begins, so that one knows it again.
    hint = models.CharField(max_length=20, editable=False)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    last_used_at = models.DateTimeField(null=True, editable=False)
    #: The minute of its last request, and how many there have been in it: what the limit counts, for all servers.
    minute = models.BigIntegerField(default=0, editable=False)
    requests = models.PositiveIntegerField(default=0, editable=False)

    objects = ApiTokenQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def may_write(self) -> bool:
        return self.scope == self.Scope.WRITE

    @property
    def may_enter_readings(self) -> bool:
        return self.scope in {self.Scope.READINGS, self.Scope.WRITE}

    @property
    def has_expired(self) -> bool:
        return self.expires_on is not None and self.expires_on < timezone.localdate()


class ApiAnswerQuerySet(WorkspaceQuerySet):
    def visible_to(self, user) -> Self:
        return super().visible_to(user).filter(token__membership__user=user.pk)

    def editable_by(self, user) -> Self:
        return super().editable_by(user).filter(token__membership__user=user.pk)


class ApiAnswer(WorkspaceModel):
    """What a request with an idempotency key was answered: sent again, it is answered the same and not done again."""

    WORKSPACE_PATH = "token__membership__workspace"
    WRITERS = EVERYONE

    token = models.ForeignKey(ApiToken, models.CASCADE, related_name="answers")
    key = models.CharField(max_length=200)
    #: Of method, address and body: another request under the same key is a mistake.
    fingerprint = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(default=0)
    body = models.TextField(blank=True)
    made_at = models.DateTimeField(default=timezone.now)

    objects = ApiAnswerQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["token", "key"], name="one_answer_per_key")]
        indexes = [models.Index(fields=["made_at"], name="api_answers_by_age")]

    def __str__(self) -> str:
        return self.key
