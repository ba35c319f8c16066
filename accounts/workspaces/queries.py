from django.db.models import Case, F, Value, When

from accounts.workspaces.models import Membership, Workspace


def workspace_of(user) -> Workspace | None:
    """The company she works for now: the one chosen last, else the first of hers; None when she has none.

    It says in `my_role` what she is there.
    """
    chosen_first = Case(When(pk=user.current_workspace_id or 0, then=Value(0)), default=Value(1))
    # Declared on the model for those who read it.
    mine = Workspace.objects.visible_to(user).annotate(my_role=F("memberships__role"))  # type: ignore[no-redef]
    return mine.order_by(chosen_first, "name", "pk").first()


def role_in(workspace_id: int, user) -> str:
    """What the user is in that workspace; nothing for strangers."""
    roles = Membership.objects.filter(workspace=workspace_id, user=user).values_list("role", flat=True)
    return roles.first() or ""
