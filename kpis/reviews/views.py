"""The reviews of a plan: which are due, one of them from its start to its minutes, and opening it again."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import get_editable, get_visible
from accounts.models import User
from accounts.roles import STEERERS
from kpis.reviews.calendar import due_reviews, proposed_day
from kpis.reviews.comparing import since_start
from kpis.reviews.forms import CloseForm, ReopenForm, ReviewForm
from kpis.reviews.models import AgendaItem, Decision, Review
from kpis.reviews.page import review_context
from kpis.reviews.queries import decisions_of, items_of, last_closed, reviews_of
from kpis.reviews.services import close_review, open_review_of, reopen_review, start_review
from kpis.reviews.telling import tell_of_minutes
from kpis.reviews.unfinished import unfinished_in
from plans.actions.health_keeping import keep_health_current
from plans.items.bin import bin_item
from plans.plan.models import Plan
from plans.plan.page import open_plan
from salesplan.lib.htmx import HtmxHttpRequest, render_page
from salesplan.lib.quicker import when_quicker

#: How many reviews the list shows at once, and open decisions beside it.
SHOWN, DECISIONS = 30, 8


@require_safe
def reviews(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    plan, today = open_plan(request, pk), timezone.localdate()
    rows = list(reviews_of(plan)[: SHOWN * (1 if "all" not in request.GET else 100)])
    still_open = decisions_of(plan).still_open()  # type: ignore[attr-defined]
    decisions = list(still_open[: DECISIONS + 1])
    context = {
        "plan": plan,
        "reviews": rows,
        "running": [review for review in rows if review.is_open],
        "due": due_reviews(plan, rows, plan.workspace.today),
        "more": len(rows) == SHOWN,
        "decisions": decisions[:DECISIONS],
        "more_decisions": len(decisions) > DECISIONS,
        "today": today,
        "can_edit": plan.lets(plan.my_role, Review),
    }
    return render(request, "kpis/reviews/reviews.html", context)


@require_http_methods(["GET", "POST"])
@when_quicker
def review_start(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    """Two people who start the same kind at once come to the same review."""
    plan = open_plan(request, pk)
    if not plan.lets(plan.my_role, Review):
        raise PermissionDenied
    asked = request.POST.get("kind") or request.GET.get("kind", "")
    kind = asked if asked in Review.Kind else Review.Kind.WEEKLY
    if running := open_review_of(plan, kind):
        messages.info(request, _("This review is open already: you are in it."))
        return redirect(running)
    initial = {"kind": kind, "participants": _usual(plan)} if request.method == "GET" else None
    form = ReviewForm(request.POST or None, plan=plan, instance=Review(on=plan.workspace.today), initial=initial)
    if form.is_valid():
        given = form.cleaned_data
        keep_health_current(plan, plan.workspace.today)
        review = start_review(
            plan, kind=given["kind"], by=request.user, participants=given["participants"], now=timezone.now()
        )
        return redirect(review)
    return _form(request, plan, form, _("Start a review"), "kpis:reviews", button=_("Start"))


def _usual(plan: Plan) -> list[User]:
    """Who took part the last time; at first everybody who may write a note."""
    last = last_closed(plan)
    if last:
        return list(last.participants.all())
    writers = {"memberships__workspace": plan.workspace_id, "memberships__role__in": sorted(AgendaItem.WRITERS)}
    return list(User.objects.in_workspace(plan.workspace_id).filter(**writers).distinct())


@require_http_methods(["GET", "POST"])
def review_edit(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    """Who takes part, while it is open."""
    with transaction.atomic():
        review = get_editable(_lockable(request), request.user, pk=pk)
        plan = open_plan(request, review.plan_id)
        if not review.is_open:
            return _closed(request, review)
        form = ReviewForm(request.POST or None, plan=plan, instance=review)
        if form.is_valid():
            form.save()
            messages.success(request, _("Saved"))
            return redirect(review)
    return _form(request, plan, form, _("Who takes part"), "kpis:review_detail", review=review)


def _form(
    request: HtmxHttpRequest, plan: Plan, form: Any, heading: str, back: str, *, review: Any = None, button: str = ""
) -> HttpResponse:
    status = (409 if getattr(form, "conflict", None) else 422) if form.is_bound else 200
    back_url = reverse(back, args=[review.pk if review else plan.pk])
    context = {"plan": plan, "form": form, "heading": heading, "back": back_url, "review": review, "button": button}
    return render(request, "kpis/reviews/review_form.html", context, status=status)


def _lockable(request: HtmxHttpRequest) -> Any:
    rows = Review.objects.select_related("plan__workspace")
    return rows.select_for_update(of=("self",)) if request.method == "POST" else rows


def _closed(request: HtmxHttpRequest, review: Review) -> HttpResponse:
    messages.info(request, _("This review is closed: its minutes stay as they are."))
    return redirect(review)


@require_safe
def review_detail(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    review = get_visible(Review.objects.select_related("started_by", "closed_by"), request.user, pk=pk)
    plan = open_plan(request, review.plan_id)
    return render(request, "kpis/reviews/review_detail.html", review_context(review, plan, timezone.localdate()))


@require_safe
def review_since(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    """What is not as it was when the review began: beside each point, and on a page of its own."""
    review = get_visible(Review.objects, request.user, pk=pk)
    plan = open_plan(request, review.plan_id)
    since = since_start(review, items_of(review), plan, timezone.localdate())
    context = {"plan": plan, "review": review, "since": since}
    return render_page(request, "kpis/reviews/review_since.html", context, partials=["review-since"])


@require_http_methods(["GET", "POST"])
@transaction.atomic
def review_close(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    """Says what is still open, and closes when that is confirmed."""
    review = get_editable(_lockable(request), request.user, pk=pk)
    plan = open_plan(request, review.plan_id)
    if not review.is_open:
        return _closed(request, review)
    unfinished = unfinished_in(review)
    proposed = proposed_day(review.kind, max(review.on, plan.workspace.today), plan.workspace)
    form = CloseForm(
        request.POST if request.method == "POST" else None,
        plan=plan,
        on=review.on,
        still_open=unfinished.mark,
        initial={"next_on": proposed},
    )
    if form.is_valid():
        review.plan = plan
        close_review(review, by=request.user, now=timezone.now(), next_on=form.cleaned_data["next_on"])
        tell_of_minutes(review, by=request.user)
        messages.success(request, _("The review is closed. Whoever took part is told of its minutes."))
        return redirect(review)
    context = {"plan": plan, "review": review, "form": form, "unfinished": unfinished}
    return render(request, "kpis/reviews/review_close.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@when_quicker
@transaction.atomic
def review_reopen(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    """Directors only, with a reason."""
    review = get_editable(_lockable(request), request.user, pk=pk)
    plan = open_plan(request, review.plan_id)
    if plan.my_role not in STEERERS:
        raise PermissionDenied
    if review.is_open:
        return redirect(review)
    form = ReopenForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        running = open_review_of(plan, review.kind)
        if running is None:
            reopen_review(review, reason=form.cleaned_data["reason"])
            messages.success(request, _("The review is open again."))
            return redirect(review)
        words = _("Another review of this kind is open: %(review)s. Close that first.")
        form.add_error(None, words % {"review": running})
    context = {"plan": plan, "review": review, "form": form}
    return render(request, "kpis/reviews/review_reopen.html", context, status=422 if form.is_bound else 200)


@require_POST
@transaction.atomic
def review_abandon(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    """One in which nothing was written yet goes, and can be brought back."""
    review = get_editable(_lockable(request), request.user, pk=pk)
    touched = any(item.is_touched for item in items_of(review))
    if not review.is_open or touched or Decision.objects.in_plan(review.plan).filter(item__review=review).exists():
        messages.error(request, _("Something was written in this review: close it instead."))
        return redirect(review)
    label, plan_id = str(review), review.plan_id
    binned = bin_item(review, by=request.user, url=reverse("kpis:reviews", args=[plan_id]))
    undo = reverse("plans:item_restore", args=[binned.pk])
    messages.success(request, _("“%(item)s” deleted") % {"item": label}, extra_tags=f"undo:{undo}")
    return redirect("kpis:reviews", plan_id)
