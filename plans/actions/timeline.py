"""The timeline: a bar for each action from its start to its deadline, under the checkpoints of its objective.

Where a day lies is said by a `Scale`, in percent, so that the drawing needs no script and fits any width.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from functools import partial
from typing import Any

from django.db.models import Max, Min
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from plans.actions.address import changed, page_number
from plans.actions.arrangements import Arrangement, Viewing
from plans.actions.dependencies import awaited_by_each
from plans.actions.facts import FIELDS, due_note
from plans.actions.health_marks import health_says, ill_css, ill_label
from plans.actions.models import Action
from plans.actions.responsible import responsible
from plans.actions.scale import MONTHS_OF_QUARTER, Scale, add_months, month_of, month_text, percent, read_month
from plans.actions.table import groups_of, table_page
from plans.objectives.models import Objective
from plans.plan.models import Plan
from salesplan.templatetags.figures import day
from salesplan.templatetags.status import STATUSES

ZOOMS = {"fit": gettext_lazy("Whole plan"), "quarter": gettext_lazy("Quarter"), "month": gettext_lazy("Month")}
MONTHS = {"quarter": MONTHS_OF_QUARTER, "month": 1}
#: A date typed wrong by a century must not squeeze all the others into a line.
MOST_BEYOND = dt.timedelta(days=366)
#: A bar of a day is still seen, and a label needs at least so much room, more when it is long, in percent.
THINNEST, LABEL_ROOM, LETTER = 0.8, 20, 0.95


def timeline_context(viewing: Viewing) -> dict[str, Any]:
    scale = scale_of(viewing)
    page = table_page(
        viewing.plan,
        viewing.found.qs,
        groups_of(viewing.plan, viewing.found, today=viewing.today),
        sort=viewing.sort,
        number=page_number(viewing.query),
        today=viewing.today,
        read=partial(bars, scale=scale),
    )
    points = checkpoints(viewing.plan, [group.pk for group in page.groups], scale=scale, today=viewing.today)
    return {
        "page": page,
        "scale": scale,
        "ticks": scale.ticks(viewing.today),
        "today": viewing.today,
        "today_x": scale.at(viewing.today) if scale.shows(viewing.today) else "",
        "groups": [(group, points.get(group.pk, [])) for group in page.groups],
        "zoom": viewing.option,
        "zooms": [(key, label, changed(viewing.query, zoom=key)) for key, label in ZOOMS.items()],
        "steps": _steps(viewing, scale),
        "more_query": changed(viewing.query, **_place(viewing), page=page.next_page or ""),
    }


TIMELINE = Arrangement(
    "timeline",
    gettext_lazy("Timeline"),
    icon="timeline",
    context=timeline_context,
    template="plans/actions/timeline.html",
    style="css/timeline.css",
    script="js/arrows.js",
    scripts=("js/timeline.js", "js/followers.js"),
)


# How much of time


def scale_of(viewing: Viewing) -> Scale:
    months = MONTHS.get(viewing.option)
    if months is None:
        return _whole(viewing)
    first = _first_month(viewing, months)
    return Scale(first, add_months(first, months) - dt.timedelta(days=1))


def _first_month(viewing: Viewing, months: int) -> dt.date:
    """As the address says, else where today is, else where the plan begins."""
    if asked := read_month(viewing.query.get("from", "")):
        return asked
    plan, today = viewing.plan, viewing.today
    month = month_of(today if plan.starts_on <= today <= plan.ends_on else plan.starts_on)
    return add_months(month, -((month.month - 1) % months))


def _whole(viewing: Viewing) -> Scale:
    """The period of the plan, and what its actions have beyond."""
    plan = viewing.plan
    dates = viewing.found.qs.order_by().aggregate(
        starts=Min("starts_on"), first=Min("deadline"), last=Max("deadline"), ends=Max("starts_on")
    )
    first = min(filter(None, [plan.starts_on, dates["starts"], dates["first"]]))
    last = max(filter(None, [plan.ends_on, dates["last"], dates["ends"]]))
    return Scale(
        month_of(max(first, plan.starts_on - MOST_BEYOND)),
        add_months(month_of(min(last, plan.ends_on + MOST_BEYOND)), 1) - dt.timedelta(days=1),
    )


def _place(viewing: Viewing) -> dict[str, str]:
    return {"from": viewing.query.get("from", "")} if "from" in viewing.query else {}


def _steps(viewing: Viewing, scale: Scale) -> dict[str, str] | None:
    """Where the stretch before and the one after are; the whole plan has none."""
    months = MONTHS.get(viewing.option)
    if months is None:
        return None
    earlier, later = add_months(scale.first, -months), add_months(scale.first, months)
    now = month_of(viewing.today)
    return {
        "label": _span(scale.first, scale.last, viewing.plan),
        "before": changed(viewing.query, **{"from": month_text(earlier)}),
        "after": changed(viewing.query, **{"from": month_text(later)}),
        "today": changed(viewing.query, **{"from": month_text(add_months(now, -((now.month - 1) % months)))}),
    }


# Bars


def bars(plan: Plan, records: Iterable[dict[str, Any]], *, today: dt.date, scale: Scale) -> list[dict[str, Any]]:
    rows = list(records)
    awaited = awaited_by_each(row["pk"] for row in rows)
    address = reverse("plans:action_detail", args=[0])
    for row in rows:
        row["awaited"] = awaited.get(row["pk"], {})
        row["url"] = address.replace("0", str(row["pk"]))
        row["who"], row["who_title"] = responsible(row)
        row["due"] = day(row["deadline"], plan)
        row["due_css"], row["due_note"] = due_note(row["deadline"], row["status"], today)
        row["span"] = _span(row["starts_on"], row["deadline"], plan)
        words = [row["span"], str(STATUSES[row["status"]].word), row["due_note"], health_says(row, today)]
        row["says"] = ", ".join(filter(None, [*words, _waits(row["awaited"].values())]))
        row["bar"] = _bar(row, scale, today)
    return rows


def bar_row(viewing: Viewing, pk: int) -> dict[str, Any]:
    """One row as it is now, on the scale of the page one is on."""
    records = Action.objects.in_plan(viewing.plan).filter(pk=pk).values(*FIELDS)
    return bars(viewing.plan, records, today=viewing.today, scale=scale_of(viewing))[0]


def _span(first: dt.date | None, last: dt.date | None, plan: Plan) -> str:
    """The dates in words, as few as there are."""
    if first and last and first != last:
        return _("%(start)s to %(end)s") % {"start": day(first, plan), "end": day(last, plan)}
    if last:
        return day(last, plan)
    return _("from %(start)s") % {"start": day(first, plan)} if first else _("no dates")


def _waits(titles: Iterable[str]) -> str:
    """What the arrows to a bar say."""
    return _("waits for %(actions)s") % {"actions": ", ".join(f"“{title}”" for title in titles)} if titles else ""


def _bar(row: dict[str, Any], scale: Scale, today: dt.date) -> dict[str, Any] | None:
    """What is drawn; nothing without a date. With one date it is a point, and outside of the scale only a word."""
    first, last = row["starts_on"] or row["deadline"], row["deadline"] or row["starts_on"]
    if first is None or last is None:
        return None
    bar = {
        "point": not (row["starts_on"] and row["deadline"]),
        "outside": "before" if last < scale.first else "after" if first > scale.last else "",
        "x": scale.at(first),
        "width": percent(max(scale.width(first, last), THINNEST)),
        "label": _label(row),
        "ill": _ill_label(row),
        "css": " ".join(filter(None, ["over" if row["due_css"] == "over" else row["status"], ill_css(row["health"])])),
    }
    late = row["due_css"] == "over" and last < today
    reaches = min(today, scale.last) if late else last
    if late and reaches > last and not bar["outside"]:
        bar["late_x"] = scale.at(last + dt.timedelta(days=1))
        bar["late_end"] = scale.at(today) if scale.shows(today) else percent(100)
    return bar | _label_place(
        scale, first, reaches, room=max(LABEL_ROOM, len(f"{bar['label']}, {bar['ill']}") * LETTER)
    )


def _label(row: dict[str, Any]) -> str:
    """What is said beside a bar: only what is not as one expects."""
    usual = {Action.Status.IN_PROGRESS} | ({Action.Status.NOT_STARTED} if row["due_css"] == "over" else set())
    word = "" if row["status"] in usual else str(STATUSES[row["status"]].word)
    return ", ".join(filter(None, [word, row["due_note"] if row["due_css"] == "over" else ""]))


def _ill_label(row: dict[str, Any]) -> str:
    """Its health behind that, where there is room for it; not what its date or its status says already."""
    return "" if row["due_css"] == "over" or row["status"] == row["health"] else ill_label(row["health"])


def _label_place(scale: Scale, first: dt.date, last: dt.date, *, room: float) -> dict[str, str]:
    """Behind the bar, else before it, else on it."""
    begins, ends = scale.share(first), scale.share(last + dt.timedelta(days=1))
    if ends <= 100 - room:
        return {"label_x": scale.at(last + dt.timedelta(days=1)), "place": ""}
    if begins >= room:
        return {"label_x": scale.at(first), "place": "before"}
    return {"label_x": scale.at(min(last, scale.last) + dt.timedelta(days=1)), "place": "before on"}


# Checkpoints


def checkpoints(plan: Plan, objectives: list[int], *, scale: Scale, today: dt.date) -> dict[int, list[dict[str, Any]]]:
    """For each objective the days on which its KPIs are due: a KPI without a day of its own at the plan's end."""
    rows = (
        Objective.objects.in_plan(plan)
        .filter(pk__in=objectives, kpis__isnull=False)
        .order_by("kpis__deadline", "kpis__position")
        .values_list("pk", "kpis__name", "kpis__deadline")
    )
    names: dict[int, dict[dt.date, list[str]]] = defaultdict(lambda: defaultdict(list))
    for objective, name, deadline in rows:
        names[objective][deadline or plan.ends_on].append(name)
    return {
        objective: [
            _point(on, kpis, scale, plan, today) for on, kpis in days.items() if scale.first <= on <= scale.last
        ]
        for objective, days in names.items()
    }


def _point(on: dt.date, kpis: list[str], scale: Scale, plan: Plan, today: dt.date) -> dict[str, Any]:
    what = kpis[0] if len(kpis) == 1 else ngettext("%(count)d KPI", "%(count)d KPIs", len(kpis)) % {"count": len(kpis)}
    x = scale.share(on) + 50 / scale.days
    return {
        "x": f"{x:.2f}%",
        "label": what,
        "before": x > 100 - LABEL_ROOM,
        "past": on < today,
        "says": _("%(day)s: target of %(kpis)s") % {"day": date_format(on), "kpis": ", ".join(kpis)},
    }
