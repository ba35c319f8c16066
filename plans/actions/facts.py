"""What the rows of the action table say: read in four queries, and formatted.

A row is a plain dict of ready strings, its HTML among them (row.py). Fifty rows of model instances, each asked for
its relations and formatted in the template, cost several times as much as these queries and one loop.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, QuerySet, Sum, Value
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from plans.actions.dates import date_marks
from plans.actions.dependencies import open_waits
from plans.actions.health_marks import health_mark
from plans.actions.models import DUE_SOON_DAYS, Action
from plans.actions.news import CHANGED, note_on
from plans.actions.responsible import WHO, responsible
from plans.actions.row import row_html
from plans.plan.models import Plan
from salesplan.lib.numbers import NO_VALUE, format_number
from salesplan.lib.prepared import prepared
from salesplan.templatetags.figures import day

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
    return drawn(facts_of(plan, records, today=today), plan)


def facts_of(plan: Plan, records: Iterable[dict[str, Any]], *, today: dt.date) -> list[dict[str, Any]]:
    """The same for everybody who reads the plan in one language."""
    rows = list(records)
    ids = [row["pk"] for row in rows]
    (kpis, supporters, talk), budgets = _links(ids), dict(_budgets_of(ids))
    address, waits = reverse("plans:action_detail", args=[0]), open_waits(plan)
    for row in rows:
        _format(row, plan, budgets.get(row["pk"]), today)
        _add_links(row, kpis[row["pk"]], supporters[row["pk"]])
        row["waits"], row["talk"] = waits.get(row["pk"], 0), talk.get(row["pk"], 0)
        row["url"] = address.replace("0", str(row["pk"]))
    return rows


def drawn(facts: list[dict[str, Any]], plan: Plan) -> list[dict[str, Any]]:
    """With what is news to the reader, and the HTML."""
    for row in facts:
        row["news"] = note_on(row, plan)
        row["html"] = row_html(row)
    return facts


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
