"""How many actions stood where at the end of each of the last weeks, replayed from their history."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils import timezone

from kpis.kpi.periods import MONDAY, WEEKLY, last_day, period_of
from plans.actions.models import Action
from plans.actions.standing import ActionFacts

WEEKS = 12
WEEK = dt.timedelta(days=7)
OVERDUE = "overdue"
#: From the bottom of a bar to its top.
STATES = ("done", "in_progress", "not_started", "at_risk", "blocked", OVERDUE)

#: Action, status, deadline, when, and "+", "~" or "-".
type LogRow = tuple[int, str, dt.date | None, dt.datetime, str]
type State = tuple[str, dt.date | None]


@dataclass(frozen=True)
class Week:
    monday: dt.date
    counts: Counter[str]

    @property
    def number(self) -> int:
        return self.monday.isocalendar().week

    @property
    def total(self) -> int:
        return self.counts.total()


def weeks_of(
    log: Sequence[LogRow], actions: Iterable[ActionFacts], today: dt.date, week_start: int = MONDAY
) -> list[Week]:
    """Twelve weeks, the last of them this one as it is now, whatever the history says; none without any action."""
    this_week = period_of(today, WEEKLY, week_start)
    mondays = [this_week - WEEK * back for back in range(WEEKS - 1, 0, -1)]
    weeks = [
        *_replay(log, mondays, week_start),
        Week(this_week, _count({a.pk: (a.status, a.deadline) for a in actions}, today)),
    ]
    return weeks if any(week.total for week in weeks) else []


def _replay(log: Sequence[LogRow], mondays: list[dt.date], week_start: int) -> Iterable[Week]:
    states: dict[int, State] = {}
    place = 0
    for monday in mondays:
        last = last_day(monday, WEEKLY, week_start)
        end = _midnight(last + dt.timedelta(days=1))
        while place < len(log) and log[place][3] < end:
            _apply(log[place], states)
            place += 1
        yield Week(monday, _count(states, last))


def _midnight(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time.min))


def _apply(row: LogRow, states: dict[int, State]) -> None:
    pk, status, deadline, _when, kind = row
    if kind == "-":
        states.pop(pk, None)
    else:
        states[pk] = (status, deadline)


def _count(states: dict[int, State], day: dt.date) -> Counter[str]:
    return Counter(state_on(day, *state) for state in states.values() if state[0] != Action.Status.CANCELLED)


def state_on(day: dt.date, status: str, deadline: dt.date | None) -> str:
    """Late is what matters most of an action that is not done."""
    late = deadline is not None and deadline < day and status not in Action.CLOSED_STATUSES
    return OVERDUE if late else status
