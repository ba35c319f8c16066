from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import get_editable, get_visible
from accounts.models import Workspace
from accounts.workspaces.forms import WorkspaceForm, WorkspaceSettingsForm
from accounts.workspaces.queries import workspace_of
from accounts.workspaces.services import create_workspace, work_for


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The page of one's company, which says by one's role what is asked (kpis.home)."""
    return redirect("accounts:workspace_add" if workspace_of(request.user) is None else "kpis:home")


@require_http_methods(["GET", "POST"])
def workspace_add(request: HttpRequest) -> HttpResponse:
    """Also the first page of somebody who has just signed up."""
    initial = {"language": get_language()}
    form = WorkspaceForm(request.POST or None, initial=initial)
    if form.is_valid():
        create_workspace(owner=request.user, **form.cleaned_data)
        return redirect("accounts:home")
    context = {"form": form, "first": workspace_of(request.user) is None}
    return render(request, "accounts/workspaces/workspace_add.html", context, status=422 if form.is_bound else 200)


@require_POST
def workspace_switch(request: HttpRequest, pk: int) -> HttpResponse:
    work_for(request.user, get_visible(Workspace.objects, request.user, pk=pk))
    return redirect("accounts:home")


@require_http_methods(["GET", "POST"])
def workspace_edit(request: HttpRequest, pk: int) -> HttpResponse:
    workspace = get_editable(Workspace.objects, request.user, pk=pk)
    form = WorkspaceSettingsForm(request.POST or None, instance=workspace)
    if form.is_valid():
        with transaction.atomic():  # the clocks of its plans tick with it
            form.save()
        messages.success(request, _("Saved"))
        return redirect("accounts:workspace_edit", pk)
    context = {"form": form, "workspace_id": pk}
    return render(request, "accounts/workspaces/workspace_edit.html", context, status=422 if form.is_bound else 200)
