import datetime as dt
import hashlib
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.access import WorkspaceModel, WorkspaceQuerySet
from accounts.roles import MANAGERS


class SharedLinkQuerySet(WorkspaceQuerySet):
    def at(self, token: str) -> Self:
        """The link with this address; whether its last day is over is asked of the company's day."""
        return self.filter(digest=digest_of(token))._kept()

    def lasting(self, today: dt.date) -> Self:
        return self._kept().filter(ends_on__gte=today)

    def _kept(self) -> Self:
        """Not revoked, and whoever made it might make it today."""
        might = {
            "plan__workspace__memberships__user": F("made_by"),
            "plan__workspace__memberships__role__in": sorted(MANAGERS),
        }
        return self.filter(revoked_at=None, made_by__is_active=True, **might)


class SharedLink(WorkspaceModel):
    """An address at which people without an account read the overview of a plan, and nothing else.

    The address is shown once, when it is made: the row knows but its digest. A link is no part of the plan: it ticks no
    clock, is not copied with it, and is made and revoked in a closed plan as well. It is never changed but to be
    revoked, so the row is its own history.
    """

    WORKSPACE_PATH = "plan__workspace"
    WRITERS = MANAGERS

    plan = models.ForeignKey("plans.Plan", models.CASCADE, related_name="shared_links")
    name = models.CharField(
        _("for whom"),
        max_length=120,
        help_text=_("Only colleagues see this: it tells you later whose link it is."),
    )
    language = models.CharField(_("language"), max_length=8, choices=settings.LANGUAGES)
    #: The last day on which it leads anywhere, by the company's clock.
    ends_on = models.DateField(_("last day"))
    digest = models.CharField(max_length=64, unique=True, editable=False)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    revoked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    revoked_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(null=True)
    opened_count = models.PositiveIntegerField(default=0)

    objects = SharedLinkQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["plan", "-made_at"], name="shared_links_of_plan")]

    def __str__(self) -> str:
        return self.name


def digest_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
