"""Where everybody begins: over all plans of her company that are carried out."""

import hashlib
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import get_visible
from accounts.models import Membership, Workspace
from accounts.roles import MANAGERS, STEERERS
from accounts.workspaces.queries import role_in, workspace_of
from kpis.home.asking import ask
from kpis.home.director import director_page
from kpis.home.manager import manager_page, who_is_late
from kpis.home.person import person_page
from kpis.home.tabs import GOALS, MINE, OFF, tab_asked, tabs_for
from plans.plan.frame import RELEASED, frame_of
from plans.plan.models import Plan
from salesplan.lib.htmx import HtmxHttpRequest, render_page

#: What is read for each question, and the part of the page that says it.
PAGES: dict[str, tuple[Callable[..., dict[str, Any]], str]] = {
    MINE: (person_page, "kpis/home/mine.html"),
    OFF: (manager_page, "kpis/home/off.html"),
    GOALS: (director_page, "kpis/home/goals.html"),
}


@require_safe
def home(request: HtmxHttpRequest) -> HttpResponse:
    workspace = workspace_of(request.user)
    if workspace is None:
        return redirect("accounts:workspace_add")
    if request.htmx and request.GET.get("of", str(workspace.pk)) != str(workspace.pk):
        # She works for another company now: the frame around the figures is that of the former.
        return HttpResponse(status=204, headers={"HX-Refresh": "true"})
    show = tab_asked(request.GET.get("show", ""), workspace.my_role)
    mark = _mark(request, workspace, show)
    if request.htmx and request.GET.get("since") == mark:
        return HttpResponse(status=204)
    read, figures = PAGES[show]
    page = read(request.user, workspace, timezone.now())
    if not page["plans"].any and not Plan.objects.visible_to(request.user).filter(workspace=workspace).exists():
        return _to_plans(request)
    context = page | {
        "show": show,
        "tabs": tabs_for(workspace.my_role),
        "mark": mark,
        "workspace": workspace,
        "steers": workspace.my_role in STEERERS,
        "figures": figures,
    }
    return render_page(request, "kpis/home/home.html", context, partials=["home-figures"])


def _to_plans(request: HtmxHttpRequest) -> HttpResponse:
    """The list of plans is where somebody begins who has none."""
    url = reverse("plans:plan_list")
    return HttpResponse(status=204, headers={"HX-Redirect": url}) if request.htmx else redirect(url)


def _mark(request: HtmxHttpRequest, workspace: Workspace, show: str) -> str:
    """Changes whenever something may have that the page says: asked every so often, and answered without reading it."""
    frame = frame_of(request)
    known = (RELEASED, show, get_language(), workspace.my_role, timezone.localdate(), frame.clock_of(workspace.pk))
    return hashlib.blake2b(repr((*known, frame.unread)).encode(), digest_size=8).hexdigest()


@require_POST
@transaction.atomic
def member_ask(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    """Ask a colleague for what of hers is late."""
    member = get_visible(Membership.objects.select_related("workspace", "user"), request.user, pk=pk)
    if role_in(member.workspace_id, request.user) not in MANAGERS:
        raise PermissionDenied
    person = next((one for one in who_is_late(request.user, member.workspace) if one.member == member.pk), None)
    who = {"who": member.user}
    if person is None:
        messages.info(request, _("%(who)s is late with nothing any more.") % who)
    elif ask(person, by=request.user, at=timezone.now()):
        messages.success(request, _("%(who)s is asked: it stands in the inbox and in the next daily e-mail.") % who)
    else:
        messages.warning(request, _("%(who)s has switched such notices off: ask in person.") % who)
    return redirect(reverse("kpis:home", query={"show": OFF}))
