"""Who is in the company, and as what."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import get_editable
from accounts.models import Invitation, Membership, Workspace
from accounts.roles import Role, roles_to_give
from accounts.workspaces.forms import InvitationForm, RoleForm
from accounts.workspaces.queries import role_in, workspace_of
from accounts.workspaces.services import LastOwner, change_role, remove_member


@require_safe
def member_list(request: HttpRequest) -> HttpResponse:
    workspace = workspace_of(request.user)
    if workspace is None:
        return redirect("accounts:workspace_add")
    return member_page(request, workspace)


def member_page(request: HttpRequest, workspace: Workspace, form: InvitationForm | None = None) -> HttpResponse:
    """The page, with the form of an invitation that could not be sent; the workspace knows `my_role`."""
    mine = workspace.my_role
    members = list(Membership.objects.visible_to(request.user).filter(workspace=workspace).select_related("user"))
    members.sort(key=lambda member: (list(Role).index(Role(member.role)), str(member.user).casefold()))
    invitations = Invitation.objects.pending().visible_to(request.user).filter(workspace=workspace)
    context = {
        "company": workspace,
        "members": members,
        "roles": roles_to_give(mine),
        "can_edit": bool(roles_to_give(mine)),
        "invitations": invitations.select_related("invited_by") if roles_to_give(mine) else [],
        "form": form or InvitationForm(workspace=workspace, giver=mine),
        "site": request.build_absolute_uri("/").rstrip("/"),
    }
    return render(request, "accounts/workspaces/member_list.html", context, status=422 if form else 200)


def _may_change(role: str, member: Membership) -> bool:
    return member.role in roles_to_give(role)


def _membership(request: HttpRequest, pk: int) -> tuple[Membership, str]:
    """The member to change and what the reader is herself; 403 when this one is above her."""
    member = get_editable(Membership.objects.select_related("user", "workspace"), request.user, pk=pk)
    mine = role_in(member.workspace_id, request.user)
    if not _may_change(mine, member):
        raise PermissionDenied
    return member, mine


@require_POST
def member_role(request: HttpRequest, pk: int) -> HttpResponse:
    member, mine = _membership(request, pk)
    form = RoleForm(request.POST, giver=mine)
    if not form.is_valid():
        raise PermissionDenied
    try:
        change_role(member, to=form.cleaned_data["role"])
        text = _("%(name)s: %(role)s") % {"name": member.user, "role": member.get_role_display()}
        messages.success(request, text)
    except LastOwner:
        messages.error(request, _("A workspace needs an owner: make somebody else one first."))
    return redirect("accounts:member_list")


@require_POST
def member_remove(request: HttpRequest, pk: int) -> HttpResponse:
    member, _mine = _membership(request, pk)
    try:
        remove_member(member)
        messages.success(request, _("%(name)s is no longer a member") % {"name": member.user})
    except LastOwner:
        messages.error(request, _("A workspace needs an owner: make somebody else one first."))
    return redirect("accounts:home" if member.user_id == request.user.pk else "accounts:member_list")
