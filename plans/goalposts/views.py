from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from plans.goalposts.queries import moved_goalposts
from plans.plan.page import open_plan
from salesplan.lib.htmx import HtmxHttpRequest


@require_safe
def goalposts(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    """What was moved since the plan was approved; ?of= names one objective or KPI."""
    plan = open_plan(request, pk)
    moved = moved_goalposts(plan)
    names = {f"{move.kind}-{move.row}": move.name for move in reversed(moved)}
    of = request.GET.get("of", "")
    context = {
        "plan": plan,
        "moved": [move for move in moved if of not in names or f"{move.kind}-{move.row}" == of],
        "names": sorted(names.items(), key=lambda pair: pair[1].casefold()),
        "of": of,
    }
    return render(request, "plans/goalposts/goalposts.html", context)
