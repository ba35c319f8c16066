"""Surveys: what is asked, where it is answered, and what the answers measure."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import get_editable, get_visible
from kpis.feedback.feeding import feed_kpi, kept_readings
from kpis.feedback.forms import SurveyForm
from kpis.feedback.models import Answer, Survey
from kpis.feedback.queries import scores_by_answer, surveys_of
from kpis.feedback.scores import RANGES
from kpis.feedback.services import add_survey_example, measure_survey
from kpis.feedback.states import state_look
from kpis.feedback.tabs import tabs_of
from kpis.feedback.words import interval_words, thin_words, value_words
from kpis.kpi.models import Kpi
from kpis.kpi.periods import last_day, period_label
from kpis.readings.models import Reading
from plans.items.section import Section
from plans.items.views import ItemViews
from plans.plan.models import Plan
from plans.plan.page import open_plan
from salesplan.lib.htmx import HtmxHttpRequest
from salesplan.lib.pieces import piece_of


def surveys_context(request: HtmxHttpRequest, plan: Plan) -> dict[str, Any]:
    today = timezone.localdate()
    surveys = surveys_of(plan)
    for survey in surveys:
        survey.look = state_look(survey, today)
        survey.words = _words(survey.score)
    return {
        "tabs": tabs_of(request, plan, here="kpis:surveys"),
        "surveys": piece_of(surveys, request, rest="survey-rest"),
        "can_edit": plan.lets(plan.my_role, Survey),
    }


def _words(score: Any) -> tuple[str, str, str] | None:
    return (value_words(score), interval_words(score), thin_words(score)) if score else None


SURVEYS = Section("kpis:surveys", "kpis/feedback/surveys.html", "survey-board", surveys_context, parts=("survey-rest",))
survey_items = ItemViews(SurveyForm, section=SURVEYS)


@require_safe
def surveys(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    return SURVEYS.page(request, open_plan(request, pk))


@require_POST
def survey_example(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    plan = open_plan(request, pk)
    if not plan.lets(plan.my_role, Survey):
        raise PermissionDenied
    add_survey_example(plan, language=Survey(plan=plan).spoken)
    messages.success(request, _("Example added: write over it what is true for you"))
    return SURVEYS.redraw(request, plan) if request.htmx else redirect(SURVEYS.url(plan))


@require_safe
def survey_detail(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    survey = get_visible(Survey.objects.select_related("kpi"), request.user, pk=pk)
    plan = survey.plan = open_plan(request, survey.plan_id)
    score, bars = scores_by_answer(survey)
    answers = Answer.objects.filter(survey=survey).exclude(text="")
    kept = kept_readings(survey) if survey.kpi else []
    context = {
        "plan": plan,
        "survey": survey,
        "look": state_look(survey, timezone.localdate()),
        "words": _words(score),
        "bars": bars,
        "ends": RANGES[survey.scale],
        "latest": answers[:5],
        "kept": [(period_label(one.period, survey.kpi.rhythm), one) for one in kept],
        "address": request.build_absolute_uri(survey.answer_url),
        "can_edit": plan.lets(plan.my_role, Survey),
        "may_measure": plan.lets(plan.my_role, Kpi) and not survey.kpi,
        "history_url": reverse("kpis:survey_history", args=[survey.pk]),
    }
    return render(request, "kpis/feedback/survey_detail.html", context)


@require_POST
def survey_pause(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    """Let nobody answer for a while (`paused` is yes), or everybody again."""
    with transaction.atomic():
        survey = _editable(request, pk)
        paused = request.POST.get("paused") == "yes"
        if survey.is_paused != paused:
            survey.is_paused = paused
            survey.save(update_fields=["is_paused"])
    messages.success(request, _("The survey is paused") if paused else _("The survey takes answers again"))
    return HttpResponseRedirect(survey.get_absolute_url())


@require_POST
def survey_renew(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    """Another link; the one that is out answers that it is gone. The number says which one was seen."""
    with transaction.atomic():
        survey = _editable(request, pk)
        if request.POST.get("number") == str(survey.link_number):
            survey.link_number += 1
            survey.save(update_fields=["link_number"])
    messages.success(request, _("There is a new link; the old one no longer works"))
    return HttpResponseRedirect(survey.get_absolute_url())


@require_POST
def survey_measure(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    """Make a KPI that follows the survey, or fill in the one that does."""
    with transaction.atomic():
        survey = _editable(request, pk)
        plan = open_plan(request, survey.plan_id)
        if not survey.kpi and not plan.lets(plan.my_role, Kpi):
            raise PermissionDenied
        kpi = measure_survey(survey)
        feed_kpi(kpi, at=timezone.now())
    messages.success(request, _("“%(kpi)s” follows the answers") % {"kpi": kpi})
    return HttpResponseRedirect(survey.get_absolute_url())


@require_safe
def reading_answers(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    """The answers a value was computed from, among those of the plan."""
    reading = get_visible(Reading.objects.select_related("kpi"), request.user, pk=pk)
    until = last_day(reading.period, reading.kpi.rhythm)
    query = {"kpi": reading.kpi_id, "since": reading.period.isoformat(), "until": until.isoformat()}
    return HttpResponseRedirect(reverse("kpis:feedback", args=[reading.plan_id], query=query))


def _editable(request: HtmxHttpRequest, pk: int) -> Survey:
    return get_editable(Survey.objects.select_for_update(of=("self",)).select_related("kpi"), request.user, pk=pk)
