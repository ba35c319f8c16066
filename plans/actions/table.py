"""The rows of the action table as its template wants them: sorted, grouped, formatted, 50 at a time.

A row is a plain dict of ready strings, its HTML among them (row.py). Fifty rows of model instances, each asked for
its relations and formatted in the template, cost several times as much as these four queries and one loop.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Protocol

from django.db.models import Case, Count, F, IntegerField, OrderBy, Q, QuerySet, Sum, Value, When
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from plans.actions.dates import date_marks
from plans.actions.dependencies import open_waits
from plans.actions.filters import ActionFilter
from plans.actions.health import AT_RISK, NO_DATA, OFF_TRACK, ON_TRACK
from plans.actions.health_marks import health_mark
from plans.actions.models import DUE_SOON_DAYS, Action
from plans.actions.news import CHANGED, note_on
from plans.actions.responsible import WHO, responsible
from plans.actions.row import row_html
from plans.objectives.models import Objective
from plans.plan.models import Plan
from salesplan.lib.memory import memory
from salesplan.lib.numbers import NO_VALUE, format_number
from salesplan.lib.prepared import prepared
from salesplan.templatetags.figures import day

PAGE_SIZE = 50
KEPT_SECONDS = 24 * 3600
KPI, SUPPORTER, COMMENTS = 0, 1, 2

OWN_FIELDS = (
    "pk",
    "version",
    "title",
    "kind",
    "status",
    "priority",
    "starts_on",
    "deadline",
    "effort",
    "health",
    "health_reasons",
    "expected_return",
    "origin",
    "objective_id",
    *WHO,
    *CHANGED,
)
#: What the groups of a page know already is not joined to each of its rows.
FIELDS = (*OWN_FIELDS, "objective__title", "objective__deadline")

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
    # Only the groups of this page are sorted, and only its rows joined: of a thousand actions most are elsewhere.
    chosen = _in_order(actions, here, sort).values("pk")[first - before : last - before]
    records = _in_order(Action.objects.filter(pk__in=chosen), here, sort).values(*OWN_FIELDS)
    for row in (read or as_rows)(plan, _with_objectives(records, groups), today=today):
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


def _with_objectives(records: Iterable[dict[str, Any]], groups: dict[int, Group]) -> Iterator[dict[str, Any]]:
    for record in records:
        group = groups[record["objective_id"]]
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


def action_row(plan: Plan, pk: int, *, today: dt.date) -> dict[str, Any]:
    return as_rows(plan, Action.objects.filter(pk=pk).values(*FIELDS), today=today)[0]


def action_alone(action: Action, cells: Collection[str], *, today: dt.date) -> dict[str, Any]:
    """What some cells of a row show of the action itself: what the others need is not asked of the database."""
    due_css, words = due_note(action.deadline, action.status, today)
    is_marked = action.is_open and "due" in cells
    return {
        "pk": action.pk,
        "url": action.get_absolute_url(),
        "title": action.title,
        "kind": action.kind,
        "status": action.status,
        "health_mark": health_mark(vars(action), today) if "status" in cells else "",
        "priority": action.priority,
        "hours": format_hours(action.effort),
        "start": day(action.starts_on, action.plan),
        "due": day(action.deadline, action.plan),
        "due_css": due_css,
        "due_note": words,
        "due_marks": date_marks(action.deadline, action.plan, action.objective.deadline) if is_marked else [],
        "waits": open_waits(action.plan).get(action.pk, 0) if action.is_open and "title" in cells else 0,
        "news": "",
        "talk": action.comments.count() if "title" in cells else 0,
    }


def as_rows(plan: Plan, records: Iterable[dict[str, Any]], *, today: dt.date) -> list[dict[str, Any]]:
    rows = list(records)
    ids = [row["pk"] for row in rows]
    (kpis, supporters, talk), budgets = _links(ids), dict(_budgets_of(ids))
    address, waits = reverse("plans:action_detail", args=[0]), open_waits(plan)
    for row in rows:
        _format(row, plan, budgets.get(row["pk"]), today)
        _add_links(row, kpis[row["pk"]], supporters[row["pk"]])
        row["waits"], row["talk"] = waits.get(row["pk"], 0), talk.get(row["pk"], 0)
        row["news"] = note_on(row, plan)
        row["url"] = address.replace("0", str(row["pk"]))
        row["html"] = row_html(row)
    return rows


# What is linked to these actions is read from the linking rows: one join less than from the actions.


@prepared
def kpis_of(action_ids: list[int]) -> QuerySet:
    links = Action.kpis.through.objects.filter(action__pk__in=action_ids)
    return links.order_by("kpi__position", "kpi").values_list("action", "kpi__name")


@prepared
def _links_of(action_ids: list[int]) -> QuerySet:
    """KPIs, supporters and comments by one question: which it is, the action, the name; each in its order.

    Of comments there is one row for an action that has any: how many, in the place of the place.
    """
    kpis: Any = Action.kpis.through.objects.filter(action__pk__in=action_ids)
    supporters: Any = Action.supporters.through.objects.filter(action__pk__in=action_ids)
    kpis = kpis.annotate(of=Value(KPI), name=F("kpi__name"), place=F("kpi__position"), order=F("kpi"))
    supporters = supporters.annotate(of=Value(SUPPORTER), name=F("role__title"), place=Value(0), order=F("pk"))
    columns = ("of", "action", "name", "place", "order")
    links = [kpis.values_list(*columns), supporters.values_list(*columns), _comments_of(action_ids)]
    return links[0].union(*links[1:], all=True).order_by("of", "place", "order")


def _comments_of(action_ids: list[int]) -> QuerySet:
    comments = Action.comments.field.model._default_manager.filter(action__pk__in=action_ids).order_by()
    fixed = {"of": Value(COMMENTS), "name": Value(""), "order": Value(0)}
    return (
        comments.values("action")
        .annotate(place=Count("pk"), **fixed)
        .values_list("of", "action", "name", "place", "order")
    )


@prepared
def _budgets_of(action_ids: list[int]) -> QuerySet:
    allocations = Action.allocations.field.model._default_manager.filter(action__pk__in=action_ids)
    return allocations.order_by().values_list("action").annotate(Sum("amount"))


def _links(action_ids: list[int]) -> tuple[dict[int, list[str]], dict[int, list[str]], dict[int, int]]:
    """By action, the names of its KPIs, the titles of the roles that support it, and how many comments it has."""
    links = _links_of(action_ids)
    kpis, supporters = ([(pk, name) for of, pk, name, *_order in links if of == kind] for kind in (KPI, SUPPORTER))
    talk = {pk: count for of, pk, _name, count, _order in links if of == COMMENTS}
    return names_by_action(kpis), names_by_action(supporters), talk


def names_by_action(pairs: Iterable[tuple[int, str]]) -> dict[int, list[str]]:
    names: dict[int, list[str]] = defaultdict(list)
    for pk, name in pairs:
        names[pk].append(name)
    return names


def _add_links(row: dict[str, Any], kpis: list[str], supporters: list[str]) -> None:
    row["kpis"], row["supporters"] = kpis, len(supporters)
    row["who_note"] = " + ".join(filter(None, [row["who_title"], ", ".join(supporters)]))


def _format(row: dict[str, Any], plan: Plan, budget: Decimal | None, today: dt.date) -> None:
    row["who"], row["who_title"] = responsible(row)
    row["start"] = day(row["starts_on"], plan)
    row["due"] = day(row["deadline"], plan)
    row["due_css"], row["due_note"] = due_note(row["deadline"], row["status"], today)
    row["health_mark"] = health_mark(row, today)
    closed = row["status"] in Action.CLOSED_STATUSES
    row["due_marks"] = [] if closed else date_marks(row["deadline"], plan, row["objective__deadline"])
    row["hours"] = format_hours(row["effort"])
    row["budget"] = format_number(budget) if budget else NO_VALUE
    row["roi"] = format_roi(budget, row["expected_return"])


def due_note(deadline: dt.date | None, status: str, today: dt.date) -> tuple[str, str]:
    """What to say beside a deadline: nothing when all is well, else a class and the words."""
    if deadline is None or status in Action.CLOSED_STATUSES:
        return "", ""
    days = (deadline - today).days
    if days < 0:
        return "over", ngettext("%(days)d day late", "%(days)d days late", -days) % {"days": -days}
    if days == 0:
        return "soon", _("today")
    if days <= DUE_SOON_DAYS:
        return "soon", ngettext("in %(days)d day", "in %(days)d days", days) % {"days": days}
    return "", ""


def format_hours(effort: Decimal | None) -> str:
    return NO_VALUE if effort is None else format_number(effort)


def format_roi(budget: Decimal | None, expected: Decimal | None) -> str:
    """ROI = (expected return - budget) / budget, in percent; a dash without a budget or a return."""
    if not budget or expected is None:
        return NO_VALUE
    return format_number((expected - budget) / budget * 100, 0) + "%"
