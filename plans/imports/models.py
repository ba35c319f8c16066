from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.access import WorkspaceModel
from accounts.roles import MANAGERS
from plans.plan.models import PlanItemQuerySet


class SheetImport(WorkspaceModel):
    """A sheet somebody has brought: what stands in it, how its columns are read, and what became of it."""

    WORKSPACE_PATH = "plan__workspace"
    WRITERS = MANAGERS

    class State(models.TextChoices):
        #: Read, and waits for somebody to look at what it would do.
        OPEN = "open", _("Not imported yet")
        QUEUED = "queued", _("Importing")
        DONE = "done", _("Imported")
        FAILED = "failed", _("Failed")
        UNDOING = "undoing", _("Being undone")
        UNDONE = "undone", _("Undone")

    WORKING = (State.QUEUED, State.UNDOING)

    plan = models.ForeignKey("plans.Plan", models.CASCADE, related_name="imports")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    file_name = models.CharField(max_length=200)
    #: The first is the head.
    rows = models.JSONField(default=list)
    #: How many there are under the head.
    size = models.PositiveIntegerField(default=0)
    #: For each column of the sheet what it holds, as fields.py calls it; nothing for those left out.
    columns = models.JSONField(default=list)
    #: Whether 03/04 is the third of April; None until somebody has said so, where it matters.
    day_first = models.BooleanField(null=True)
    #: Where rows go that name no objective.
    objective = models.ForeignKey("plans.Objective", models.SET_NULL, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    #: How many rows the worker has looked at.
    looked_at = models.PositiveIntegerField(default=0)
    #: For undoing: id and version of each action added; of each changed also its fields and links before.
    added = models.JSONField(default=list)
    changed = models.JSONField(default=list)
    #: Rows that were not taken, with why; after undoing, actions that were left as they are.
    left_out = models.JSONField(default=list)

    objects = PlanItemQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["plan", "created_at"], name="imports_by_age")]

    def __str__(self) -> str:
        return self.file_name

    @property
    def cause(self) -> str:
        """How the history says where its changes come from."""
        return gettext("Sheet %(file)s") % {"file": self.file_name}

    @property
    def is_working(self) -> bool:
        return self.state in self.WORKING
