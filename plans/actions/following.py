"""After a deadline has moved: the offer to move what waits for it, in whatever way the change was made."""

import datetime as dt
import json
from collections.abc import Mapping

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from plans.actions.dependencies import followers_of, is_awaited, moved_by
from plans.plan.models import Plan
from salesplan.lib.htmx import HtmxHttpRequest

#: By action, its deadline before and after.
type Moves = Mapping[int, tuple[dt.date | None, dt.date | None]]


def offering(request: HtmxHttpRequest, response: HttpResponse, plan: Plan, moves: Moves) -> HttpResponse:
    """The answer to a change, with the offer when something waits for what has moved.

    The table opens it beside itself (static/js/followers.js); without HTMX it is the next page.
    """
    moved = {pk: days for pk, (before, after) in moves.items() if (days := moved_by(plan, before, after))}
    if not moved or not is_awaited(moved) or not followers_of(plan, moved):
        return response
    pairs = ",".join(f"{pk}:{days}" for pk, days in moved.items())
    url = reverse("plans:actions_follow", args=[plan.pk], query={"moved": pairs})
    if not request.htmx:
        return redirect(url)
    response.headers["HX-Trigger"] = json.dumps({"offer-followers": {"url": url}})
    return response
