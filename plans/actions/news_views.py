"""A reader's visit to the actions of a plan, and what is news to her."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from plans.actions.address import changed, table_query, without
from plans.actions.news import news_of
from plans.actions.views import ACTIONS
from plans.plan.page import open_plan
from plans.visits.services import mark_seen, note_visit
from salesplan.lib.htmx import HtmxHttpRequest


@require_POST
def actions_visit(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    """Asked by the page once it is there: so the page itself writes nothing, and waits for no counting."""
    plan = open_plan(request, pk)
    note_visit(plan, request.user, now=timezone.now())
    query = table_query(request)
    context = {"plan": plan, "news": news_of(plan), "show_url": changed(query, changed="visit")}
    return render(request, "plans/actions/news.html", context)


@require_POST
def actions_seen(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    plan = open_plan(request, pk)
    mark_seen(plan, request.user, now=timezone.now())
    url = f"{ACTIONS.url(plan)}?{without(table_query(request), 'changed', 'page')}"
    if request.htmx:
        return HttpResponse(status=204, headers={"HX-Redirect": url})
    return redirect(url)
