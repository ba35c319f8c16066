from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import get_visible
from kpis.kpi.models import Kpi
from kpis.kpi.objective_health import health_of
from kpis.kpi.progress import progress_of
from kpis.kpi.rules import Rules
from plans.objectives.models import KpiRule, Objective
from plans.plan.page import open_plan
from salesplan.lib.htmx import HtmxHttpRequest, render_page


@require_safe
def objective_health(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    """How healthy an objective is and why: a line of its page, or a page of its own with all its KPIs."""
    objective = get_visible(Objective.objects, request.user, pk=pk)
    plan = open_plan(request, objective.plan_id)
    kpis = progress_of(Kpi.objects.in_plan(plan).filter(objective=objective), timezone.localdate(), plan=plan)
    context = {
        "plan": plan,
        "objective": objective,
        "kpis": kpis,
        "health": health_of(objective.kpi_rule, kpis, Rules.of_company(plan.workspace)),
        "weighted": objective.kpi_rule == KpiRule.WEIGHTED,
    }
    return render_page(request, "kpis/objectives/objective_health.html", context, partials=["why"])
