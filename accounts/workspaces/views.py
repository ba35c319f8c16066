from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from accounts.access import get_visible
from accounts.models import Workspace


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    return redirect("plans:plan_list")


@require_POST
def workspace_switch(request: HttpRequest, pk: int) -> HttpResponse:
    request.user.current_workspace = get_visible(Workspace.objects, request.user, pk=pk)
    request.user.save(update_fields=["current_workspace"])
    return redirect("accounts:home")


@require_safe
def profile(request: HttpRequest) -> HttpResponse:
    return HttpResponse("")


@require_safe
def member_list(request: HttpRequest) -> HttpResponse:
    return HttpResponse("")
