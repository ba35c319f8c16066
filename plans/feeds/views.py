"""Deadlines for a calendar outside: the page on which one makes addresses, and what answers at them."""

import hashlib

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import get_visible
from accounts.models import Membership
from plans.feeds.ical import FIELDS, calendar
from plans.feeds.models import CalendarFeed
from plans.feeds.queries import deadlines_of, plans_of
from plans.feeds.services import make_feed, revoke_feed
from plans.plan.frame import RELEASED
from plans.plan.models import Plan
from plans.plan.page import open_plan

#: What `of` asks for when it is not the plan: one's own deadlines, in all plans.
MINE = "mine"


@require_safe
def feeds(request: HttpRequest, pk: int) -> HttpResponse:
    plan = open_plan(request, pk)
    mine = CalendarFeed.objects.visible_to(request.user).filter(membership__workspace=plan.workspace_id)
    by_plan = {feed.plan_id: feed for feed in mine.filter(Q(plan=None) | Q(plan=plan))}
    site = request.build_absolute_uri("/").rstrip("/")
    context = {
        "plan": plan,
        "feeds": [
            (MINE, _("My deadlines"), by_plan.get(None)),
            ("plan", _("All deadlines of this plan"), by_plan.get(plan.pk)),
        ],
        "site": site,
        "webcal": f"webcal://{request.get_host()}",
    }
    return render(request, "plans/feeds/feeds.html", context)


@require_POST
def feed_make(request: HttpRequest, pk: int) -> HttpResponse:
    plan = open_plan(request, pk)
    make_feed(_membership(request, plan), plan=_asked_for(request, plan))
    messages.success(request, _("The address is ready: add it to your calendar"))
    return redirect("plans:feeds", plan.pk)


@require_POST
def feed_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    plan = open_plan(request, pk)
    revoke_feed(_membership(request, plan), plan=_asked_for(request, plan))
    messages.success(request, _("The address no longer works"))
    return redirect("plans:feeds", plan.pk)


def _membership(request: HttpRequest, plan: Plan) -> Membership:
    return get_visible(Membership.objects.filter(user=request.user), request.user, workspace=plan.workspace_id)


def _asked_for(request: HttpRequest, plan: Plan) -> Plan | None:
    return None if request.POST.get("of") == MINE else plan


@login_not_required  # a calendar cannot sign in; the address, which nobody can guess, is the key
@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    found = CalendarFeed.objects.at(token).select_related("membership__user", "membership__workspace", "plan").first()
    plans = plans_of(found) if found else []
    if found is None or (found.plan_id and not plans):
        raise Http404
    with translation.override(found.membership.user.language or settings.LANGUAGE_CODE):
        response = _answer(request, found, plans)
        response.headers["Content-Language"] = translation.get_language()
    return response


def _answer(request: HttpRequest, found: CalendarFeed, plans: list[Plan]) -> HttpResponse:
    """Nothing is read twice for a calendar that has it: its plans' clocks say whether something may have changed."""
    name, site = _name(found), request.build_absolute_uri("/")
    clocks = [(plan.pk, plan.changed_at, plan.version) for plan in plans]
    stamp = repr((RELEASED, found.pk, name, site, translation.get_language(), clocks))
    etag = quote_etag(hashlib.blake2b(stamp.encode(), digest_size=16).hexdigest())
    # To be asked for each time: an address that was revoked must not answer out of somebody's store.
    headers = {"ETag": etag, "Cache-Control": "private, no-cache", "X-Robots-Tag": "noindex"}
    known = get_conditional_response(request, etag=etag)
    if known is not None:
        return known
    rows = list(deadlines_of(found, plans).values(*FIELDS))
    for row in rows:
        row["url"] = request.build_absolute_uri(reverse("plans:action_detail", args=[row["pk"]]))
    body = calendar(name, rows, site=request.get_host())
    return HttpResponse(body, content_type="text/calendar; charset=utf-8", headers=headers)


def _name(found: CalendarFeed) -> str:
    if found.plan:
        return found.plan.name
    return _("My deadlines, %(company)s") % {"company": found.membership.workspace}
