from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.access import WorkspaceModel, WorkspaceQuerySet
from accounts.roles import EVERYONE, MANAGERS

NAME_LENGTH = 60
QUERY_LENGTH = 2000


class SavedViewQuerySet(WorkspaceQuerySet):
    def visible_to(self, user) -> Self:
        """One's own, and those that are shared: of a colleague's private view nobody learns."""
        return super().visible_to(user).filter(Q(shared=True) | Q(owner=user.pk))

    def editable_by(self, user) -> Self:
        """One's own private ones whatever one's role; shared ones as somebody who works the action table.

        One filter for one join: a second one would match another person's role.
        """
        return self.filter(
            Q(owner=user.pk, shared=False) | Q(shared=True, plan__workspace__memberships__role__in=sorted(MANAGERS)),
            plan__workspace__memberships__user=user.pk,
        )

    def in_plan(self, plan) -> Self:
        return self.filter(plan=plan)

    def with_default_of(self, user) -> Self:
        """Annotate whether `user` opens the actions with it."""
        return self.annotate(is_default=Exists(DefaultView.objects.filter(view=OuterRef("pk"), user=user.pk)))


class SavedView(WorkspaceModel):
    """A view of a plan's actions under a name: the query of its address, and nothing else.

    It is a way of looking at the plan and no part of it: no history, no bin (a private name must not stand in a list
    that colleagues read), and saved in closed plans too.
    """

    WORKSPACE_PATH = "plan__workspace"
    WRITERS = MANAGERS

    plan = models.ForeignKey("plans.Plan", models.CASCADE, related_name="saved_views", editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", editable=False)
    name = models.CharField(_("name"), max_length=NAME_LENGTH)
    query = models.CharField(max_length=QUERY_LENGTH, editable=False)
    shared = models.BooleanField(_("share with everybody who reads the plan"), default=False)
    is_default: bool
    may_be_changed: bool

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "owner", "name"], name="one_saved_view_of_a_name"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"{reverse('plans:actions', args=[self.plan_id])}?{self.query}"

    def is_changed_by(self, user, *, role: str) -> bool:
        """As `editable_by` says it, of somebody with this role who sees the view."""
        return role in MANAGERS if self.shared else self.owner_id == user.pk

    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)
        self.plan.touch()


class DefaultView(WorkspaceModel):
    """The view with which a person opens a plan's actions."""

    WORKSPACE_PATH = "plan__workspace"
    WRITERS = EVERYONE

    plan = models.ForeignKey("plans.Plan", models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    view = models.ForeignKey(SavedView, models.CASCADE, related_name="defaults")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "user"], name="one_default_view")]

    def __str__(self) -> str:
        return f"{self.user}: {self.view}"
