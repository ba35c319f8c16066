"""The action table: the page, its filters and its order (S6.3). Its cells are in cells.py."""

from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from plans.actions.filters import ActionFilter
from plans.actions.forms import ActionForm
from plans.actions.models import Action
from plans.actions.table import SORTS, all_groups, group_totals, table_page
from plans.items.section import Section
from plans.items.views import ItemViews
from plans.plan.models import Plan
from plans.plan.page import open_plan
from salesplan.lib.htmx import HtmxHttpRequest, render_page

TEMPLATE = "plans/actions/actions.html"

#: What the columns are called, in their order; the keys sort by them.
COLUMNS = {
    "title": _("Action"),
    "kind": _("Kind"),
    "who": _("Responsible"),
    "start": _("Start"),
    "deadline": _("Deadline"),
    "": _("KPIs"),
    "status": _("Status"),
    "priority": _("Priority"),
    "budget": _("Budget"),
    "roi": _("ROI"),
}


@require_safe
def actions(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    plan = open_plan(request, pk)
    context = {"plan": plan, "section": ACTIONS.id} | table_context(request, plan)
    return render_page(request, TEMPLATE, context, partials=[ACTIONS.id, "action-rows"])


def table_context(request: HtmxHttpRequest, plan: Plan) -> dict[str, Any]:
    query, today = table_query(request), timezone.localdate()
    found = ActionFilter(query, plan=plan, today=today)
    number, sort = _page_number(query), query.get("sort", "")
    totals = all_groups(plan, today=today) if found.lets_all_through else group_totals(found.qs, today=today)
    page = table_page(plan, found.qs, totals, sort=sort, number=number, today=today)
    return {
        "page": page,
        "idle": page.idle,
        "number": number,
        "heads": column_heads(query),
        "filter": found,
        "filters_open": "filters" in query,
        "chips": active_filters(found, query),
        "query": without(query, "page", "filters"),
        "kept": [(name, value) for name in query for value in query.getlist(name) if name not in {"q", "page"}],
        "can_edit": plan.lets(plan.my_role, Action),
        "i_steer": plan.i_steer,
    }


ACTIONS = Section("plans:actions", TEMPLATE, "action-table", table_context)

action_items = ItemViews(ActionForm, section=ACTIONS, verbs="edit move duplicate delete")


@require_safe
def action_filters(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    """The filters themselves: opened seldom, so the table does not carry them."""
    plan = open_plan(request, pk)
    query = request.GET.copy()
    query["filters"] = "1"
    found = ActionFilter(query, plan=plan, today=timezone.localdate())
    return render(request, "plans/actions/filters.html", {"plan": plan, "filter": found})


def table_query(request: HtmxHttpRequest) -> QueryDict:
    """The table as the address says; after a change, as the address of the page one is on says."""
    current = getattr(request, "htmx", None) and request.htmx.current_url
    if request.method == "GET" or not current:
        return request.GET
    return QueryDict(current.partition("?")[2])


def _page_number(query: QueryDict) -> int:
    text = query.get("page", "")
    return max(1, int(text)) if text.isdecimal() and len(text) < 7 else 1


def without(query: QueryDict, *names: str) -> str:
    """The query string without some of its names, for links that change just those."""
    rest = query.copy()
    for name in names:
        rest.pop(name, None)
    return rest.urlencode()


def column_heads(query: QueryDict) -> list[dict[str, Any]]:
    """Each column with its link: the first click sorts up, the second down, the third not at all."""
    sort, rest = query.get("sort", ""), without(query, "sort", "page")
    heads = []
    for key, label in COLUMNS.items():
        sorted_up, sorted_down = sort == key, sort == f"-{key}"
        following = f"-{key}" if sorted_up else "" if sorted_down else key
        heads.append(
            {
                "key": key or "kpis",
                "label": label,
                "sortable": key in SORTS and key != "",
                "href": f"?{rest}&sort={following}".replace("?&", "?") if following else f"?{rest}",
                "order": "ascending" if sorted_up else "descending" if sorted_down else "",
            }
        )
    return heads


def active_filters(found: ActionFilter, query: QueryDict) -> list[dict[str, str]]:
    """What narrows the table now, in words, each with the link that takes it away."""
    chips = []
    for name, column in found.filters.items():
        values = [value for value in query.getlist(name) if value]
        if values:
            labels = dict(found.labels_of(name))
            chips.append(
                {
                    "label": column.label,
                    "value": ", ".join(str(labels.get(value, value)) for value in values),
                    "href": f"?{without(query, name, 'page')}",
                }
            )
    return chips
