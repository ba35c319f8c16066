"""The page of the actions: its views, their filters and their order (S6.3). The cells of the table are in cells.py."""

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from plans.actions.address import (
    POSITIONS,
    TABLE,
    changed,
    page_number,
    table_query,
    view_of,
    what_is_shown,
    without,
)
from plans.actions.arrangements import Arrangement, Viewing
from plans.actions.board import BOARD
from plans.actions.calendar import CALENDAR
from plans.actions.filters import ActionFilter
from plans.actions.following import offering
from plans.actions.forms import ActionForm
from plans.actions.health_keeping import keep_health_current
from plans.actions.mine import MINE
from plans.actions.models import Action
from plans.actions.row import with_box
from plans.actions.table import SORTS, groups_of, kept_rows, table_page
from plans.actions.timeline import TIMELINE
from plans.actions.workload import WORKLOAD
from plans.items.section import Section
from plans.items.views import ItemViews
from plans.plan.models import Plan, PlanItem
from plans.plan.page import open_plan
from plans.saved_views.queries import default_view, views_of
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
    "effort": _("Effort"),
    "budget": _("Budget"),
    "roi": _("ROI"),
}
#: What stands in a column beside what it is named after, and can be sorted by too.
BESIDE = {"status": ("health", _("Health"))}


@require_safe
def actions(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    """Without a query it opens with the view the reader has chosen; every view has an address that says it whole."""
    plan = open_plan(request, pk)
    if not request.META["QUERY_STRING"] and (chosen := default_view(plan, request.user)):
        return HttpResponseRedirect(f"{ACTIONS.url(plan)}?{chosen.query}")
    context = {"plan": plan, "section": ACTIONS.id} | table_context(request, plan)
    if request.htmx.target == MORE:
        return render(request, f"{context['view'].template or TEMPLATE}#{MORE}", context)
    return render_page(request, TEMPLATE, context, partials=[ACTIONS.id, "action-rows", "action-page"])


#: What is fetched when one comes to the end of the rows.
MORE = "action-more"


def table_context(request: HtmxHttpRequest, plan: Plan) -> dict[str, Any]:
    query = table_query(request)
    viewing = Viewing(plan, request.user, query, timezone.localdate())
    keep_health_current(plan, plan.workspace.today)
    view = ARRANGEMENTS[view_of(query)]
    shown, views = what_is_shown(query), views_of(plan, request.user)
    return {
        "view": view,
        "views": [(other, changed(query, view=other.key)) for other in ARRANGEMENTS.values()],
        "rows_alone": request.htmx.target == "action-rows",
        "saved_views": views,
        "current": shown,
        "everything": shown == f"view={TABLE}",
        "is_saved": any(saved.query == shown for saved in views),
        "filter": viewing.found,
        "filters_open": "filters" in query,
        "chips": active_filters(viewing.found, query),
        "query": without(query, "page", "filters"),
        "clear": f"?view={view.key}",
        "kept": [(name, value) for name in query for value in query.getlist(name) if name not in {"q", *POSITIONS}],
        "beside_filters": beside_filters(query),
        "can_edit": viewing.can_edit,
        "i_steer": plan.i_steer,
    } | view.context(viewing)


def rows_context(viewing: Viewing) -> dict[str, Any]:
    """The table itself: a page of rows in their groups."""
    plan, found, today = viewing.plan, viewing.found, viewing.today
    number = page_number(viewing.query)
    page = table_page(
        plan,
        found.qs,
        groups_of(plan, found, today=today),
        sort=viewing.sort,
        number=number,
        today=today,
        read=kept_rows(viewing.sort) if number == 1 and found.lets_all_through else None,
    )
    select = viewing.can_edit and "select" in viewing.query
    if select:
        for row in page.rows:
            row["html"] = with_box(row)
    return {
        "page": page,
        "idle": page.idle,
        "number": number,
        "heads": column_heads(viewing.query),
        "select": select,
        "unselected": without(viewing.query, "page", "filters", "select"),
    }


#: By their key, in the order of the switch.
ARRANGEMENTS = {
    arrangement.key: arrangement
    for arrangement in (
        Arrangement(
            TABLE,
            _("Table"),
            icon="table",
            context=rows_context,
            scripts=("js/grid.js", "js/selection.js", "js/followers.js", "js/clipboard.js"),
        ),
        BOARD,
        TIMELINE,
        CALENDAR,
        MINE,
        WORKLOAD,
    )
}

ACTIONS = Section("plans:actions", TEMPLATE, "action-table", table_context)


class ActionViews(ItemViews):
    """An action edited as a whole may have been moved, and others wait for it."""

    def _done(self, request: HtmxHttpRequest, plan: Plan, *, focus: PlanItem | None = None) -> HttpResponse:
        answer = super()._done(request, plan, focus=focus)
        if not isinstance(focus, Action) or not hasattr(focus, "deadline_before"):
            return answer
        return offering(request, answer, plan, {focus.pk: (focus.deadline_before, focus.deadline)})


action_items = ActionViews(ActionForm, section=ACTIONS, verbs="edit move duplicate delete")


@require_safe
def action_filters(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    """The filters themselves: opened seldom, so the table does not carry them."""
    plan = open_plan(request, pk)
    query = request.GET.copy()
    query["filters"] = "1"
    found = ActionFilter(query, plan=plan, today=timezone.localdate())
    context = {
        "plan": plan,
        "filter": found,
        "beside_filters": beside_filters(query),
        "clear": f"?view={view_of(query)}",
    }
    return render(request, "plans/actions/filters.html", context)


def beside_filters(query: QueryDict) -> list[tuple[str, str]]:
    """What the address says besides filters: it stays when they change."""
    return [(name, query[name]) for name in ("view", "by", "zoom", "sort", "q") if query.get(name)]


def column_heads(query: QueryDict) -> list[dict[str, Any]]:
    """Each column with its link: the first click sorts up, the second down, the third not at all."""
    heads = []
    for key, label in COLUMNS.items():
        head = _head(key, label, query)
        if key in BESIDE:
            head["beside"] = _head(*BESIDE[key], query)
            head["sorted"] = head["sorted"] or head["beside"]["sorted"]
        heads.append(head)
    return heads


def _head(key: str, label: Any, query: QueryDict) -> dict[str, Any]:
    sort, rest = query.get("sort", ""), without(query, "sort", "page")
    sorted_up, sorted_down = sort == key, sort == f"-{key}"
    following = f"-{key}" if sorted_up else "" if sorted_down else key
    order = "ascending" if sorted_up else "descending" if sorted_down else ""
    return {
        "key": key or "kpis",
        "label": label,
        "sortable": key in SORTS and key != "",
        "href": f"?{rest}&sort={following}".replace("?&", "?") if following else f"?{rest}",
        "order": order,
        #: In what order the column is, by this or by what stands beside it.
        "sorted": order,
        "beside": None,
    }


def active_filters(found: ActionFilter, query: QueryDict) -> list[dict[str, str]]:
    """What narrows the table now, in words, each with the link that takes it away."""
    chips = []
    for name, column in found.base_filters.items():
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
