import uuid
from typing import Self

from django.core.signing import BadSignature, Signer
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from accounts.access import WorkspaceModel, WorkspaceQuerySet
from accounts.roles import EVERYONE

SIGNER = Signer(sep=".", salt="plans.feeds")


class CalendarFeedQuerySet(WorkspaceQuerySet):
    def visible_to(self, user) -> Self:
        """One's own only: whoever has an address reads with the rights of the one who made it."""
        return super().visible_to(user).filter(membership__user=user.pk)

    def editable_by(self, user) -> Self:
        return super().editable_by(user).filter(membership__user=user.pk)

    def at(self, token: str) -> Self:
        """The feed with this address, if there is one and its owner may still sign in."""
        try:
            key = SIGNER.unsign(token)
        except BadSignature:
            return self.none()
        return self.filter(key=key, membership__user__is_active=True)


class CalendarFeed(WorkspaceModel):
    """A secret address at which a calendar reads deadlines: those of a plan, or one's own in all plans of a company.

    The address is the key with a signature: it can be shown again at any time, and a copy of the database does not
    give it away. It ends with the row, and the row with the membership.
    """

    WORKSPACE_PATH = "membership__workspace"
    WRITERS = EVERYONE

    membership = models.ForeignKey("accounts.Membership", models.CASCADE, related_name="calendar_feeds")
    #: None for one's own deadlines in all plans.
    plan = models.ForeignKey("plans.Plan", models.CASCADE, null=True, related_name="calendar_feeds")
    key = models.UUIDField(default=uuid.uuid4, unique=True)
    created_at = models.DateTimeField(default=timezone.now)

    objects = CalendarFeedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["membership", "plan"], name="one_feed_per_plan"),
            models.UniqueConstraint(fields=["membership"], condition=Q(plan=None), name="one_feed_of_own_deadlines"),
        ]

    def __str__(self) -> str:
        return f"{self.membership}, {self.plan or '–'}"

    def get_absolute_url(self) -> str:
        return reverse("plans:feed", args=[SIGNER.sign(self.key.hex)])
