from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from plans.items.section import Section
from plans.items.views import ItemViews
from plans.plan.models import Plan
from plans.plan.page import open_plan
from plans.targeting.forms import CriterionForm, PersonaForm, SegmentForm
from plans.targeting.models import Segment
from plans.targeting.services import insert_example_segment
from salesplan.lib.htmx import HtmxHttpRequest
from salesplan.lib.pieces import piece_of


def targeting_context(request: HtmxHttpRequest, plan: Plan) -> dict:
    segments = list(Segment.objects.in_plan(plan).prefetch_related("criteria", "personas"))
    return {
        "segments": segments,
        "shown": piece_of(segments, request, rest="segment-rest"),
        "is_empty": not segments,
        "first": [segment for segment in segments if segment.priority == Segment.Priority.FIRST],
        "persona_count": sum(len(segment.personas.all()) for segment in segments),
    }


TARGETING = Section(
    "plans:targeting", "plans/targeting/targeting.html", "segment-board", targeting_context, parts=("segment-rest",)
)

segment_items = ItemViews(SegmentForm, section=TARGETING)
criterion_items = ItemViews(CriterionForm, section=TARGETING)
persona_items = ItemViews(PersonaForm, section=TARGETING)


@require_safe
def targeting(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    return TARGETING.page(request, open_plan(request, pk))


@require_POST
def segment_example(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    plan = open_plan(request, pk)
    if not plan.i_steer:
        raise PermissionDenied
    segment = insert_example_segment(plan)
    messages.success(request, _("“%(item)s” added. Change it to fit your customers.") % {"item": segment})
    if not request.htmx:
        return HttpResponseRedirect(TARGETING.url(plan))
    return TARGETING.redraw(request, plan)
