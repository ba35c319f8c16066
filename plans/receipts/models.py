from typing import Self

from django.conf import settings
from django.db import models
from django.utils import timezone

from accounts.access import WorkspaceModel, WorkspaceQuerySet
from accounts.roles import EVERYONE
from salesplan.lib.saving import PreparedSaves


class ReceiptQuerySet(WorkspaceQuerySet):
    def visible_to(self, user) -> Self:
        return super().visible_to(user).filter(user=user.pk)

    def editable_by(self, user) -> Self:
        return super().editable_by(user).filter(user=user.pk)


class Receipt(PreparedSaves, WorkspaceModel):
    """That a change was carried out: sent again, because its answer got lost, it is not carried out again.

    The key is made by the page with the change, and is one's own: what somebody else sends under it is another change.
    """

    WORKSPACE_PATH = "plan__workspace"
    WRITERS = EVERYONE

    plan = models.ForeignKey("plans.Plan", models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    key = models.UUIDField()
    #: The version the row had afterwards: what waits behind the change was made on top of it.
    version = models.PositiveIntegerField()
    received_at = models.DateTimeField(default=timezone.now)

    objects = ReceiptQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="one_receipt_of_a_change")]
        indexes = [models.Index(fields=["received_at"], name="receipts_by_age")]

    def __str__(self) -> str:
        return str(self.key)
