import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from kpis.snapshots.difference_sheet import difference_sheet
from kpis.snapshots.differences import Differences
from kpis.snapshots.models import Snapshot
from kpis.snapshots.moments import NOW, WEEK, Moment, NoMoment, moment_of, names_snapshot, presets_of
from kpis.snapshots.queries import snapshots_of
from kpis.snapshots.saying import SECTIONS
from kpis.snapshots.sentences import groups_of
from kpis.snapshots.weeks import made_at
from plans.plan.models import Plan
from plans.plan.page import open_plan
from salesplan.lib.csv_text import dialect_of_reader
from salesplan.lib.file_names import file_name
from salesplan.lib.htmx import HtmxHttpRequest

#: So many rows of each kind stand on the page; of one kind alone so many on each of its pages.
FEW, MANY = 20, 100
#: Chosen in the list of moments, it says that the day stands in the field beside it.
A_DAY = "day"


@dataclass(frozen=True)
class Choice:
    """One end of the comparison as the form shows it; with `error` nothing else is known of it."""

    name: str
    key: str
    moment: Moment | None
    error: str = ""

    @property
    def day(self) -> str:
        if self.moment:
            return self.moment.day
        return self.key[:10] if self.is_day else ""

    @property
    def is_day(self) -> bool:
        return self.key != NOW and not names_snapshot(self.key)


@require_safe
def plan_compare(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    """?from= and ?to= name two moments; ?kind= one kind of row, ?rows=all those that did not change, too."""
    plan = open_plan(request, pk)
    if A_DAY in (request.GET.get("from"), request.GET.get("to")):
        return redirect(f"{request.path}?{_with_days(request.GET).urlencode()}")
    snapshots = list(snapshots_of(plan))
    made_on = made_at(plan).astimezone(plan.workspace.zone).date()
    # A plan made less than a week ago is compared with what it was at the end of its first day.
    usual = {"from": max(plan.workspace.today - WEEK, made_on).isoformat(), "to": NOW}
    ends = [_choice(name, request.GET.get(name) or key, plan, snapshots) for name, key in usual.items()]
    differences, ends = _compared(plan, ends)
    if differences and request.GET.get("download") == "csv":
        return _sheet(plan, ends, differences, request.GET.get("kind", ""))
    context = {
        "plan": plan,
        "ends": ends,
        "snapshots": snapshots,
        "presets": presets_of(plan, snapshots, made_on),
        "now": NOW,
        "today": plan.workspace.today,
        "differences": differences,
    }
    if differences:
        context |= _shown(request.GET, differences)
    status = 422 if any(end.error for end in ends) else 200
    return render(request, "kpis/snapshots/compare.html", context, status=status)


def _with_days(query: QueryDict) -> QueryDict:
    """The canonical address of what the form has sent."""
    wanted = query.copy()
    for name in ("from", "to"):
        day = wanted.pop(f"{name}_day", [""])[-1]
        if wanted.get(name) == A_DAY:
            wanted[name] = day or NOW
    return wanted


def _choice(name: str, key: str, plan: Plan, snapshots: Sequence[Snapshot]) -> Choice:
    try:
        return Choice(name, key, moment_of(key, plan, snapshots))
    except NoMoment as error:
        return Choice(name, key, None, str(error))


def _compared(plan: Plan, ends: list[Choice]) -> tuple[Differences | None, list[Choice]]:
    states, told = [], []
    for end in ends:
        try:
            states += [end.moment.state(plan)] if end.moment else []
            told.append(end)
        except NoMoment as error:
            told.append(Choice(end.name, end.key, end.moment, str(error)))
    return (Differences(*states) if len(states) == len(ends) else None), told


def _shown(query: QueryDict, differences: Differences) -> dict:
    kind, every = query.get("kind", ""), query.get("rows") == "all"
    sections = [section for section in SECTIONS if section.key == kind] or list(SECTIONS)
    is_one = len(sections) == 1
    page = query.get("page", "")
    tables = differences.tables(
        sections,
        every=every,
        page=int(page) if page.isdecimal() and is_one and len(page) < 6 else 1,
        size=MANY if is_one else FEW,
    )
    kept = query.copy()
    for name in ("page", "kind", "rows", "download"):
        kept.pop(name, None)
    return {
        "groups": groups_of(differences),
        "tables": tables,
        "kind": sections[0].key if is_one else "",
        "every": every,
        "kinds": [(section, len(differences.changes[section.key])) for section in SECTIONS],
        "address": kept.urlencode(),
    }


def _sheet(plan: Plan, ends: list[Choice], differences: Differences, kind: str) -> HttpResponse:
    sections = [section for section in SECTIONS if section.key == kind] or list(SECTIONS)
    day: dt.date = timezone.localdate()
    name = file_name(plan.name, *(end.moment.words for end in ends if end.moment), on=day, ending="csv")
    return HttpResponse(
        difference_sheet(differences, sections, dialect_of_reader()),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": content_disposition_header(True, name)},
    )
