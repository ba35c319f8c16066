import datetime as dt

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from kpis.snapshots.queries import state_of
from kpis.snapshots.replay import replay_of
from kpis.snapshots.weeks import made_at, week_named, weeks_of
from plans.plan.page import open_plan
from salesplan.lib.htmx import HtmxHttpRequest, render_page


@require_safe
def plan_replay(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    """The plan at the end of ?week=2026-W34; without one, as it is at the end of this week so far."""
    plan = open_plan(request, pk)
    today: dt.date = plan.workspace.today
    weeks = weeks_of(plan, made_at(plan), today)
    week = week_named(request.GET.get("week", ""), weeks)
    state = state_of(plan, week.ends_at)
    place = weeks.index(week)
    context = {
        "plan": plan,
        "weeks": weeks,
        "week": week,
        "place": place,
        "earlier": weeks[place - 1] if place else None,
        "later": weeks[place + 1] if place + 1 < len(weeks) else None,
        "replay": replay_of(state_of(plan, week.starts_at), state) if state else None,
    }
    return render_page(request, "kpis/snapshots/replay.html", context, partials=["replay-week"])
