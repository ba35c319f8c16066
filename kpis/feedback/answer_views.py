"""What customers said: the list with its filter, one answer, and the themes it is about."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from accounts.access import get_editable, get_visible
from kpis.feedback.filters import AnswerFilter, query_of
from kpis.feedback.forms import AnswerForm
from kpis.feedback.models import Answer, Improvement, Survey, Theme
from kpis.feedback.queries import figures_of, themes_of
from kpis.feedback.suggesting import suggestions_for
from kpis.feedback.tabs import tabs_of
from kpis.feedback.words import interval_words, thin_words, value_words
from plans.items.section import Section
from plans.items.views import ItemViews
from plans.plan.models import Plan
from plans.plan.page import open_plan
from plans.plan.records import changes_of_links
from salesplan.lib.htmx import HtmxHttpRequest
from salesplan.lib.onward import onward

#: As many as are read before one scrolls.
PIECE = 25
#: After a change the list is drawn whole, down to about where one may be.
REDRAWN = 4 * PIECE
#: Themes at the side; all of them have a page.
MOST_THEMES = 12


def feedback_context(request: HtmxHttpRequest, plan: Plan) -> dict[str, Any]:
    query = query_of(request)
    themes, surveys = themes_of(plan), list(Survey.objects.in_plan(plan).only("title", "plan"))
    asked = AnswerFilter(query, themes=themes, surveys=surveys)
    answers = asked.select(Answer.objects.in_plan(plan))
    number, scores = figures_of(answers)
    first, size = _piece(request)
    rows = _described(answers.distinct()[first : first + size], themes)
    return {
        "tabs": tabs_of(request, plan, here="kpis:feedback"),
        "filter": asked,
        "number": number,
        "scores": [(value_words(score), interval_words(score), thin_words(score)) for score in scores],
        "answers": rows,
        "more": max(number - first - len(rows), 0),
        "more_query": _changed(query, seen=first + len(rows)),
        "themes": themes,
        "named": [theme for theme in themes if theme.answer_count][:MOST_THEMES],
        "empty": not number and not asked.is_set,
        "can_edit": plan.lets(plan.my_role, Answer),
        "may_survey": plan.lets(plan.my_role, Survey),
    }


def _piece(request: HtmxHttpRequest) -> tuple[int, int]:
    """From which answer on, and how many."""
    if request.method == "POST":
        return 0, REDRAWN
    seen = request.GET.get("seen", "")
    return int(seen) if seen.isdecimal() and len(seen) < 7 else 0, PIECE


def _changed(query: Any, **values: Any) -> str:
    changed = query.copy()
    for name, value in values.items():
        changed[name] = value
    return changed.urlencode()


def _described(answers: Any, themes: Iterable[Theme]) -> list[Answer]:
    """Each with its themes, what is suggested, and what was changed because of it; three queries."""
    rows = list(answers.select_related("survey", "segment", "recorded_by").prefetch_related("themes"))
    changes: dict[int | None, list[Improvement]] = {}
    for one in Improvement.objects.filter(answer__in=[row.pk for row in rows]).select_related("action"):
        changes.setdefault(one.answer_id, []).append(one)
    for row in rows:
        known = {theme.pk for theme in row.themes.all()}
        row.suggestions = suggestions_for(row.text, themes, known=known)
        row.changes = changes.get(row.pk, [])
    return rows


ANSWERS = Section(
    "kpis:feedback",
    "kpis/feedback/answers.html",
    "feedback-board",
    feedback_context,
    parts=("answer-more",),
)


class AnswerViews(ItemViews):
    def _from_query(self, request: HtmxHttpRequest) -> dict[str, Any]:
        """Who writes an answer down stands in it."""
        return {"recorded_by": request.user}


answer_items = AnswerViews(AnswerForm, section=ANSWERS, verbs="add edit delete")


@require_safe
def feedback(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    return ANSWERS.page(request, open_plan(request, pk))


@require_safe
def answer_detail(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    answer = get_visible(Answer.objects.select_related("survey", "segment", "recorded_by"), request.user, pk=pk)
    plan = open_plan(request, answer.plan_id)
    themes = list(Theme.objects.in_plan(plan))
    known = {theme.pk for theme in answer.themes.all()}
    context = {
        "plan": plan,
        "answer": answer,
        "themes": themes,
        "known": known,
        "suggestions": suggestions_for(answer.text, themes, known=known),
        "changes": Improvement.objects.filter(answer=answer).select_related("action"),
        "can_edit": plan.lets(plan.my_role, Answer),
        "history_url": reverse("kpis:answer_history", args=[answer.pk]),
    }
    return render(request, "kpis/feedback/answer_detail.html", context)


@require_POST
def answer_theme(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    """Put the answer under the theme `put`, or take it from under `take`; said twice, it stays so."""
    with transaction.atomic():
        answer = get_editable(Answer.objects.select_for_update(of=("self",)), request.user, pk=pk)
        plan = open_plan(request, answer.plan_id)
        _set_themes(answer, add=_theme(plan, request, "put"), remove=_theme(plan, request, "take"))
    if not request.htmx:
        default = ANSWERS.url(plan) + f"#answer-{answer.pk}"
        return HttpResponseRedirect(onward(request, default=default))
    (row,) = _described(Answer.objects.in_plan(plan).filter(pk=pk), Theme.objects.in_plan(plan))
    context = {"plan": plan, "answer": row, "can_edit": True, "section": ANSWERS.id}
    return render(request, "kpis/feedback/answers.html#answer-row", context)


def _theme(plan: Plan, request: HtmxHttpRequest, name: str) -> set[int]:
    asked = request.POST.get(name, "")
    if not asked.isdecimal() or len(asked) > 18:
        return set()
    return set(Theme.objects.in_plan(plan).filter(pk=asked).values_list("pk", flat=True))


def _set_themes(answer: Answer, *, add: set[int], remove: set[int]) -> None:
    before = set(answer.themes.values_list("pk", flat=True))
    after = (before | add) - remove
    answer.changed_links = changes_of_links({"themes": before}, {"themes": after})
    if answer.changed_links:
        answer.save(update_fields=[])
        answer.themes.set(after)
