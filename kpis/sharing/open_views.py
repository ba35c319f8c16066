"""What answers at a link: nobody signs in, the token is the key, and whatever it leads to can only be read."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.views.decorators.http import require_safe

from kpis.dashboard.arrangement import arrangement_of_plan
from kpis.dashboard.head import week_words
from kpis.dashboard.page import plots_of
from kpis.dashboard.screen import news, screen
from kpis.sharing.limits import asked_for_none_too_often, asked_too_often
from kpis.sharing.models import SharedLink
from kpis.sharing.outward import outward_body
from kpis.sharing.services import count_opening
from salesplan.lib.htmx import HtmxHttpRequest

HEADERS = {
    "X-Robots-Tag": "noindex, nofollow",
    # The address is the key: it is told to no other site.
    "Referrer-Policy": "no-referrer",
    # An address that was revoked must not answer out of somebody's store; plots are asked for each time anyway.
    "Cache-Control": "no-store",
}


def behind_link(view: Callable[[HtmxHttpRequest, SharedLink], HttpResponse]) -> Callable[..., HttpResponse]:
    """Give `view` the link in its language and by the company's clock; unknown, revoked and expired ones look alike."""

    @login_not_required
    @require_safe
    @wraps(view)
    def answer(request: HtmxHttpRequest, token: str) -> HttpResponse:
        link = _link_at(token)
        if link is None:
            response = _ended(request)
        elif asked_too_often(link):
            response = HttpResponse(status=429, headers={"Retry-After": "60"})
        else:
            response = _answer(view, request, link)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response

    return answer


def _answer(view: Callable[..., HttpResponse], request: HtmxHttpRequest, link: SharedLink) -> HttpResponse:
    with translation.override(link.language), timezone.override(link.plan.workspace.zone):
        try:
            response = view(request, link)
        except Http404:  # a table there is none of; the page that says so elsewhere leads into the app
            response = _ended(request)
        response.headers["Content-Language"] = link.language
    return response


def _link_at(token: str) -> SharedLink | None:
    links = SharedLink.objects.at(token).select_related("plan__workspace", "plan__owner")
    link = links.first()
    return link if link and link.ends_on >= link.plan.workspace.today else None


def _ended(request: HtmxHttpRequest) -> HttpResponse:
    many = asked_for_none_too_often(request)
    return render(request, "kpis/sharing/ended.html", {"many": many}, status=429 if many else 404)


@behind_link
def shared(request: HtmxHttpRequest, link: SharedLink) -> HttpResponse:
    plan, today = link.plan, link.plan.workspace.today
    if request.method == "GET":
        count_opening(link)
    body = outward_body(plan, today)
    if "screen" in request.GET:
        return screen(request, plan, body, base="kpis/sharing/base.html", leave="./", news="live/")
    context = {"plan": plan, "link": link, "week": week_words(plan, today), "body": body}
    return render(request, "kpis/sharing/shared.html", context)


@behind_link
def shared_live(request: HtmxHttpRequest, link: SharedLink) -> HttpResponse:
    return news(request, link.plan, lambda: outward_body(link.plan, link.plan.workspace.today))


@behind_link
def shared_plots(request: HtmxHttpRequest, link: SharedLink) -> HttpResponse:
    """Of what is arranged for everybody, whatever stands in the address: it gives away nothing that is hidden, and
    nobody makes it draw again what the app has drawn.
    """
    return plots_of(request, link.plan, arrangement_of_plan(link.plan).shown, page="kpis/sharing/table.html")
