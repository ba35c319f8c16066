"""Where customers answer: without signing in, in the language of the survey."""

import datetime as dt

from allauth.core import ratelimit
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import translation
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kpis.feedback.models import Survey
from kpis.feedback.public_forms import PublicAnswerForm
from kpis.feedback.services import take_answer
from salesplan.lib.quicker import when_quicker

REMEMBERED = dt.timedelta(days=365)


@login_not_required  # customers have no account; the address, which nobody can guess, is the key
@require_http_methods(["GET", "POST"])
@when_quicker
def survey_answer(request: HttpRequest, token: str) -> HttpResponse:
    survey = Survey.objects.at(token).select_related("plan__workspace").first()
    if survey is None:
        return render(request, "kpis/feedback/public_closed.html", {"gone": True}, status=404)
    with translation.override(survey.spoken):
        response = _answer(request, survey)
        response.headers["Content-Language"] = translation.get_language()
    response.headers["X-Robots-Tag"] = "noindex"
    add_never_cache_headers(response)
    return response


def _answer(request: HttpRequest, survey: Survey) -> HttpResponse:
    context = {"survey": survey, "company": survey.plan.workspace}
    if answered_on := _answered_on(request, survey):
        thanks = "thanks" in request.GET
        return render(request, "kpis/feedback/public_thanks.html", context | {"thanks": thanks, "on": answered_on})
    today = survey.plan.workspace.today
    if (state := survey.state(today)) != "open":
        status = 200 if state == "early" else 410
        return render(request, "kpis/feedback/public_closed.html", context | {"state": state}, status=status)
    if request.method == "POST":
        return _take(request, survey, PublicAnswerForm(request.POST, survey=survey), context, today)
    return render(request, "kpis/feedback/public_form.html", context | {"form": PublicAnswerForm(survey=survey)})


def _take(request: HttpRequest, survey: Survey, form: PublicAnswerForm, context: dict, today: dt.date) -> HttpResponse:
    if form.is_a_program:
        # It is told what people are told, and nothing is kept.
        return _thanks(request, survey, today)
    status = 422
    if form.is_valid():
        if ratelimit.consume(request, action="survey_answers"):
            given = form.cleaned_data
            take_answer(
                survey,
                uid=given["ticket"],
                on=today,
                score=given["score"],
                text=given["text"],
                segment=given.get("segment"),
            )
            return _thanks(request, survey, today)
        form.add_error(None, _("Many answers come from where you are. Please send yours again in an hour."))
        status = 429
    return render(request, "kpis/feedback/public_form.html", context | {"form": form}, status=status)


def _thanks(request: HttpRequest, survey: Survey, today: dt.date) -> HttpResponse:
    response = HttpResponseRedirect(request.path + "?thanks")
    response.set_signed_cookie(
        _cookie(survey),
        today.isoformat(),
        salt=_cookie(survey),
        max_age=REMEMBERED,
        path=request.path,
        secure=settings.HTTPS,
        httponly=True,
        samesite="Lax",
    )
    return response


def _answered_on(request: HttpRequest, survey: Survey) -> dt.date | None:
    """When this browser has answered, as its cookie says."""
    try:
        return dt.date.fromisoformat(request.get_signed_cookie(_cookie(survey), salt=_cookie(survey)) or "")
    except (KeyError, ValueError, signing.BadSignature):
        return None


def _cookie(survey: Survey) -> str:
    return f"answered-{survey.pk}"
