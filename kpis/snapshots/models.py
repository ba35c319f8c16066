from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.access import WorkspaceModel
from accounts.roles import ADMINS, MANAGERS
from plans.plan.models import PlanItemQuerySet

#: Of `Snapshot.state`; a reader of an older one must be written before this grows (kpis/snapshots/keeping.py).
FORMAT = 1


class Snapshot(WorkspaceModel):
    """A plan as it stood at a moment, whole and for good: what is corrected, renamed or deleted later stays in it.

    It is no part of the plan: it ticks no clock and is not copied with it. Made once and never changed, so the row is
    its own history.
    """

    WORKSPACE_PATH = "plan__workspace"
    WRITERS = MANAGERS

    class Kind(models.TextChoices):
        MANUAL = "manual", _("Taken by hand")
        REVIEW = "review", _("Review")

    plan = models.ForeignKey("plans.Plan", models.CASCADE, related_name="snapshots", editable=False)
    #: Made by the form or the deed that takes it: sent twice, it is taken once.
    uid = models.UUIDField(unique=True, editable=False)
    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind, default=Kind.MANUAL, editable=False)
    taken_at = models.DateTimeField(default=timezone.now, editable=False)
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", editable=False)
    format = models.PositiveSmallIntegerField(default=FORMAT, editable=False)
    state = models.JSONField(editable=False)

    objects = PlanItemQuerySet.as_manager()

    class Meta:
        ordering = ["-taken_at", "-pk"]
        verbose_name = _("snapshot")
        indexes = [models.Index(fields=["plan", "-taken_at"], name="snapshots_of_plan")]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("A snapshot is never changed.")
        super().save(*args, **kwargs)


class FormerRules(WorkspaceModel):
    """What a company said of status and weeks until it said something else: the past is judged by what held then."""

    WRITERS = ADMINS

    workspace = models.ForeignKey("accounts.Workspace", models.CASCADE, related_name="former_rules", editable=False)
    on_track_percent = models.PositiveSmallIntegerField(editable=False)
    at_risk_percent = models.PositiveSmallIntegerField(editable=False)
    week_starts_on = models.PositiveSmallIntegerField(editable=False)
    held_until = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["held_until", "pk"]
        indexes = [models.Index(fields=["workspace", "held_until"], name="former_rules_by_age")]

    def __str__(self) -> str:
        return f"{self.on_track_percent} / {self.at_risk_percent}"
