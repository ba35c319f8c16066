from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from accounts.roles import ADMINS
from plans.capacity.forms import CapacityForm, TimeAwayForm
from plans.capacity.models import Capacity
from plans.items.section import Section
from plans.items.views import ItemViews
from plans.plan.completeness import completeness_of
from plans.plan.models import Plan
from plans.plan.page import open_plan
from salesplan.lib.htmx import HtmxHttpRequest
from salesplan.lib.pieces import piece_of


def capacity_context(request: HtmxHttpRequest, plan: Plan) -> dict[str, Any]:
    rows = Capacity.objects.in_plan(plan).select_related("person").prefetch_related("times_away")
    capacities = list(rows)
    return {
        "capacities": capacities,
        "shown": piece_of(capacities, request, rest="capacity-rest"),
        "is_empty": not capacities,
        "usual": plan.workspace.hours_per_week,
        "can_edit": plan.lets(plan.my_role, Capacity),
        "may_change_company": plan.my_role in ADMINS,
        "tallies": completeness_of(plan).tallies,
    }


CAPACITY = Section(
    "plans:capacity", "plans/capacity/capacity.html", "capacity-board", capacity_context, parts=("capacity-rest",)
)

# There is one for each person: a copy could be nobody's.
capacity_items = ItemViews(CapacityForm, section=CAPACITY, verbs="add edit move delete")
timeaway_items = ItemViews(TimeAwayForm, section=CAPACITY, verbs="add edit duplicate delete")


@require_safe
def capacity(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    return CAPACITY.page(request, open_plan(request, pk))
