from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import get_editable
from analysis.competitors.charts import positioning_chart
from analysis.competitors.forms import AxisForm, CompetitorForm, ScoreForm
from analysis.competitors.models import Axis, Competitor
from analysis.competitors.positioning import choose_scales, place, scales_of
from analysis.competitors.queries import companies_with_scores, with_cells
from analysis.competitors.services import add_competitors_example
from analysis.situation.page import chosen, situation
from plans.items.section import Section
from plans.items.views import ItemViews
from plans.plan.models import Plan
from plans.plan.page import open_plan
from plans.plan.plots import plots
from salesplan.lib.htmx import HtmxHttpRequest
from salesplan.lib.pieces import piece_of, place_of


def board_context(request: HtmxHttpRequest, plan: Plan) -> dict:
    axes, companies = list(Axis.objects.in_plan(plan)), companies_with_scores(plan)
    reach = place_of(request.GET.get("at", ""), (company.pk for company in companies))
    shown = piece_of(companies, request, rest="competitor-rest", reach=reach)
    with_cells(shown.rows, axes)
    return (
        {
            "empty": not companies,
            "companies": shown,
            "axes": axes,
            "columns": 8 + len(axes),
            "checked_on": max((company.checked_on for company in companies if company.checked_on), default=None),
        }
        | situation(request, plan, here="analysis:competitors")
        | _map_context(request, plan, companies, axes)
    )


def map_context(request: HtmxHttpRequest, plan: Plan) -> dict:
    return _map_context(request, plan, companies_with_scores(plan), list(Axis.objects.in_plan(plan)))


def _map_context(request: HtmxHttpRequest, plan: Plan, companies: list[Competitor], axes: list[Axis]) -> dict:
    scales = scales_of(axes)
    x, y, size = choose_scales(scales, **{name: chosen(request, name) for name in ("x", "y", "size")})
    spots, left_out = place(companies, x=x, y=y, size=size)
    return {
        "scales": scales,
        "choices": [("x", _("Across"), x), ("y", _("Up"), y), ("size", _("Circle size"), size)],
        "chart": positioning_chart(spots, x=x, y=y, size=size) if len(spots) > 1 else None,
        "plots_url": reverse("analysis:competitors_plots", args=[plan.pk]),
        "left_out": left_out,
        "unsized": [spot.name for spot in spots if spot.size is None],
        "size": size,
    }


TEMPLATE = "analysis/competitors/competitors.html"
BOARD = Section("analysis:competitors", TEMPLATE, "competitor-board", board_context, parts=("competitor-rest",))
MAP = Section("analysis:competitors", TEMPLATE, "positioning", map_context)


class CompanyViews(ItemViews):
    """Companies stand in a table: a form that takes a row's place needs a cell around it."""

    def _form(self, request, plan, form, *, slot):
        response = super()._form(request, plan, form, slot=slot)
        if request.htmx and form.instance.pk:
            columns = 8 + Axis.objects.in_plan(plan).count()
            response.content = b'<td class="form-cell" colspan="%d">%b</td>' % (columns, response.content)
        return response


company_items = CompanyViews(CompetitorForm, section=BOARD)
axis_items = ItemViews(AxisForm, section=BOARD)


@require_safe
def competitors(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    section = MAP if request.htmx.target == MAP.id else BOARD
    return section.page(request, open_plan(request, pk))


@require_safe
def competitors_plots(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    plan = open_plan(request, pk)
    return plots(request, plan, lambda: [map_context(request, plan)["chart"]])


@require_POST
def competitor_score(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    """One cell of the matrix; the answer is the cell, and the map beside it."""
    company = get_editable(Competitor.objects, request.user, pk=pk)
    plan = open_plan(request, company.plan_id)
    axis = _axis(plan, request.POST.get("axis", ""))
    form = ScoreForm(request.POST, plan=plan, parent=company, instance=company.scores.filter(axis=axis).first())
    if form.is_valid():
        form.save()
        if not request.htmx:
            return redirect(company.get_absolute_url())
    return _cell(request, plan, company, axis, form)


def _axis(plan: Plan, pk: str) -> Axis:
    axis = next((axis for axis in Axis.objects.in_plan(plan) if str(axis.pk) == pk), None)
    if axis is None:
        raise Http404
    return axis


def _cell(request: HtmxHttpRequest, plan: Plan, company: Competitor, axis: Axis, form: ScoreForm) -> HttpResponse:
    context = {"plan": plan, "company": company, "axis": axis, "form": form, "can_edit": True}
    if form.is_valid():
        context |= {"score": company.scores.filter(axis=axis).first(), "section_url": BOARD.url(plan)}
        return render(request, "analysis/competitors/score_saved.html", context | map_context(request, plan))
    status = 409 if form.conflict else 422
    if request.htmx:
        return render(request, "analysis/competitors/score.html", context | {"score": form.instance}, status=status)
    page = {
        "heading": f"{axis}, {company}",
        "action": request.get_full_path(),
        "cancel_url": BOARD.url(plan),
    }
    return render(request, "frame/item_form_page.html", context | page, status=status)


@require_POST
def competitors_example(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    plan = open_plan(request, pk)
    if not plan.lets(plan.my_role, Competitor):
        raise PermissionDenied
    add_competitors_example(plan, on=timezone.localdate())
    messages.success(request, _("Example added: write over it what is true for you"))
    if request.htmx:
        return BOARD.redraw(request, plan)
    return redirect(BOARD.url(plan))
