"""The board: cards in columns by status, by who answers, or by objective."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum, Window
from django.db.models.functions import RowNumber
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from plans.actions.address import changed
from plans.actions.arrangements import Amount, Arrangement, Viewing
from plans.actions.cards import CARD_FIELDS, cards
from plans.actions.models import Action
from plans.actions.responsible import WHO, responsible
from plans.actions.table import groups_of, sortable
from salesplan.templatetags.status import status

#: What one may group by, and what each is called.
BY = {"status": gettext_lazy("Status"), "who": gettext_lazy("Responsible"), "objective": gettext_lazy("Objective")}
CARDS = 25
#: With more columns than this each shows fewer cards at first.
MANY_COLUMNS, FEWER_CARDS = 8, 10
#: A board is no wider; what is beyond is found by a filter.
MOST_COLUMNS = 24
#: The columns of the database that one column of the board is made of.
KEYS = {"status": ("status",), "who": ("role_id", "person_id"), "objective": ("objective_id",)}
NOBODY = "none"


@dataclass
class Column:
    """`value` is what the filter of the same name calls it."""

    value: str
    title: str
    count: int = 0
    budget: Decimal | None = None
    note: str = ""
    badge: SafeString | str = ""
    cards: list[dict[str, Any]] = field(default_factory=list)
    #: Where the cards beyond these are.
    next: "NextCards | None" = None


@dataclass(frozen=True)
class NextCards:
    """`url` brings the next ones; `href` is the table of the whole column, for browsers that fetch nothing."""

    url: str
    href: str


def board_context(viewing: Viewing) -> dict[str, Any]:
    by = viewing.option
    columns = all_columns(viewing, by)
    here, beyond = columns[:MOST_COLUMNS], columns[MOST_COLUMNS:]
    fill(viewing, by, here, each=CARDS if len(here) <= MANY_COLUMNS else FEWER_CARDS, whole=not beyond)
    shown, total = sum(len(column.cards) for column in here), sum(column.count for column in columns)
    return {
        "page": Amount(shown, total),
        "columns": here,
        "beyond": len(beyond),
        "by": by,
        "choices": [(key, label, changed(viewing.query, by=key)) for key, label in BY.items()],
    }


BOARD = Arrangement(
    "board",
    gettext_lazy("Board"),
    icon="layout-kanban",
    context=board_context,
    template="plans/actions/board.html",
    style="css/board.css",
    scripts=("js/board.js",),
)


# Columns


def all_columns(viewing: Viewing, by: str) -> list[Column]:
    return {"status": _by_status, "who": _by_responsible, "objective": _by_objective}[by](viewing)


def _by_status(viewing: Viewing) -> list[Column]:
    """All of them, empty ones too: a card can be moved there."""
    counted = {row["status"]: row for row in _counted(viewing.found.qs, "status")}
    columns = []
    for value, label in Action.Status.choices:
        row = counted.get(value, {"count": 0, "budget": None})
        columns.append(Column(value, str(label), row["count"], row["budget"], badge=status(value)))
    return columns


def _by_objective(viewing: Viewing) -> list[Column]:
    groups = groups_of(viewing.plan, viewing.found, today=viewing.today)
    return [Column(str(group.pk), group.title, group.count, group.amount) for group in groups]


def _by_responsible(viewing: Viewing) -> list[Column]:
    """Nobody first, then everybody who answers for something, by name."""
    nobody = Column(NOBODY, _("Nobody yet"))
    columns = []
    for row in _counted(viewing.found.qs, *WHO):
        name, title = responsible(row)
        column = Column(value_of(row, "who"), name, row["count"], row["budget"], note=title)
        if column.value == NOBODY:
            nobody.count, nobody.budget = column.count, column.budget
        else:
            columns.append(column)
    return [nobody, *sorted(columns, key=lambda column: (column.title.casefold(), column.note))]


def _counted(actions: QuerySet, *names: str) -> QuerySet:
    of_each = actions.order_by().values(*names)
    return of_each.annotate(count=Count("pk", distinct=True), budget=Sum("allocations__amount"))


def value_of(row: dict[str, Any], by: str) -> str:
    """In which column an action stands."""
    if by != "who":
        return str(row[KEYS[by][0]])
    if row["role_id"]:
        return f"role-{row['role_id']}"
    return f"person-{row['person_id']}" if row["person_id"] else NOBODY


def in_column(value: str, by: str) -> Q | None:
    """The actions of one column; None when there can be no such column."""
    if by == "status":
        return Q(status=value) if value in Action.Status.values else None
    if by == "who" and value == NOBODY:
        return Q(role=None, person=None)
    kind, _dash, number = value.rpartition("-")
    if not number.isdecimal() or len(number) > 17 or kind not in ({"role", "person"} if by == "who" else {""}):
        return None
    return Q(**{kind or "objective": int(number)})


# Cards


def fill(viewing: Viewing, by: str, columns: list[Column], *, each: int, whole: bool) -> None:
    """The first cards of each column, in one query. `whole`: the columns are all there are."""
    places = {column.value: column for column in columns}
    actions, order = _in_order(viewing)
    if not whole:
        actions = actions.filter(_any_of(places, by))
    ranked = actions.annotate(place=Window(RowNumber(), partition_by=[F(key) for key in KEYS[by]], order_by=order))
    records = ranked.filter(place__lte=each).order_by("place").values(*CARD_FIELDS)
    for card in board_cards(viewing, by, records):
        if column := places.get(card["column"]):
            column.cards.append(card)
    for column in columns:
        if column.count > len(column.cards):
            column.next = next_cards(viewing, by, column.value, after=len(column.cards))


def next_cards(viewing: Viewing, by: str, value: str, *, after: int) -> NextCards:
    url = reverse("plans:action_column", args=[viewing.plan.pk])
    return NextCards(
        url + changed(viewing.query, column=value, after=after),
        changed(viewing.query, **{"view": "table", by: value}),
    )


def _any_of(values: Iterable[str], by: str) -> Q:
    wanted = Q()
    for value in values:
        wanted |= in_column(value, by) or Q()
    return wanted


def column_cards(viewing: Viewing, by: str, column: Q, *, after: int) -> tuple[list[dict[str, Any]], bool]:
    """The next cards of one column, and whether there are more."""
    actions, order = _in_order(viewing)
    found = actions.filter(column).order_by(*order).values(*CARD_FIELDS)[after : after + CARDS + 1]
    records = list(found)
    return board_cards(viewing, by, records[:CARDS]), len(records) > CARDS


def _in_order(viewing: Viewing) -> tuple[QuerySet, list[Any]]:
    """What is due first stands first, unless the address asks for another order."""
    actions, order = sortable(viewing.found.qs, viewing.sort or "deadline")
    return actions, [*order, F("priority").asc(), F("pk").asc()]


def board_cards(viewing: Viewing, by: str, records: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    found = cards(viewing.plan, records, today=viewing.today)
    for card in found:
        card["column"] = value_of(card, by)
    return found


def sums(viewing: Viewing, by: str) -> dict[str, tuple[int, Decimal | None]]:
    """What stands at the head of each column, after a card has moved."""
    return {column.value: (column.count, column.budget) for column in all_columns(viewing, by)}
