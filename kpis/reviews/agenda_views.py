"""What people do to a point of the agenda while they meet: write a note, tick it as talked about."""

from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from accounts.access import get_editable
from kpis.reviews.forms import NoteForm
from kpis.reviews.keeping import closed_words
from kpis.reviews.models import AgendaItem, Decision, Review
from kpis.reviews.page import progress_context, rights
from kpis.reviews.queries import items_of
from kpis.reviews.words import title_of
from plans.plan.page import open_plan
from salesplan.lib.htmx import HtmxHttpRequest
from salesplan.lib.refusal import Refused

#: What one does with two notes: both, or one of them.
BOTH, THEIRS = "both", "theirs"


@require_POST
@transaction.atomic
def agendaitem_note(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    """Saved as it is typed. Where somebody else wrote meanwhile, both notes are shown and nothing is lost."""
    item = _editable(request, pk)
    plan = open_plan(request, item.plan_id)
    before = item.note
    form = NoteForm(_taking(request, before), plan=plan, instance=item)
    valid = form.is_valid()
    if valid and form.cleaned_data["note"] != before:
        form.save()
    if not valid:
        item.refresh_from_db(fields=["note", "version"])
    context = {"plan": plan, "item": item, "form": form, "title": title_of(item), **rights(item.review, plan)}
    if not request.htmx:
        if valid:
            return redirect(item)
        return render(request, "kpis/reviews/note_page.html", context, status=409 if form.conflict else 422)
    if valid and request.POST.get("keep"):
        response = render(request, "kpis/reviews/note.html", context)
        response.headers["HX-Retarget"], response.headers["HX-Reswap"] = f"#note-{pk}", "outerHTML"
        return response
    status = 200 if valid else 409 if form.conflict else 422
    return render(request, "kpis/reviews/note_state.html", context, status=status)


def _editable(request: HtmxHttpRequest, pk: int) -> AgendaItem:
    item = get_editable(AgendaItem.objects.select_for_update(of=("self",)), request.user, pk=pk)
    if not item.review.is_open:
        raise Refused(closed_words(item.review))
    return item


def _taking(request: HtmxHttpRequest, theirs: str) -> Any:
    """What she wants to stand there, where she was asked to choose."""
    data = request.POST.copy()
    mine = data.get("note", "")
    if data.get("keep") == THEIRS:
        data["note"] = theirs
    elif data.get("keep") == BOTH and theirs.strip() != mine.strip():
        data["note"] = f"{theirs.rstrip()}\n{mine}"
    return data


@require_POST
@transaction.atomic
def agendaitem_talk(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    """`talked` says yes or no; said twice, it stays so."""
    item = _editable(request, pk)
    plan = open_plan(request, item.plan_id)
    get_editable(Review.objects, request.user, pk=item.review_id)
    talked = request.POST.get("talked", "yes") == "yes"
    if item.talked != talked:
        item.talked = talked
        item.save()
    if not request.htmx:
        return redirect(item)
    review = item.review
    decisions = list(Decision.objects.in_plan(plan).filter(item__review=review))
    context = {"item": item, "review": review, **progress_context(review, items_of(review), decisions)}
    return render(request, "kpis/reviews/talked.html", context | rights(review, plan))
