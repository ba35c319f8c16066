"""The one door to every row: what a person may see, and what she may change."""

from collections.abc import Iterable
from typing import Any, Self

from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import Q
from django.shortcuts import get_object_or_404

from accounts.roles import STEERERS


class WorkspaceQuerySet[Row: "WorkspaceModel"](models.QuerySet[Row]):
    """Base of every queryset of workspace data: the only place that knows who sees what.

    The model names its way home in WORKSPACE_PATH (empty for the workspace itself) and the roles
    that may change it in WRITERS.
    """

    def visible_to(self, user) -> Self:
        return self.filter(self._membership(user)) if user.pk else self.none()

    def editable_by(self, user) -> Self:
        return self.filter(self._membership(user, roles=self.model.WRITERS)) if user.pk else self.none()

    def _membership(self, user, roles: Iterable[str] | None = None) -> Q:
        """One Q for one join: a second `filter()` over memberships would match another person's role."""
        path = f"{self.model.WORKSPACE_PATH}__" if self.model.WORKSPACE_PATH else ""
        condition = {f"{path}memberships__user": user.pk}
        if roles is not None:
            condition[f"{path}memberships__role__in"] = sorted(roles)
        return Q(**condition)


class WorkspaceModel(models.Model):
    WORKSPACE_PATH = "workspace"
    WRITERS = STEERERS

    objects = WorkspaceQuerySet.as_manager()

    class Meta:
        abstract = True


def get_visible(queryset: Any, user, **lookup) -> Any:
    """The row, or 404: a stranger learns nothing, not even that it exists."""
    return get_object_or_404(queryset.all().visible_to(user), **lookup)


def get_editable(queryset: Any, user, **lookup) -> Any:
    """The row; 404 for outsiders, 403 for colleagues who may only read it."""
    try:
        return queryset.all().editable_by(user).get(**lookup)
    except queryset.model.DoesNotExist:
        get_visible(queryset, user, **lookup)
        raise PermissionDenied from None
