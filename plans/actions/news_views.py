"""A reader's visit to the actions of a plan, and what is news to her."""

import datetime as dt

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from plans.actions.address import changed, table_query, whole_number, without
from plans.actions.models import Action
from plans.actions.news import news_of
from plans.actions.views import ACTIONS
from plans.history.changes import past_of_plan
from plans.plan.page import open_plan
from plans.visits.services import mark_seen, note_visit
from salesplan.lib.htmx import HtmxHttpRequest, render_page


@require_POST
def actions_visit(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    """Asked by the page once it is there: so the page itself writes nothing, and waits for no counting."""
    plan = open_plan(request, pk)
    note_visit(plan, request.user, now=timezone.now())
    query = table_query(request)
    context = {"plan": plan, "news": news_of(plan), "show_url": changed(query, changed="visit")}
    return render(request, "plans/actions/news.html", context)


@require_safe
def actions_changes(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    """What was done to the actions, by everybody, since one's last visit; with ?since=week in the last seven days."""
    plan, week_ago = open_plan(request, pk), timezone.now() - dt.timedelta(days=7)
    since = week_ago if request.GET.get("since") == "week" else plan.news_since or week_ago
    of_week = since == week_ago
    context = {
        "plan": plan,
        "since": since,
        "of_week": of_week,
        "past": past_of_plan(Action, plan, since=since, first=whole_number(request.GET.get("from", ""))),
        "more_url": "?since=week&" if of_week else "?",
    }
    return render_page(request, "plans/actions/changes.html", context, partials=["history-more"])


@require_POST
def actions_seen(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    plan = open_plan(request, pk)
    mark_seen(plan, request.user, now=timezone.now())
    url = f"{ACTIONS.url(plan)}?{without(table_query(request), 'changed', 'page')}"
    if request.htmx:
        return HttpResponse(status=204, headers={"HX-Redirect": url})
    return redirect(url)
