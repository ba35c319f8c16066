"""A page of the action table: sorted, in groups with their totals, 50 rows at a time. What they say: facts.py."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Protocol

from django.db.models import Case, Count, F, IntegerField, OrderBy, Q, QuerySet, Sum, Value, When
from django.utils.translation import get_language

from plans.actions.facts import OWN_FIELDS, as_rows, drawn, facts_of
from plans.actions.filters import ActionFilter
from plans.actions.health import AT_RISK, NO_DATA, OFF_TRACK, ON_TRACK
from plans.actions.models import Action
from plans.objectives.models import Objective
from plans.plan.models import Plan
from salesplan.lib.memory import memory
from salesplan.lib.numbers import NO_VALUE, format_number
from salesplan.lib.prepared import prepared

PAGE_SIZE = 50
KEPT_SECONDS = 24 * 3600
#: Statuses in the order a manager reads them: what is wrong first.
STATUS_ORDER = Case(
    *[
        When(status=status, then=Value(place))
        for place, status in enumerate(("blocked", "at_risk", "in_progress", "not_started", "done", "cancelled"))
    ],
    output_field=IntegerField(),
)
HEALTH_ORDER = Case(
    *[When(health=health, then=Value(place)) for place, health in enumerate((OFF_TRACK, AT_RISK, NO_DATA, ON_TRACK))],
    output_field=IntegerField(),
)
SORTS: dict[str, tuple[Any, ...]] = {
    "": (),
    "title": ("title",),
    "kind": ("kind",),
    "who": ("person__name", "role__holder__name", "role__holder_name", "role__title"),
    "start": ("starts_on",),
    "deadline": ("deadline",),
    "status": (STATUS_ORDER,),
    "health": (HEALTH_ORDER,),
    "priority": ("priority",),
    "effort": ("effort",),
    "budget": ("budget",),
    "roi": ("roi",),
}


@dataclass
class Group:
    """An objective's rows, and their totals over the whole filtered table, not just the page."""

    pk: int
    title: str
    deadline: dt.date | None = None
    count: int = 0
    overdue: int = 0
    budget: str = NO_VALUE
    amount: Decimal | None = None
    rows: list[dict[str, Any]] = field(default_factory=list)
    #: Whether the objective's header stands on an earlier page.
    continued: bool = False
    #: Whether its last row is on this page, so that the line for a new action belongs here.
    ends: bool = True


@dataclass
class TablePage:
    groups: list[Group]
    #: Objectives without any action: their headers stand at the end, each with the line for a first one.
    idle: list[Group]
    shown: int
    total: int
    next_page: int | None

    @property
    def rows(self) -> Iterator[dict[str, Any]]:
        return (row for group in self.groups for row in group.rows)


def table_page(
    plan: Plan,
    actions: QuerySet,
    totals: Iterable[Group],
    *,
    sort: str,
    number: int,
    today: dt.date,
    read: "Reader | None" = None,
) -> TablePage:
    """Page `number` (from 1) of `actions`, which are filtered already, in the groups that `totals` counted.

    `read` makes rows of what the database has of them: those of the table, unless another view wants its own.
    """
    groups = {group.pk: group for group in totals}
    total = sum(group.count for group in groups.values())
    first, last = (number - 1) * PAGE_SIZE, min(number * PAGE_SIZE, total)
    before, here = _place(groups.values(), first=first, last=last)
    records = _records(actions, here, sort, slice(first - before, last - before))
    for row in (read or as_rows)(plan, records, today=today):
        groups[row["objective_id"]].rows.append(row)
    return TablePage(
        [group for group in here if group.rows],
        [] if last < total else [group for group in groups.values() if not group.count],
        last,
        total,
        number + 1 if last < total else None,
    )


def _place(groups: Iterable[Group], *, first: int, last: int) -> tuple[int, list[Group]]:
    """The groups of the page of rows `first` to `last`, and how many rows come before them.

    Each group learns whether it reaches over the edges of the page.
    """
    begins, before, here = 0, 0, []
    for group in groups:
        ends = begins + group.count
        group.continued = begins < first < ends
        group.ends = ends <= last
        if ends <= first:
            before = ends
        elif begins < last:
            here.append(group)
        begins = ends
    return before, here


def _in_order(actions: QuerySet, groups: list[Group], sort: str) -> QuerySet:
    """The actions of these groups, which are known: no row need be joined to its objective to be sorted."""
    actions, order = sortable(actions.filter(objective__in=[group.pk for group in groups]), sort)
    cases = [When(objective=group.pk, then=Value(place)) for place, group in enumerate(groups)]
    by_group = [Case(*cases, output_field=IntegerField())] if len(groups) > 1 else []
    return actions.order_by(*by_group, *order, "position", "pk")


def _records(actions: QuerySet, groups: list[Group], sort: str, rows: slice) -> Iterator[dict[str, Any]]:
    """Asked of the database when the first is taken.

    Only these groups are sorted, and only the rows of the page joined: of a thousand actions most are elsewhere.
    """
    known = {group.pk: group for group in groups}
    chosen = _in_order(actions, groups, sort).values("pk")[rows]
    for record in _in_order(Action.objects.filter(pk__in=chosen), groups, sort).values(*OWN_FIELDS):
        group = known[record["objective_id"]]
        yield record | {"objective__title": group.title, "objective__deadline": group.deadline}


def sort_actions(actions: QuerySet, sort: str) -> QuerySet:
    """Sort inside each objective; `sort` is a key of SORTS, with a minus for descending."""
    actions, order = sortable(actions, sort)
    return actions.order_by("objective__position", "objective_id", *order, "position", "pk")


def sortable(actions: QuerySet, sort: str) -> tuple[QuerySet, list[OrderBy]]:
    """`actions` with what they are sorted by, and the order. Empty values come last."""
    keys = SORTS.get(sort.removeprefix("-"), SORTS[""])
    down = sort.startswith("-")
    if {"budget", "roi"} & {key for key in keys if isinstance(key, str)}:
        actions = actions.with_money()  # type: ignore[attr-defined]
    order = [OrderBy(F(key) if isinstance(key, str) else key, descending=down, nulls_last=True) for key in keys]
    return actions, order


def groups_of(plan: Plan, found: ActionFilter, *, today: dt.date) -> list[Group]:
    """The groups of what passes the filters; of everything when there are none, objectives without actions too."""
    return all_groups(plan, today=today) if found.lets_all_through else group_totals(found.qs, today=today)


def group_total(objective: int, *, today: dt.date) -> Group:
    """Of one that has an action."""
    (row,) = _totals_of_objective(objective, today)
    return _group(*row)


@prepared
def _totals_of_objective(objective: int, today: dt.date) -> QuerySet:
    return _totals(Action.objects.filter(objective=objective), today)


def group_totals(actions: QuerySet, *, today: dt.date) -> list[Group]:
    """Of the objectives that these actions belong to."""
    return [_group(*row) for row in _totals(actions, today)]


def _totals(actions: QuerySet, today: dt.date) -> QuerySet:
    return (
        actions.order_by("objective__position", "objective_id")
        .values_list("objective_id", "objective__title", "objective__deadline")
        .annotate(
            count=Count("pk", distinct=True),
            overdue=Count("pk", distinct=True, filter=_is_late(today)),
            budget=Sum("allocations__amount"),
        )
    )


def all_groups(plan: Plan, *, today: dt.date) -> list[Group]:
    """Every objective with the totals of its actions, if it has any: kept until the plan's clock ticks."""
    key, stamp = f"action-groups-{plan.pk}-{get_language()}", (plan.changed_at, today)
    kept_stamp, groups = memory.get(key, (None, []))
    if kept_stamp != stamp:
        rows = (
            Objective.objects.in_plan(plan)
            .order_by("position", "pk")
            .values_list("pk", "title", "deadline")
            .annotate(
                count=Count("actions", distinct=True),
                overdue=Count("actions", distinct=True, filter=_is_late(today, "actions__")),
                budget=Sum("actions__allocations__amount"),
            )
        )
        groups = [_group(*row) for row in rows]
        memory.set(key, (stamp, groups), KEPT_SECONDS)
    return groups


def _is_late(today: dt.date, path: str = "") -> Q:
    return Q(**{f"{path}deadline__lt": today}) & ~Q(**{f"{path}status__in": Action.CLOSED_STATUSES})


def _group(pk: int, title: str, deadline: dt.date | None, count: int, overdue: int, budget: Decimal | None) -> Group:
    return Group(pk, title, deadline, count, overdue, format_number(budget) if budget else NO_VALUE, budget)


class Reader(Protocol):
    def __call__(self, plan: Plan, records: Iterable[dict[str, Any]], *, today: dt.date) -> list[dict[str, Any]]: ...


def kept_rows(sort: str) -> Reader:
    """Reads the first page of all actions, which is opened most: kept until the plan's clock ticks."""

    def read(plan: Plan, records: Iterable[dict[str, Any]], *, today: dt.date) -> list[dict[str, Any]]:
        key, stamp = f"action-rows-{plan.pk}-{get_language()}", (plan.changed_at, today, sort)
        kept_stamp, facts = memory.get(key, (None, []))
        if kept_stamp != stamp:
            facts = facts_of(plan, records, today=today)
            memory.set(key, (stamp, facts), KEPT_SECONDS)
        return drawn(facts, plan)

    return read
