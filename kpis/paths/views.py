"""The page on which the targets of a KPI's periods are said, once for the year."""

from decimal import Decimal

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.access import get_editable
from kpis.kpi.models import Kpi
from kpis.kpi.track import Track
from kpis.paths.forms import PathForm, state_of
from kpis.paths.services import set_path
from plans.plan.page import open_plan
from salesplan.lib.htmx import HtmxHttpRequest, render_page

PAGE = "kpis/paths/kpi_path.html"
#: Buttons that fill the boxes and save nothing; what else is asked draws the page again as it was sent.
EVEN, SEASON, COLUMN = "even", "season", "column"


@require_http_methods(["GET", "POST"])
@transaction.atomic
def kpi_path(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    """`do` says what a sent form is for: to be saved, or to have its boxes filled first."""
    rows = Kpi.objects.select_for_update(of=("self",)) if request.method == "POST" else Kpi.objects.all()
    kpi = get_editable(rows, request.user, pk=pk)
    kpi.plan = open_plan(request, kpi.plan_id)
    track = Track.of(kpi, kpi.plan)
    if track.target is None or track.has_band:
        return _page(request, kpi, None)
    if request.method == "GET":
        return _page(request, kpi, PathForm(kpi=kpi, user=request.user))
    form = PathForm(request.POST, kpi=kpi, user=request.user)
    if request.POST.get("do"):
        return _filled(request, kpi, form, request.POST["do"])
    if not form.is_valid():
        return _refused(request, kpi, form)
    kind, points, basis = form.result()
    because = form.cleaned_data["moved_because"]
    if set_path(kpi=kpi, kind=kind, starts_on=track.starts_on, points=points, basis=basis, because=because):
        messages.success(request, _("Target path of “%(kpi)s” saved") % {"kpi": kpi})
    return redirect(kpi)


def _filled(request: HtmxHttpRequest, kpi: Kpi, sent: PathForm, deed: str) -> HttpResponse:
    """The form again with other numbers in its boxes; what is wrong with a column leaves them as they were."""
    points, problem = _points(sent, deed)
    typed = request.POST.dict()
    if points:
        typed["kind"] = Kpi.Path.TYPED
        if not problem:
            typed["column"] = ""
    form = PathForm(kpi=kpi, user=request.user, typed=typed)
    if points:
        form.show(points)
    return _page(request, kpi, form, problem=problem, filled=bool(points))


def _points(sent: PathForm, deed: str) -> tuple[list[Decimal], str]:
    """What to put into the boxes, and what to say of it."""
    if deed == EVEN:
        return sent.even_points(), ""
    if deed == SEASON:
        points = sent.season_points()
        return points, "" if points else sent.no_season or _("No KPI of this kind has values of the year before.")
    return sent.column_points() if deed == COLUMN else ([], "")


def _refused(request: HtmxHttpRequest, kpi: Kpi, form: PathForm) -> HttpResponse:
    if form.changed_meanwhile:
        form.data = data = request.POST.copy()
        data["seen"] = state_of(kpi)
    return _page(request, kpi, form, status=409 if form.changed_meanwhile else 422)


def _page(
    request: HtmxHttpRequest,
    kpi: Kpi,
    form: PathForm | None,
    *,
    status: int = 200,
    problem: str = "",
    filled: bool = False,
) -> HttpResponse:
    context = {"plan": kpi.plan, "kpi": kpi, "form": form, "problem": problem, "filled": filled}
    return render_page(request, PAGE, context, partials=["path-form", "path-sum"], status=status)
