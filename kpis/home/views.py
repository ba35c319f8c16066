"""Where everybody begins: over all plans of her company that are carried out."""

import hashlib
from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from accounts.models import Workspace
from accounts.roles import STEERERS
from accounts.workspaces.queries import workspace_of
from kpis.home.person import person_page
from kpis.home.tabs import MINE, tab_asked, tabs_for
from plans.plan.frame import RELEASED, frame_of
from plans.plan.models import Plan
from salesplan.lib.htmx import HtmxHttpRequest, render_page

PAGES: dict[str, Callable[..., dict[str, Any]]] = {MINE: person_page}


@require_safe
def home(request: HtmxHttpRequest) -> HttpResponse:
    workspace = workspace_of(request.user)
    if workspace is None:
        return redirect("accounts:workspace_add")
    show = tab_asked(request.GET.get("show", ""), workspace.my_role)
    mark = _mark(request, workspace, show)
    if request.htmx and request.GET.get("since") == mark:
        return HttpResponse(status=204)
    page = PAGES[show](request.user, workspace, timezone.now())
    if not page["plans"].any and not Plan.objects.visible_to(request.user).filter(workspace=workspace).exists():
        # The list of plans is where somebody begins who has none.
        return redirect("plans:plan_list")
    context = page | {
        "show": show,
        "tabs": tabs_for(workspace.my_role),
        "mark": mark,
        "workspace": workspace,
        "steers": workspace.my_role in STEERERS,
        "figures": f"kpis/home/{show}.html",
    }
    return render_page(request, "kpis/home/home.html", context, partials=["home-figures"])


def _mark(request: HtmxHttpRequest, workspace: Workspace, show: str) -> str:
    """Changes whenever something may have that the page says: asked every so often, and answered without reading it."""
    frame = frame_of(request)
    known = (RELEASED, show, get_language(), workspace.my_role, timezone.localdate(), frame.clock_of(workspace.pk))
    return hashlib.blake2b(repr((*known, frame.unread)).encode(), digest_size=8).hexdigest()
