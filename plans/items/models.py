from django.apps import apps
from django.conf import settings
from django.db import models
from django.utils import timezone

from accounts.access import WorkspaceModel
from accounts.roles import EVERYONE
from plans.plan.models import PlanItemQuerySet


class BinnedItem(WorkspaceModel):
    """A deleted row with all that hung from it, kept so that deleting can be undone."""

    WORKSPACE_PATH = "plan__workspace"
    # Whoever may change rows of the deleted model may bring it back: plans.items.views.item_restore.
    WRITERS = EVERYONE

    plan = models.ForeignKey("plans.Plan", models.CASCADE, related_name="bin")
    model = models.CharField(max_length=80)
    label = models.CharField(max_length=200)
    payload = models.JSONField()
    #: Where the row was, and will be again.
    url = models.CharField(max_length=300, blank=True)
    deleted_at = models.DateTimeField(default=timezone.now)
    deleted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    objects = PlanItemQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["plan", "deleted_at"], name="bin_by_age")]

    def __str__(self) -> str:
        return self.label

    @property
    def kind(self) -> type[models.Model]:
        return apps.get_model(self.model)

    def is_shown_to(self, user) -> bool:
        """What people take back of their own words is nobody else's to read or bring back."""
        return not getattr(self.kind, "OWN", False) or self.deleted_by_id == user.pk
