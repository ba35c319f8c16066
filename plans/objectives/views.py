from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import get_editable, get_visible
from plans.goalposts.queries import moved_of, original_of
from plans.items.section import Section
from plans.items.views import ItemViews
from plans.objectives.examples import BY_KEY, EXAMPLES
from plans.objectives.forms import MilestoneForm, ObjectiveForm, PreviewForm
from plans.objectives.models import Milestone, Objective
from plans.objectives.preview import Preview
from plans.objectives.queries import objectives_of
from plans.objectives.services import insert_example, reach_milestone
from plans.objectives.sheet import sheet_of
from plans.objectives.way import way_of
from plans.plan.models import Plan
from plans.plan.page import open_plan
from salesplan.lib.htmx import HtmxHttpRequest, render_page
from salesplan.lib.pieces import piece_of


def objectives_context(request: HtmxHttpRequest, plan: Plan) -> dict:
    objectives = objectives_of(plan, timezone.localdate())
    serving = sum(objective.aim == plan.aim for objective in objectives)
    shown = piece_of(objectives, request, rest="objective-rest")
    return {
        "objectives": objectives,
        "shown": shown,
        "serving": serving,
        "examples": EXAMPLES,
        "plan_id": str(plan.pk),
    }


OBJECTIVES = Section(
    "plans:objectives",
    "plans/objectives/objectives.html",
    "objective-list",
    objectives_context,
    parts=("objective-rest",),
)

objective_items = ItemViews(ObjectiveForm, section=OBJECTIVES)


@require_safe
def objectives(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    return OBJECTIVES.page(request, open_plan(request, pk))


@require_POST
def objective_example(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    """Insert one of the examples: `key` says which."""
    plan = open_plan(request, pk)
    if not plan.lets(plan.my_role, Objective):
        raise PermissionDenied
    example = BY_KEY.get(request.POST.get("key", EXAMPLES[0].key))
    if example is None:
        raise BadRequest
    objective = insert_example(plan, example, owner=request.user)
    if request.htmx:
        return OBJECTIVES.redraw(request, plan)
    return HttpResponseRedirect(f"{OBJECTIVES.whole_url(plan)}#objective-{objective.pk}")


@require_safe
def objective_preview(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    """What the figures typed so far come to; nothing is saved."""
    plan = open_plan(request, pk)
    preview = Preview(PreviewForm(request.GET, plan=plan))
    return render(request, "plans/objectives/_preview.html", {"plan": plan, "preview": preview})


# An objective's own page


@require_safe
def objective_detail(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    objective = get_visible(Objective.objects, request.user, pk=pk)
    return sheet_of(pk).page(request, open_plan(request, objective.plan_id))


@require_safe
def objective_goalposts(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    """What was moved of it since the plan was approved, and where it would stand otherwise."""
    objective = get_visible(Objective.objects, request.user, pk=pk)
    plan, moved, today = open_plan(request, objective.plan_id), moved_of(objective), timezone.localdate()
    objective.plan = plan
    original = original_of(objective, moved)
    context = {
        "plan": plan,
        "objective": objective,
        "moved": moved,
        "original": original,
        "original_way": way_of(original, plan, today),
        "way": way_of(objective, plan, today),
    }
    return render_page(request, "plans/objectives/goalposts.html", context, partials=["objective-goalposts"])


@require_http_methods(["GET", "POST"])
def objective_change(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    """Edit the objective on its own page."""
    return ItemViews(ObjectiveForm, section=sheet_of(pk)).edit(request, pk)


@require_http_methods(["GET", "POST"])
def milestone_add(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    return ItemViews(MilestoneForm, section=sheet_of(pk)).add(request, pk)


def milestone_view(verb: str):
    """Edit, move and so on: the objective whose page is drawn again is the milestone's."""

    def view(request: HtmxHttpRequest, pk: int) -> HttpResponse:
        milestone = get_visible(Milestone.objects, request.user, pk=pk)
        views = ItemViews(MilestoneForm, section=sheet_of(milestone.objective_id))
        return getattr(views, verb)(request, pk)

    view.__name__ = f"milestone_{verb}"
    return view


@require_POST
def milestone_reach(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    milestone = get_editable(Milestone.objects, request.user, pk=pk)
    sheet = sheet_of(milestone.objective_id)
    plan = open_plan(request, milestone.plan_id)
    reach_milestone(milestone, on=timezone.localdate())
    if request.htmx:
        return sheet.redraw(request, plan)
    return HttpResponseRedirect(f"{sheet.url(plan)}#milestone-{pk}")
