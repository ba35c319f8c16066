"""What the address of the actions says: which view, of what, in which order (?view=board&by=who&status=blocked)."""

from typing import Any

from django.http import QueryDict

from plans.actions.filters import ActionFilter
from salesplan.lib.htmx import HtmxHttpRequest

TABLE = "table"
#: Each view, and the one thing that can be chosen about it: its name, and its values with the usual one first.
VIEWS: dict[str, tuple[str, tuple[str, ...]] | None] = {
    TABLE: None,
    "board": ("by", ("status", "who", "objective")),
    "timeline": ("zoom", ("fit", "quarter", "month")),
    "calendar": None,
    "mine": None,
    "workload": None,
}


def table_query(request: HtmxHttpRequest) -> QueryDict:
    """The view as the address says; after a change, as the address of the page one is on says."""
    current = getattr(request, "htmx", None) and request.htmx.current_url
    if request.method == "GET" or not current:
        return request.GET
    return QueryDict(current.partition("?")[2])


def view_of(query: QueryDict) -> str:
    view = query.get("view", "")
    return view if view in VIEWS else TABLE


def option_of(query: QueryDict) -> str:
    """What is chosen about the view: by what the board is divided, how much of time the timeline shows."""
    option = VIEWS[view_of(query)]
    if option is None:
        return ""
    name, values = option
    return query.get(name, "") if query.get(name) in values else values[0]


def page_number(query: QueryDict) -> int:
    return whole_number(query.get("page", "")) or 1


def whole_number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 7 else 0


def without(query: QueryDict, *names: str) -> str:
    """The query string without some of its names, for links that change just those."""
    rest = query.copy()
    for name in names:
        rest.pop(name, None)
    return rest.urlencode()


def changed(query: QueryDict, **values: Any) -> str:
    """A link to the same with other values; where one was on a page or a month is left behind."""
    rest = QueryDict(without(query, *POSITIONS), mutable=True)
    for name, value in values.items():
        rest[name] = value
    return f"?{rest.urlencode()}"


#: Where one is within a view: no part of what the view is.
POSITIONS = ("page", "filters", "from", "month", "column", "after")


def what_is_shown(query: QueryDict) -> str:
    """The view as it can be saved: without where one is in it, and written in one way only."""
    view = view_of(query)
    kept = QueryDict(mutable=True)
    kept["view"] = view
    if option := VIEWS[view]:
        kept[option[0]] = option_of(query)
    for name in ("sort", *ActionFilter.base_filters):
        if values := sorted(value for value in query.getlist(name) if value):
            kept.setlist(name, values)
    return kept.urlencode()
