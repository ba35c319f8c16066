"""Who hears of what others have not done: managers and the plan's owner, else those who steer."""

from collections.abc import Collection

from django.db.models import Q

from accounts.models import Membership, Workspace
from accounts.roles import STEERERS, Role
from plans.notices.telling import Listener, listeners_among


class Managers:
    """Of one company; asked once for each owner of a plan."""

    def __init__(self, workspace: Workspace):
        self._members = Membership.objects.filter(workspace=workspace)
        self._known: dict[frozenset[int], list[Listener]] = {}

    def of(self, owners: Collection[int | None], *, but: int | None) -> list[Listener]:
        """`owners` are those of the plans concerned; `but` answers for it, and is never told."""
        key = frozenset(owner for owner in owners if owner is not None)
        if key not in self._known:
            managers = self._members.filter(Q(role=Role.MANAGER) | Q(user__in=key))
            self._known[key] = listeners_among(managers) or listeners_among(
                self._members.filter(role__in=sorted(STEERERS))
            )
        return [one for one in self._known[key] if one.user != but]
