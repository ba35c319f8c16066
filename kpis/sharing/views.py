"""The page on which links are made and revoked; what answers at them is in open_views.py."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import get_editable
from accounts.roles import MANAGERS
from kpis.sharing.forms import SharedLinkForm
from kpis.sharing.models import SharedLink
from kpis.sharing.queries import links_of
from kpis.sharing.services import make_link, revoke_link
from plans.plan.models import Plan
from plans.plan.page import open_plan
from salesplan.lib.htmx import HtmxHttpRequest


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def shared_links(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    """Answered at once and without a redirect: the address of a new link is nowhere but in this answer."""
    plan = open_plan(request, pk)
    may_share = plan.my_role in MANAGERS
    today = plan.workspace.today
    if request.method != "POST":
        return _page(request, plan, SharedLinkForm(plan=plan, today=today) if may_share else None)
    if not may_share:
        raise PermissionDenied
    form = SharedLinkForm(request.POST, plan=plan, today=today)
    if not form.is_valid():
        return _page(request, plan, form, status=422)
    link = make_link(plan, token=form.token, by=request.user, values=form.values)
    address = request.build_absolute_uri(reverse("kpis:shared", args=[form.token]))
    return _page(request, plan, SharedLinkForm(plan=plan, today=today), made=link, address=address)


def _page(
    request: HttpRequest,
    plan: Plan,
    form: SharedLinkForm | None,
    *,
    status: int = 200,
    made: SharedLink | None = None,
    address: str = "",
) -> HttpResponse:
    context = {"plan": plan, "form": form, "links": links_of(plan, plan.workspace.today), "made": made}
    return render(request, "kpis/sharing/shared_links.html", context | {"address": address}, status=status)


@require_POST
def sharedlink_revoke(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    link = get_editable(SharedLink.objects, request.user, pk=pk)
    revoke_link(link, by=request.user)
    messages.success(request, _("The link for %(name)s has ended") % {"name": link.name})
    return redirect("kpis:shared_links", link.plan_id)
