from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import get_visible
from analysis.smart.queries import facts_of, measures_of
from analysis.smart.verdicts import passes, smart_answers
from plans.objectives.models import Objective
from plans.plan.page import open_plan
from salesplan.lib.htmx import HtmxHttpRequest, render_page


@require_safe
def objective_smart(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    """The SMART check of an objective: a panel of its page, or a page of its own."""
    objective = get_visible(Objective.objects.select_related("segment"), request.user, pk=pk)
    plan = open_plan(request, objective.plan_id)
    answers = smart_answers(facts_of(objective, plan, timezone.localdate()))
    context = {"plan": plan, "objective": objective, "answers": answers, "passes": passes(answers)}
    return render_page(request, "analysis/smart/objective_smart.html", context, partials=["smart-check"])


@require_safe
def objective_measures(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    """The KPIs that measure an objective, with what they stand at."""
    objective = get_visible(Objective.objects, request.user, pk=pk)
    plan = open_plan(request, objective.plan_id)
    today = timezone.localdate()
    context = {
        "plan": plan,
        "objective": objective,
        "measures": measures_of(objective, plan, today),
        "today": today,
        "can_edit": plan.i_steer,
    }
    return render_page(request, "analysis/smart/objective_measures.html", context, partials=["objective-kpis"])
