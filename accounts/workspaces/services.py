"""What is done to companies and the people in them."""

from django.db import transaction
from django.utils import timezone

from accounts.roles import Role
from accounts.workspaces.mails import send_invitation
from accounts.workspaces.models import Invitation, Membership, User, Workspace
from salesplan.lib.zones import zone_name_of


class LastOwner(Exception):
    """A workspace keeps at least one owner: nobody else could give the right back."""


@transaction.atomic
def create_workspace(*, owner: User, name: str, currency: str, language: str = "", country: str = "") -> Workspace:
    time_zone = zone_name_of(country, timezone.now()) or owner.time_zone
    workspace = Workspace.objects.create(
        name=name, currency=currency, language=language, country=country, time_zone=time_zone
    )
    Membership.objects.create(workspace=workspace, user=owner, role=Role.OWNER)
    work_for(owner, workspace)
    return workspace


def work_for(user, workspace: Workspace) -> None:
    user.current_workspace = workspace
    user.save(update_fields=["current_workspace"])


@transaction.atomic
def change_role(membership: Membership, *, to: str) -> None:
    if to != Role.OWNER:
        _keep_an_owner(membership)
    membership.role = to
    membership.save(update_fields=["role"])


@transaction.atomic
def remove_member(membership: Membership) -> None:
    """She loses the workspace; what she did and what she answers for stays under her name."""
    _keep_an_owner(membership)
    others = Workspace.objects.visible_to(membership.user).exclude(pk=membership.workspace_id).order_by("name", "pk")
    here = User.objects.filter(pk=membership.user_id, current_workspace=membership.workspace_id)
    here.update(current_workspace=others.first())
    membership.delete()


def _keep_an_owner(membership: Membership) -> None:
    """Locks the owners: two of them stepping down at once must not leave nobody."""
    owners = Membership.objects.select_for_update().filter(workspace=membership.workspace_id, role=Role.OWNER)
    if membership.role == Role.OWNER and {owner.pk for owner in owners} <= {membership.pk}:
        raise LastOwner


@transaction.atomic
def invite(*, workspace: Workspace, email: str, role: str, by, site: str) -> Invitation:
    """Invite, or invite again: the new letter takes the place of the one that waits for an answer.

    `site` is the address the link begins with. A letter that cannot be sent is logged; the link
    stands on the page of members too.
    """
    Invitation.objects.filter(workspace=workspace, email__iexact=email, accepted_at=None).delete()
    invitation = Invitation.objects.create(workspace=workspace, email=email.lower(), role=role, invited_by=by)
    transaction.on_commit(lambda: send_invitation(invitation, site=site), robust=True)
    return invitation


@transaction.atomic
def accept_invitation(invitation: Invitation, *, user) -> bool:
    """Make the user a member; False when the invitation was used, withdrawn or has run out meanwhile.

    Somebody who is a member already keeps the role she has.
    """
    open_still = Invitation.objects.pending().filter(pk=invitation.pk).update(accepted_at=timezone.now())
    if not open_still:
        return False
    Membership.objects.get_or_create(workspace=invitation.workspace, user=user, defaults={"role": invitation.role})
    work_for(user, invitation.workspace)
    return True
