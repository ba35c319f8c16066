"""Decisions: written down in a review, turned into actions or changes of the plan, followed until they are done."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import get_editable, get_visible
from kpis.reviews.changing import changes_of
from kpis.reviews.decision_filter import DecisionFilter
from kpis.reviews.decision_sheet import decision_sheet
from kpis.reviews.forms import ActForm, DecisionForm
from kpis.reviews.keeping import closed_words
from kpis.reviews.models import AgendaItem, Decision, Review
from kpis.reviews.outcomes import tell_outcomes
from kpis.reviews.page import progress_context, rights
from kpis.reviews.queries import decisions_of, items_of, reviews_of
from kpis.reviews.services import make_action, settle
from kpis.reviews.serving import objective_served
from kpis.reviews.words import title_of
from plans.actions.models import Action
from plans.items.bin import bin_item
from plans.plan.models import Plan
from plans.plan.page import open_plan
from salesplan.lib.file_names import file_name
from salesplan.lib.htmx import HtmxHttpRequest
from salesplan.lib.onward import onward
from salesplan.lib.quicker import when_quicker
from salesplan.lib.refusal import Refused

PAGE_SIZE = 50


@require_safe
def decisions(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    """Over all reviews, by who, state and review; with ?download=csv as a file."""
    plan, today = open_plan(request, pk), timezone.localdate()
    asked = DecisionFilter(request.GET, plan, list(reviews_of(plan)), today)
    found = asked.select(decisions_of(plan))
    if request.GET.get("download") == "csv":
        return _sheet(plan, list(found), _("Decisions"))
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    tell_outcomes(plan, list(page), today)
    context = {"plan": plan, "page": page, "filter": asked, "can_settle": plan.lets(plan.my_role, Decision)}
    return render(request, "kpis/reviews/decisions.html", context)


@require_safe
def review_csv(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    review = get_visible(Review.objects, request.user, pk=pk)
    plan = open_plan(request, review.plan_id)
    found = decisions_of(plan).filter(item__review=review).order_by("item__position", "position", "pk")
    return _sheet(plan, list(found), str(review))


def _sheet(plan: Plan, rows: list[Decision], title: str) -> HttpResponse:
    tell_outcomes(plan, rows, timezone.localdate())
    name = file_name(plan.name, title, on=plan.workspace.today, ending="csv")
    return HttpResponse(
        decision_sheet(rows),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": content_disposition_header(True, name)},
    )


@require_safe
def decision_detail(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    rows = Decision.objects.select_related("owner", "action", "item__review")
    decision = get_visible(rows, request.user, pk=pk)
    plan = open_plan(request, decision.plan_id)
    tell_outcomes(plan, [decision], timezone.localdate())
    context = {
        "plan": plan,
        "decision": decision,
        "topic": title_of(decision.item),
        "changes": changes_of(decision, plan),
        "may_act": plan.lets(plan.my_role, Action),
        "may_steer": plan.i_steer,
        "history_url": reverse("kpis:decision_history", args=[pk]),
        **rights(decision.item.review, plan),
    }
    return render(request, "kpis/reviews/decision_detail.html", context)


@require_http_methods(["GET", "POST"])
@when_quicker
def decision_add(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    item = get_visible(AgendaItem.objects.select_related("review"), request.user, pk=pk)
    plan = open_plan(request, item.plan_id)
    # Members may write notes, and decide nothing.
    get_editable(Review.objects, request.user, pk=item.review_id)
    _must_be_open(item)
    form = DecisionForm(request.POST or None, plan=plan, parent=item, instance=Decision())
    if request.method == "POST" and form.already_saved():
        return _written(request, plan, item)
    if form.is_valid():
        with transaction.atomic():
            decision = form.save()
        return _written(request, plan, item, focus=decision)
    return _form(request, plan, item, form, _("Decide something"))


@require_http_methods(["GET", "POST"])
def decision_edit(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    with transaction.atomic():
        decision = get_editable(_lockable(request), request.user, pk=pk)
        plan = open_plan(request, decision.plan_id)
        _must_be_open(decision.item)
        form = DecisionForm(request.POST or None, plan=plan, instance=decision)
        if form.is_valid():
            form.save()
            return _written(request, plan, decision.item, focus=decision)
    return _form(request, plan, decision.item, form, _("Edit the decision"))


@require_POST
@transaction.atomic
def decision_delete(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    """The action that was made of it stays."""
    decision = get_editable(_lockable(request), request.user, pk=pk)
    plan, item = open_plan(request, decision.plan_id), decision.item
    _must_be_open(item)
    label = str(decision)
    binned = bin_item(decision, by=request.user, url=item.get_absolute_url())
    undo = reverse("plans:item_restore", args=[binned.pk])
    messages.success(request, _("“%(item)s” deleted") % {"item": label}, extra_tags=f"undo:{undo}")
    return _written(request, plan, item)


@require_POST
@transaction.atomic
def decision_done(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    """Ticked off with `done` yes, taken back with no; in a closed review too, for it is followed on."""
    decision = get_editable(_lockable(request), request.user, pk=pk)
    plan = open_plan(request, decision.plan_id)
    done = request.POST.get("done", "yes") == "yes"
    settle(decision, on=plan.workspace.today if done else None)
    if not request.htmx:
        return redirect(onward(request, default=decision.get_absolute_url()))
    tell_outcomes(plan, [decision], timezone.localdate())
    context = {"plan": plan, "decision": decision, "can_settle": True, **rights(decision.item.review, plan)}
    return render(request, "kpis/reviews/decision.html", context)


@require_http_methods(["GET", "POST"])
@transaction.atomic
def decision_act(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    """Make an action of it, for the objective it is about or the one that is chosen."""
    decision = get_editable(_lockable(request), request.user, pk=pk)
    plan = open_plan(request, decision.plan_id)
    if decision.action:
        return redirect(decision.action)
    data = request.POST if request.method == "POST" else None
    form = ActForm(data, plan=plan, initial={"objective": objective_served(decision, plan)})
    if form.is_valid():
        action = make_action(decision, objective=form.cleaned_data["objective"], by=request.user)
        messages.success(request, _("“%(action)s” stands in the action table") % {"action": action})
        return redirect(onward(request, default=decision.item.get_absolute_url()))
    context = {"plan": plan, "decision": decision, "form": form, "next": onward(request, default="")}
    return render(request, "kpis/reviews/decision_act.html", context, status=422 if form.is_bound else 200)


@require_safe
def action_decision(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    """In which review an action was decided, for the action's own page; nothing when in none."""
    action = get_visible(Action.objects, request.user, pk=pk)
    made = Decision.objects.filter(action=action).select_related("item__review")
    return render(request, "kpis/reviews/action_decision.html", {"decisions": made})


def _lockable(request: HtmxHttpRequest) -> Any:
    rows = Decision.objects.select_related("item__review", "action", "owner")
    return rows.select_for_update(of=("self",)) if request.method == "POST" else rows


def _must_be_open(item: AgendaItem) -> None:
    if not item.review.is_open:
        raise Refused(closed_words(item.review))


def _written(request: HtmxHttpRequest, plan: Plan, item: AgendaItem, *, focus: Decision | None = None) -> HttpResponse:
    """The decisions of the point, drawn again, and how far the review is."""
    if not request.htmx:
        return redirect(onward(request, default=item.get_absolute_url()))
    review = item.review
    every = list(decisions_of(plan).filter(item__review=review).order_by("position", "pk"))
    tell_outcomes(plan, every, timezone.localdate())
    context = {
        "plan": plan,
        "review": review,
        "item": item,
        "decisions": [decision for decision in every if decision.item_id == item.pk],
        **progress_context(review, items_of(review), every),
        **rights(review, plan),
    }
    response = render(request, "kpis/reviews/decided.html", context)
    if focus:
        response.headers["HX-Trigger-After-Settle"] = f'{{"focus-item": "decision-{focus.pk}"}}'
    return response


def _form(request: HtmxHttpRequest, plan: Plan, item: AgendaItem, form: Any, heading: str) -> HttpResponse:
    context = {
        "plan": plan,
        "item": item,
        "form": form,
        "action": request.get_full_path(),
        "heading": heading,
        "section": f"decisions-{item.pk}",
        "cancel_url": item.get_absolute_url(),
    }
    if not request.htmx:
        return render(request, "frame/item_form_page.html", context, status=422 if form.is_bound else 200)
    response = render(request, "frame/item_form.html", context)
    if form.is_bound:
        response.status_code = 409 if form.conflict else 422
        response.headers["HX-Retarget"] = f"#decision-slot-{item.pk}"
        response.headers["HX-Reswap"] = "innerHTML"
    return response
