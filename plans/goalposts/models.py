import datetime as dt
from decimal import Decimal
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.access import WorkspaceModel
from plans.plan.models import PlanItemQuerySet


class MovedGoalpost(WorkspaceModel):
    """One figure of an objective or a KPI, changed after its plan was approved. Written once, and kept when what it is
    about is deleted: it is named by its kind and id.
    """

    WORKSPACE_PATH = "plan__workspace"

    plan = models.ForeignKey("plans.Plan", models.CASCADE, related_name="moved_goalposts", editable=False)
    #: "plans.objective" and the id there.
    kind = models.CharField(max_length=60, editable=False)
    row = models.BigIntegerField(editable=False)
    name = models.CharField(max_length=200, editable=False)
    unit = models.CharField(max_length=20, blank=True, editable=False)
    #: Of the model, and its values as text; empty: none.
    field = models.CharField(max_length=40, editable=False)
    old = models.CharField(max_length=40, blank=True, editable=False)
    new = models.CharField(max_length=40, blank=True, editable=False)
    #: The one that held until then.
    deadline = models.DateField(editable=False)
    reason = models.CharField(_("reason"), max_length=500, editable=False)
    moved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", editable=False)
    moved_at = models.DateTimeField(default=timezone.now, editable=False)

    #: In a sentence: plans.goalposts.queries says them.
    words: str
    timing: str

    objects = PlanItemQuerySet.as_manager()

    class Meta:
        ordering = ["-moved_at", "-pk"]
        verbose_name = _("moved goalpost")
        indexes = [models.Index(fields=["plan", "moved_at"], name="goalposts_by_age")]

    def __str__(self) -> str:
        return f"{self.name}, {self.field}"

    @property
    def model_field(self) -> models.Field:
        return apps.get_model(self.kind)._meta.get_field(self.field)

    @property
    def values(self) -> tuple[Any, Any]:
        """Old and new, as the model has them; None for none."""
        old, new = (self.model_field.to_python(text) if text else None for text in (self.old, self.new))
        return old, new

    @property
    def percent(self) -> Decimal | None:
        """By how much the figure grew, of what it was; None where that says nothing."""
        old, new = self.values
        if not (isinstance(old, Decimal) and isinstance(new, Decimal)) or not old:
            return None
        return (new - old) / abs(old) * 100

    @property
    def days_left(self) -> int:
        """From the change to the deadline; below zero when it had passed."""
        moved_on: dt.date = timezone.localtime(self.moved_at).date()
        return (self.deadline - moved_on).days
