"""Asking people in by e-mail, and what they see when they follow the link."""

from urllib.parse import urlencode

from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import get_editable
from accounts.models import Invitation, Workspace
from accounts.roles import roles_to_give
from accounts.workspaces.forms import InvitationForm
from accounts.workspaces.member_views import member_page
from accounts.workspaces.queries import role_in
from accounts.workspaces.services import accept_invitation, invite


@require_POST
def invitation_add(request: HttpRequest, pk: int) -> HttpResponse:
    workspace = get_editable(Workspace.objects, request.user, pk=pk)
    workspace.my_role = role_in(pk, request.user)
    form = InvitationForm(request.POST, workspace=workspace, giver=workspace.my_role)
    if not form.is_valid():
        return member_page(request, workspace, form)
    _send(request, workspace, **form.cleaned_data)
    return redirect("accounts:member_list")


@require_POST
def invitation_resend(request: HttpRequest, pk: int) -> HttpResponse:
    invitation = get_editable(Invitation.objects.pending().select_related("workspace"), request.user, pk=pk)
    if invitation.role not in roles_to_give(role_in(invitation.workspace_id, request.user)):
        raise PermissionDenied
    _send(request, invitation.workspace, email=invitation.email, role=invitation.role)
    return redirect("accounts:member_list")


def _send(request: HttpRequest, workspace: Workspace, *, email: str, role: str) -> None:
    if not ratelimit.consume(request, action="invitation_letters", key=str(workspace.pk)):
        messages.error(request, _("That were many invitations. Go on in an hour."))
        return
    invite(workspace=workspace, email=email, role=role, by=request.user, site=request.build_absolute_uri("/"))
    messages.success(request, _("Invitation sent to %(email)s") % {"email": email})


@require_POST
def invitation_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    invitation = get_editable(Invitation.objects, request.user, pk=pk)
    invitation.delete()
    messages.success(request, _("The invitation of %(email)s is withdrawn") % {"email": invitation.email})
    return redirect("accounts:member_list")


@login_not_required  # whoever is invited has no account yet; the token, which nobody can guess, is the key
@require_http_methods(["GET", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    found = Invitation.objects.pending().filter(token=token).select_related("workspace", "invited_by").first()
    if found is None:
        return render(request, "accounts/workspaces/invitation_gone.html", status=404)
    if request.method == "POST":
        if not ratelimit.consume(request, action="invitation_answers"):
            return render(request, "accounts/workspaces/try_later.html", status=429)
        return _answer(request, found)
    context = {
        "invitation": found,
        "signup_url": _and_back(request, "account_signup", found),
        "login_url": _and_back(request, "account_login", found),
    }
    return render(request, "accounts/workspaces/invitation.html", context)


def _answer(request: HttpRequest, found: Invitation) -> HttpResponse:
    if not request.user.is_authenticated:
        return redirect(_and_back(request, "account_signup", found))
    if not accept_invitation(found, user=request.user):
        return render(request, "accounts/workspaces/invitation_gone.html", status=404)
    messages.success(request, _("Welcome to %(workspace)s") % {"workspace": found.workspace})
    return redirect("accounts:home")


def _and_back(request: HttpRequest, url_name: str, found: Invitation) -> str:
    """Signing up or in leads back to the invitation, with its address filled in."""
    return f"{reverse(url_name)}?{urlencode({'next': request.path, 'email': found.email})}"
