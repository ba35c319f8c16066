"""The plots of a page, asked for when the page is there: nobody waits for Plotly to read a table.

A page with plots tells its template their address as `plots_url` (templates/frame/chart.html), and answers it with
`plots(request, plan, charts)`.
"""

import hashlib
import json
from collections.abc import Callable, Iterable

from django.core.serializers.json import DjangoJSONEncoder
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header, quote_etag
from django.utils.translation import get_language

from plans.plan.frame import RELEASED
from plans.plan.models import Plan
from salesplan.lib.chart_sheet import chart_sheet
from salesplan.lib.charts import Chart
from salesplan.lib.csv_text import dialect_of_reader
from salesplan.lib.file_names import file_name
from salesplan.lib.htmx import HtmxHttpRequest
from salesplan.lib.memory import memory

KEPT_SECONDS = 24 * 3600


def plots(
    request: HtmxHttpRequest,
    plan: Plan,
    charts: Callable[[], Iterable[Chart | None]],
    *,
    page: str = "frame/chart_table.html",
    kept_for: str = "",
) -> HttpResponse:
    """The figures of all `charts` as one JSON object by their ids; with `?table=` and an id, the table of that one,
    which `&download=csv` gives as a file.

    `page` is the template in which a table stands that is opened as a page of its own. `kept_for` is the address the
    figures are kept for, where it is not the one that was asked: several addresses may give the same.

    The figures are the same for everybody who sees the plan. They are kept until its clock ticks, the day ends or a
    new release starts, and a browser that has them already is told so.
    """
    if "table" in request.GET:
        return _table(request, plan, charts(), page)
    address = kept_for or request.get_full_path()
    stamp = (RELEASED, plan.changed_at, plan.version, timezone.localdate(), get_language(), address)
    digest = hashlib.blake2b(repr(stamp).encode(), digest_size=16).hexdigest()
    etag = quote_etag(digest)
    return get_conditional_response(request, etag=etag) or HttpResponse(
        _figures(digest, charts),
        content_type="application/json",
        headers={"ETag": etag, "Cache-Control": "private, no-cache"},
    )


def _figures(digest: str, charts: Callable[[], Iterable[Chart | None]]) -> str:
    key = f"plots-{digest}"
    figures = memory.get(key)
    if figures is None:
        found = {chart.id: chart.figure for chart in charts() if chart}
        figures = json.dumps(found, cls=DjangoJSONEncoder, ensure_ascii=False, separators=(",", ":"))
        memory.set(key, figures, KEPT_SECONDS)
    return figures


def _table(request: HtmxHttpRequest, plan: Plan, charts: Iterable[Chart | None], page: str) -> HttpResponse:
    """For the place where it was opened, as a page of its own without JavaScript, or as a file."""
    chart = next((chart for chart in charts if chart and chart.id == request.GET["table"]), None)
    if chart is None:
        raise Http404
    if request.GET.get("download") == "csv":
        return _sheet(plan, chart)
    template = "frame/chart_table.html#chart-table" if request.htmx else page
    return render(request, template, {"plan": plan, "chart": chart})


def _sheet(plan: Plan, chart: Chart) -> HttpResponse:
    name = file_name(plan.name, chart.title, on=plan.workspace.today, ending="csv")
    return HttpResponse(
        chart_sheet(chart, dialect_of_reader()),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": content_disposition_header(True, name)},
    )
