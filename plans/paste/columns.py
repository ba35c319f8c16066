"""The columns of the action table as a block of cells is laid over them."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from plans.actions.row import CELLS
from plans.actions.views import COLUMNS
from plans.imports.fields import DATES

#: By the cell of the table, in its order: what it is called.
LABELS: dict[str, str | Promise] = dict(zip(CELLS, COLUMNS.values(), strict=True))

#: What is read from a cell, as sheets call it (plans/imports/fields.py, plans/exchange/columns.py).
FIELDS = {
    "title": "title",
    "kind": "kind",
    "who": "responsible",
    "start": "starts_on",
    "due": "deadline",
    "kpis": "kpis",
    "status": "status",
    "priority": "priority",
    "effort": "effort",
    "budget": "budget",
    "roi": "roi",
}
DAYS = {cell for cell, name in FIELDS.items() if name in DATES}
#: What a cell may hold is one of a list: of what is not on it, one is asked what is meant.
CHOSEN = {"kind", "who", "status", "priority"}
#: An action always has them: an empty cell leaves them as they are.
NEVER_EMPTY = {"title", "status", "priority"}
TYPED = {"title", "effort"} | DAYS | CHOSEN

#: Why nothing is pasted into a column.
UNTYPED = {
    "kpis": _("KPIs are chosen in the table, one action at a time."),
    "budget": _("The budget is what is allocated on the page of the budget."),
    "roi": _("The ROI is computed."),
}
