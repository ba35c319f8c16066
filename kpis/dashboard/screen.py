"""The overview on the screen of a meeting room: nothing but its figures, which follow the plan by themselves."""

import hashlib
from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from kpis.dashboard.head import week_words
from kpis.dashboard.page import overview_stamp
from plans.plan.models import Plan
from salesplan.lib.htmx import HtmxHttpRequest


def screen(request: HtmxHttpRequest, plan: Plan, body: str, *, base: str, leave: str, news: str) -> HttpResponse:
    """`base` is the document it stands in, `leave` the address Escape leads to, `news` the one it asks."""
    context = _context(plan, body) | {"base": base, "leave_url": leave, "news_url": news}
    return render(request, "kpis/dashboard/screen.html", context)


def news(request: HtmxHttpRequest, plan: Plan, body: Callable[[], str]) -> HttpResponse:
    """What the screen shows now; nothing when that is what it shows already."""
    if request.GET.get("since") == _mark(plan):
        return HttpResponse(status=204)
    return render(request, "kpis/dashboard/screen.html#screen-figures", _context(plan, body()))


def _context(plan: Plan, body: str) -> dict[str, Any]:
    return {"plan": plan, "week": week_words(plan, plan.workspace.today), "body": body, "mark": _mark(plan)}


def _mark(plan: Plan) -> str:
    """Changes whenever the body may have changed."""
    return hashlib.blake2b(repr(overview_stamp(plan, plan.workspace.today)).encode(), digest_size=8).hexdigest()
