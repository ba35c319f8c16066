"""Workload: how much of each person's week the open actions ask for, as a strip of weeks for every person."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from plans.actions.address import changed, page_number, without
from plans.actions.arrangements import Amount, Arrangement, Viewing
from plans.actions.loads import FIELDS, NOBODY, Load, Loads, holders_of, loads_of
from plans.actions.weeks import WEEK, monday_of, read_week, week_days, week_name, week_text
from salesplan.lib.numbers import NO_VALUE, format_number
from salesplan.lib.workdays import days_a_week, first_working_day

WEEKS = 12
#: How far one can go: three years.
MOST_WEEKS = 156
PEOPLE = 20


@dataclass(frozen=True)
class Column:
    name: str
    dates: str
    #: How many days one works, where they are fewer than usual.
    days: int | None
    now: bool


@dataclass(frozen=True)
class Cell:
    words: str
    level: str
    href: str = ""


@dataclass(frozen=True)
class Line:
    name: str
    roles: str
    nobody: bool
    cells: list[Cell]
    notes: list[tuple[str, str]]


def workload_context(viewing: Viewing) -> dict[str, Any]:
    first = _first_week(viewing)
    records = viewing.found.qs.order_by().values_list(*FIELDS)
    weeks = range(first, first + WEEKS)
    loads = loads_of(viewing.plan, records, holders_of(viewing.plan), today=viewing.today, weeks=weeks)
    people = sorted(loads.people, key=lambda load: _order(load, loads.weeks))
    number = page_number(viewing.query)
    shown = people[PEOPLE * (number - 1) : PEOPLE * number]
    undated = sum((load.undated for load in people), Decimal(0))
    return {
        "page": Amount(loads.spread, loads.total),
        "columns": _columns(loads, viewing),
        "lines": [_line(load, loads, viewing) for load in shown],
        "sums": [_sum(week, loads, viewing) for week in loads.weeks],
        "sentence": _sentence(people, loads),
        "without_effort": not loads.spread and not undated,
        "unknown": sum(load.unknown for load in people),
        "unknown_href": _table(viewing, effort="unknown"),
        "undated": format_number(undated) if undated else "",
        "undated_href": _table(viewing, effort="known", due="none"),
        "filtered": not viewing.found.lets_all_through,
        "earlier": _from(viewing, loads.monday(max(first - WEEKS, 0))) if first else "",
        "now": _from(viewing, None) if first else "",
        "later": _from(viewing, loads.monday(first + WEEKS)) if first + WEEKS <= MOST_WEEKS else "",
        "more_query": _page(viewing, number + 1) if len(people) > PEOPLE * number else "",
        "span": WEEKS + 1,
    }


WORKLOAD = Arrangement(
    "workload",
    gettext_lazy("Workload"),
    icon="gauge",
    context=workload_context,
    template="plans/actions/workload.html",
    style="css/workload.css",
    script="js/workload.js",
)


def _first_week(viewing: Viewing) -> int:
    """As the address says, but nothing is left to be done before the current week."""
    current = monday_of(first_working_day(viewing.today, viewing.plan.workspace.country))
    wanted = read_week(viewing.query.get("from", "")) or current
    return min(max((wanted - current) // WEEK, 0), MOST_WEEKS)


def _order(load: Load, weeks: range) -> tuple[bool, bool, int, int, str]:
    """Who has too much comes first; work that nobody is there to do, last."""
    over = sum(load.is_over(week) for week in weeks)
    return load.who == [NOBODY], load.hours is None, -over, -sum(load.weeks.values()), load.name.casefold()


def _columns(loads: Loads, viewing: Viewing) -> list[Column]:
    usual = days_a_week(loads.calendar.start, viewing.plan.workspace.country)
    columns = []
    for week in loads.weeks:
        monday, days = loads.monday(week), len(loads.days[week])
        few = days if days < usual else None
        columns.append(Column(week_name(monday), week_days(monday), few, now=week == 0))
    return columns


def _line(load: Load, loads: Loads, viewing: Viewing) -> Line:
    notes = []
    if load.unknown:
        words = ngettext("%(count)d action without effort", "%(count)d actions without effort", load.unknown)
        notes.append((words % {"count": load.unknown}, _table(viewing, load.who, effort="unknown")))
    if load.undated:
        words = _("%(hours)s h without a deadline") % {"hours": format_number(load.undated)}
        notes.append((words, _table(viewing, load.who, effort="known", due="none")))
    rest = _table(viewing, load.who)
    cells = [_cell(load, week, f"{rest}&week={week_text(loads.monday(week))}") for week in loads.weeks]
    nobody = load.hours is None
    roles = ", ".join(load.roles) if load.hours else _("Held by nobody yet") if load.roles else ""
    return Line(load.name, roles, nobody, cells, notes)


def _cell(load: Load, week: int, href: str) -> Cell:
    work, room = load.work(week), load.room.get(week)
    words = _hours(work)
    if room is not None:
        words = f"{words} / {_hours(room)}"
    return Cell(words if work or room is not None else NO_VALUE, _level(work, room), href if work else "")


def _level(work: Decimal, room: Decimal | None) -> str:
    """How full the week is, as a class: the colour says no more than the numbers do."""
    if not work:
        return "away" if room == 0 else "free"
    if room is None:
        return "open"
    if work > room:
        return "over"
    return "low" if 2 * work <= room else "mid" if 5 * work <= 4 * room else "full"


def _sum(week: int, loads: Loads, viewing: Viewing) -> Cell:
    """All work of the week, whoever answers for it, and all hours people have."""
    work = sum((load.work(week) for load in loads.people), Decimal(0))
    room = sum((load.room[week] for load in loads.people if load.hours), Decimal(0))
    words = f"{_hours(work)} / {_hours(room)}"
    href = _table(viewing, week=week_text(loads.monday(week))) if work else ""
    return Cell(words, "over" if work > room else "sum", href)


def _hours(hours: Decimal) -> str:
    """Whole hours; what is less than one is not nothing."""
    return "<1" if 0 < hours < Decimal("0.5") else format_number(hours, 0)


def _sentence(people: list[Load], loads: Loads) -> str:
    """What one should know before one looks at the strip."""
    over = {load.name: weeks for load in people if (weeks := [week for week in loads.weeks if load.is_over(week)])}
    if not over:
        return _("Nobody has more work than hours in these weeks.")
    if len(over) > 1:
        words = ngettext(
            "%(count)d person has more work than hours, %(name)s most often.",
            "%(count)d people have more work than hours, %(name)s most often.",
            len(over),
        )
    else:
        words = _("%(name)s has more work than hours.")
    name, weeks = max(over.items(), key=lambda pair: len(pair[1]))
    found = words % {"count": len(over), "name": name}
    names = ", ".join(week_name(loads.monday(week)) for week in weeks)
    said = ngettext("In one week: %(weeks)s.", "In %(count)d weeks: %(weeks)s.", len(weeks))
    return f"{found} {said % {'count': len(weeks), 'weeks': names}}"


# Links


def _table(viewing: Viewing, who: list[str] | None = None, **values: str) -> str:
    """To the actions that cause it, in the table: filters stay, but for the week and those that are said here."""
    rest = viewing.query.copy()
    rest.pop("week", None)
    if who is not None:
        rest.setlist("who", who)
    return changed(rest, view="table", **values)


def _from(viewing: Viewing, monday: dt.date | None) -> str:
    return changed(viewing.query, **({"from": week_text(monday)} if monday else {}))


def _page(viewing: Viewing, number: int) -> str:
    return f"?{without(viewing.query, 'page', 'filters')}&page={number}"
