from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone

from accounts.access import WorkspaceModel
from accounts.roles import EVERYONE
from plans.plan.models import PlanItemQuerySet


class Visit(WorkspaceModel):
    """How somebody sees a plan: how far she has seen it (the visit she is on, and when the one before it ended), and
    how she has arranged its overview.

    It is about the reader and no part of the plan: the plan's clock does not tick for it.
    """

    WORKSPACE_PATH = "plan__workspace"
    WRITERS = EVERYONE

    plan = models.ForeignKey("plans.Plan", models.CASCADE, related_name="visits")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    #: When the visit before this one ended; none before the first.
    since = models.DateTimeField(null=True, blank=True)
    seen_at = models.DateTimeField(default=timezone.now)
    #: As `Plan.overview`; empty where she has the one for everybody.
    overview = models.CharField(max_length=400, blank=True)

    objects: Any = PlanItemQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "user"], name="one_visit_of_a_plan")]

    def __str__(self) -> str:
        return f"{self.user}: {self.plan}"
