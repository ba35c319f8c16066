"""The calendar: a month of deadlines."""

import calendar
import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Window
from django.db.models.functions import RowNumber
from django.urls import reverse
from django.utils.dates import WEEKDAYS, WEEKDAYS_ABBR
from django.utils.formats import date_format, get_format
from django.utils.translation import gettext_lazy

from plans.actions.address import changed
from plans.actions.arrangements import Amount, Arrangement, Viewing
from plans.actions.facts import FIELDS, due_note
from plans.actions.health_marks import health_says
from plans.actions.responsible import responsible
from plans.actions.scale import add_months, month_of, month_text, read_month
from plans.actions.table import STATUS_ORDER

#: So many stand in a day; the rest is a link to the table of that day.
PER_DAY = 3


@dataclass(frozen=True)
class Day:
    date: dt.date
    in_month: bool
    today: bool
    actions: list[dict[str, Any]]
    count: int
    href: str

    @property
    def more(self) -> int:
        return self.count - len(self.actions)


def calendar_context(viewing: Viewing) -> dict[str, Any]:
    month = _month(viewing)
    weeks = calendar.Calendar(_first_weekday()).monthdatescalendar(month.year, month.month)
    first, last = weeks[0][0], weeks[-1][-1]
    here = viewing.found.qs.filter(deadline__range=(first, last))
    total = viewing.found.qs.order_by().aggregate(all=Count("pk", distinct=True), undated=_undated())
    counts = dict(here.order_by().values_list("deadline").annotate(Count("pk", distinct=True)))
    actions = _of_each_day(here, viewing)
    days = {
        date: Day(
            date,
            in_month=date.month == month.month,
            today=date == viewing.today,
            actions=actions[date],
            count=counts.get(date, 0),
            href=changed(viewing.query, view="table", deadline_from=date, deadline_to=date),
        )
        for week in weeks
        for date in week
    }
    return {
        "page": Amount(sum(counts.values()), total["all"]),
        "month": date_format(month, "YEAR_MONTH_FORMAT"),
        "weeks": [[days[date] for date in week] for week in weeks],
        "weekdays": [(WEEKDAYS[date.weekday()], WEEKDAYS_ABBR[date.weekday()]) for date in weeks[0]],
        "before": changed(viewing.query, month=month_text(add_months(month, -1))),
        "after": changed(viewing.query, month=month_text(add_months(month, 1))),
        "this_month": changed(viewing.query, month=month_text(viewing.today)),
        "undated": total["undated"],
        "undated_href": changed(viewing.query, view="table", due="none"),
        "empty": not counts,
    }


CALENDAR = Arrangement(
    "calendar",
    gettext_lazy("Calendar"),
    icon="calendar",
    context=calendar_context,
    template="plans/actions/calendar.html",
    style="css/calendar.css",
)


def _month(viewing: Viewing) -> dt.date:
    """As the address says, else where today is, else where the plan begins."""
    plan, today = viewing.plan, viewing.today
    inside = plan.starts_on <= today <= plan.ends_on
    return read_month(viewing.query.get("month", "")) or month_of(today if inside else plan.starts_on)


def _first_weekday() -> int:
    """Monday is 0 in Python, and 1 in Django's formats."""
    return (get_format("FIRST_DAY_OF_WEEK") - 1) % 7


def _undated() -> Count:
    return Count("pk", distinct=True, filter=Q(deadline=None))


def _of_each_day(actions: QuerySet, viewing: Viewing) -> dict[dt.date, list[dict[str, Any]]]:
    """The first few of each day, in one query: what is wrong first, then what matters most."""
    order = [STATUS_ORDER, F("priority").asc(), F("pk").asc()]
    ranked = actions.annotate(place=Window(RowNumber(), partition_by=[F("deadline")], order_by=order))
    days: dict[dt.date, list[dict[str, Any]]] = defaultdict(list)
    address = reverse("plans:action_detail", args=[0])
    for row in ranked.filter(place__lte=PER_DAY).order_by("place").values(*FIELDS):
        row["url"] = address.replace("0", str(row["pk"]))
        row["who"], row["who_title"] = responsible(row)
        row["due_css"], row["due_note"] = due_note(row["deadline"], row["status"], viewing.today)
        row["health_says"] = health_says(row, viewing.today)
        days[row["deadline"]].append(row)
    return days
