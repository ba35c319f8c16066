"""The view of the action table that the address says, taken out of Salesplan: as a sheet, or on paper."""

import io

from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from plans.actions.address import without
from plans.actions.filters import ActionFilter
from plans.actions.health_keeping import keep_health_current
from plans.actions.models import Action
from plans.actions.table import sort_actions
from plans.actions.views import BESIDE, COLUMNS, active_filters
from plans.exchange.columns import sheet_columns
from plans.exchange.csv_sheet import csv_lines, dialect_of_reader
from plans.exchange.paper import paper_groups
from plans.exchange.queries import sheet_rows
from plans.exchange.xlsx_sheet import write_xlsx
from plans.plan.models import Plan
from plans.plan.page import open_plan

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
def actions_csv(request: HttpRequest, pk: int) -> HttpResponseBase:
    plan = open_plan(request, pk)
    rows = sheet_rows(_in_order(request, plan))
    lines = csv_lines(sheet_columns(plan), rows, dialect_of_reader())
    headers = {"Content-Disposition": content_disposition_header(True, _file_name(plan, "csv"))}
    return StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8", headers=headers)


@require_safe
def actions_xlsx(request: HttpRequest, pk: int) -> HttpResponseBase:
    plan = open_plan(request, pk)
    file = io.BytesIO()  # packed, ten thousand rows are a megabyte or two
    write_xlsx(file, sheet_columns(plan), sheet_rows(_in_order(request, plan)), title=plan.name)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=_file_name(plan, "xlsx"), content_type=XLSX)


@require_safe
def actions_paper(request: HttpRequest, pk: int) -> HttpResponse:
    plan, today = open_plan(request, pk), timezone.localdate()
    keep_health_current(plan, plan.workspace.today)
    found = ActionFilter(request.GET, plan=plan, today=today)
    sort = request.GET.get("sort", "")
    groups = list(paper_groups(plan, sort_actions(found.qs, sort), today=today))
    context = {
        "plan": plan,
        "today": today,
        "groups": groups,
        "total": sum(len(group.rows) for group in groups),
        "chips": active_filters(found, request.GET),
        "sorted_by": (COLUMNS | dict(BESIDE.values())).get(sort.removeprefix("-")) if sort else None,
        "descending": sort.startswith("-"),
        "query": without(request.GET, "page", "filters"),
    }
    return render(request, "plans/exchange/paper.html", context)


def _in_order(request: HttpRequest, plan: Plan) -> QuerySet[Action]:
    today = timezone.localdate()
    keep_health_current(plan, plan.workspace.today)
    found = ActionFilter(request.GET, plan=plan, today=today)
    return sort_actions(found.qs, request.GET.get("sort", ""))


def _file_name(plan: Plan, ending: str) -> str:
    return f"{slugify(plan.name, allow_unicode=True) or 'salesplan'}-{timezone.localdate().isoformat()}.{ending}"
