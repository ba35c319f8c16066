"""The page on which one arranges the panels of the overview. It keeps nothing until it is saved."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kpis.dashboard.arrangement import (
    BY_NAME,
    NATURAL,
    Arrangement,
    arrange,
    arrangement_of_reader,
    rows_of,
)
from kpis.dashboard.services import arrange_for_all, arrange_for_reader
from plans.plan.models import Plan
from plans.plan.page import open_plan
from salesplan.lib.htmx import HtmxHttpRequest, render_page

PAGE = "kpis/dashboard/arrange.html"
MOVES = ("earlier", "later", "up", "down")


@require_http_methods(["GET", "POST"])
def overview_arrange(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    """Everybody arranges it for herself, in a closed plan too; for everybody, whoever steers the plan."""
    plan = open_plan(request, pk)
    if request.method == "GET":
        return _page(request, plan, arrangement_of_reader(plan))
    deed, _colon, name = request.POST.get("do", "").partition(":")
    arrangement = _changed(arrange(request.POST.getlist("shown"), request.POST.getlist("hidden")), deed, name)
    if deed == "save":
        arrange_for_reader(plan, request.user, arrangement)
        messages.success(request, _("The overview is arranged for you"))
        return redirect(plan)
    if deed == "follow":
        arrange_for_reader(plan, request.user, None)
        messages.success(request, _("You see the overview as it is arranged for everybody"))
        return redirect(plan)
    if deed == "save-all":
        return _save_for_all(request, plan, arrangement)
    return _page(request, plan, arrangement, says=_says(arrangement, deed, name))


def _changed(arrangement: Arrangement, deed: str, name: str) -> Arrangement:
    """As it stands in the form, and then one thing changed: sent twice, it comes to the same."""
    if deed in MOVES:
        return arrangement.moved(name, deed)
    changes = {"hide": arrangement.without, "show": arrangement.with_shown, "natural": lambda _name: NATURAL}
    return changes[deed](name) if deed in changes else arrangement


def _save_for_all(request: HtmxHttpRequest, plan: Plan, arrangement: Arrangement) -> HttpResponse:
    if not plan.i_steer:
        raise PermissionDenied
    if not arrange_for_all(plan, request.user, arrangement, before=request.POST.get("before", "")):
        plan.refresh_from_db(fields=["overview"])
        return _page(request, plan, arrangement, status=409)
    messages.success(request, _("The overview is arranged for everybody"))
    return redirect(plan)


def _page(
    request: HtmxHttpRequest, plan: Plan, arrangement: Arrangement, *, says: str = "", status: int = 200
) -> HttpResponse:
    # What it was when the page was opened, however often a panel was moved since; who was told of a conflict knows.
    known = plan.overview if status == 409 else request.POST.get("before", plan.overview)
    context = {
        "plan": plan,
        "before": known,
        "rows": rows_of(arrangement.shown),
        "hidden": [BY_NAME[name] for name in arrangement.hidden],
        "is_mine": bool(plan.my_overview),
        "is_arranged": bool(plan.overview),
        "says": says,
        "conflict": status == 409,
    }
    return render_page(request, PAGE, context, partials=["arranging"], status=status)


def _says(arrangement: Arrangement, deed: str, name: str) -> str:
    """For people who listen to the page."""
    if deed == "natural":
        return _("All panels stand in their usual order")
    panel = BY_NAME.get(name)
    if panel is None:
        return ""
    words: dict[str, Any] = {"panel": panel.title}
    if name in arrangement.hidden:
        return _("%(panel)s is hidden") % words
    words |= {"position": arrangement.shown.index(name) + 1, "total": len(arrangement.shown)}
    return _("%(panel)s is number %(position)d of %(total)d") % words
