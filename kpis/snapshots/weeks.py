"""The weeks of a plan one can look back at: from the one it was made in to the one that is now."""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone

from kpis.kpi.periods import WEEKLY, first_day, last_day, period_label, periods_between, week_code
from plans.plan.models import Plan
from salesplan.templatetags.figures import day

#: A plan is looked back at for so long after its last day; later weeks bring nothing.
AFTERWARDS = dt.timedelta(weeks=13)
DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Week:
    monday: dt.date
    first: dt.date
    last: dt.date
    #: What is shown of it is the plan as it was then.
    ends_at: dt.datetime
    starts_at: dt.datetime
    words: str

    @property
    def code(self) -> str:
        return week_code(self.monday)


def made_at(plan: Plan) -> dt.datetime:
    """When the history of the plan begins."""
    first = Plan.history.filter(id=plan.pk).order_by("history_date").values_list("history_date", flat=True).first()
    return first or plan.created_at


def weeks_of(plan: Plan, made: dt.datetime, today: dt.date) -> list[Week]:
    zone, week_start = plan.workspace.zone, plan.workspace.week_starts_on
    made_on = made.astimezone(zone).date()
    until = max(min(today, plan.ends_on + AFTERWARDS), made_on)
    now = timezone.now()
    weeks = []
    for monday in periods_between(made_on, until, WEEKLY, week_start):
        first, last = first_day(monday, WEEKLY, week_start), last_day(monday, WEEKLY, week_start)
        starts, ends = (dt.datetime.combine(on, dt.time.min, zone) for on in (first, last + DAY))
        words = f"{period_label(monday, WEEKLY)}, {day(first, plan)} – {day(last, plan)}"
        # The moment itself belongs to the next week.
        weeks.append(
            Week(monday, first, last, min(ends - dt.timedelta.resolution, now), starts - dt.timedelta.resolution, words)
        )
    return weeks


def week_named(code: str, weeks: list[Week]) -> Week:
    """The one of that code, or the nearest there is; the last where it is no code."""
    found = next((week for week in weeks if week.code == code), None)
    if found:
        return found
    return weeks[0] if code and code < weeks[0].code and code[:4].isdecimal() else weeks[-1]
