from django.core.exceptions import BadRequest, PermissionDenied
from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.access import get_editable
from plans.items.section import Section
from plans.items.views import ItemViews
from plans.plan.models import Plan
from plans.plan.page import open_plan
from plans.strategy.board import columns_of, open_stages, shown_stages
from plans.strategy.forms import PipelineForms, StageForm, StoryForm
from plans.strategy.models import SalesCycle, SalesStage, Story
from plans.strategy.queries import cycle_of, solve
from plans.strategy.services import add_method, ensure_cycle, ensure_stages, insert_story
from plans.strategy.suggestions import STORY, SUGGESTIONS
from salesplan.lib.htmx import HtmxHttpRequest
from salesplan.lib.pieces import piece_of


def board_context(request: HtmxHttpRequest, plan: Plan, forms: PipelineForms | None = None) -> dict:
    stages = open_stages(plan) if plan.i_steer else shown_stages(plan)
    cycle = cycle_of(plan)
    solved = solve(plan, cycle, stages, timezone.localdate())
    return {
        "columns": columns_of(stages, solved),
        "solved": solved,
        "forms": forms or PipelineForms(None, plan, cycle, stages),
    }


def story_context(request: HtmxHttpRequest, plan: Plan) -> dict:
    stories = list(Story.objects.in_plan(plan).select_related("persona", "stage"))
    return {"stories": stories, "shown": piece_of(stories, request, rest="story-rest"), "example": STORY}


def page_context(request: HtmxHttpRequest, plan: Plan) -> dict:
    return board_context(request, plan) | story_context(request, plan)


PAGE = "plans/strategy/strategy.html"
BOARD = Section("plans:strategy", PAGE, "strategy-board", board_context)
STORIES = Section("plans:strategy", PAGE, "story-list", story_context, parts=("story-rest",))

stage_items = ItemViews(StageForm, section=BOARD, verbs="edit")
story_items = ItemViews(StoryForm, section=STORIES)


@require_safe
def strategy(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    plan = open_plan(request, pk)
    if request.htmx.target in {STORIES.id, *STORIES.parts}:
        return STORIES.page(request, plan)
    return Section("plans:strategy", PAGE, BOARD.id, page_context).page(request, plan)


@require_POST
def salesstage_suggest(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    """Add the suggested method with the posted `number` to the stage."""
    stage = get_editable(SalesStage.objects, request.user, pk=pk)
    plan = open_plan(request, stage.plan_id)
    number = request.POST.get("number", "")
    if number not in {str(index) for index in range(len(SUGGESTIONS[stage.kind].methods))}:
        raise BadRequest
    add_method(stage, int(number))
    if request.htmx:
        return BOARD.redraw(request, plan)
    return HttpResponseRedirect(f"{BOARD.url(plan)}#salesstage-{pk}")


@require_POST
def story_example(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    plan = open_plan(request, pk)
    if not plan.lets(plan.my_role, Story):
        raise PermissionDenied
    story = insert_story(plan)
    if request.htmx:
        return STORIES.redraw(request, plan)
    return HttpResponseRedirect(f"{STORIES.url(plan)}#story-{story.pk}")


# The pipeline


@require_POST
def pipeline(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    """Save what the pipeline is computed from."""
    plan = open_plan(request, pk)
    if not plan.lets(plan.my_role, SalesCycle):
        raise PermissionDenied
    with transaction.atomic():
        forms = PipelineForms(request.POST, plan, ensure_cycle(plan), ensure_stages(plan))
        if forms.is_valid():
            forms.save()
            return BOARD.redraw(request, plan) if request.htmx else HttpResponseRedirect(BOARD.url(plan) + "#pipeline")
    return _pipeline_again(request, plan, forms)


def _pipeline_again(request: HtmxHttpRequest, plan: Plan, forms: PipelineForms) -> HttpResponse:
    """The page, or its board, with what was typed and what is wrong with it."""

    def context(request, plan):
        return page_context(request, plan) | {"forms": forms}

    response = Section("plans:strategy", PAGE, BOARD.id, context).page(request, plan)
    response.status_code = 409 if forms.conflicts else 422
    return response


@require_safe
def pipeline_preview(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    """What the pipeline must hold with the figures typed so far; nothing is saved."""
    plan = open_plan(request, pk)
    stages, cycle = shown_stages(plan), cycle_of(plan)
    forms = PipelineForms(request.GET, plan, cycle, stages)
    forms.forget_what_is_wrong()
    solved = solve(plan, cycle, stages, timezone.localdate())
    context = {
        "plan": plan,
        "solved": solved,
        "columns": columns_of(stages, solved),
        "errors": forms.errors,
        "oob": True,
    }
    return render(request, "plans/strategy/_pipeline.html", context)
