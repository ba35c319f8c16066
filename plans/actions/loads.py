"""Who has how much work in which week: the open effort of each person, and the hours she has."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from plans.actions.models import Action
from plans.actions.spreading import HUNDREDTHS, WorkCalendar
from plans.actions.weeks import WEEK, working_days_of
from plans.capacity.hours import Capacities, Hours, capacities_of, name_key
from plans.plan.models import Plan
from plans.team.models import Role
from salesplan.lib.workdays import days_a_week

#: What is read of each action; the first says whether it is open.
FIELDS = ("status", "person_id", "person__name", "person__email", "role_id", "starts_on", "deadline", "effort")
#: What is read of each role.
HOLDER = ("pk", "title", "holder_id", "holder__name", "holder__email", "holder_name")
NOBODY = "none"


@dataclass
class Load:
    """One who answers for actions: a person, a role nobody holds, or nobody at all.

    `hours` is what she has; None where there is nobody to have any. `who` are the values by which the table is
    filtered to her actions.
    """

    name: str
    who: list[str]
    hours: Hours | None
    roles: list[str] = field(default_factory=list)
    #: By week, in hundredths of an hour.
    weeks: dict[int, int] = field(default_factory=dict)
    actions: int = 0
    #: Of her actions, those whose effort nobody knows; and the effort of those that have no deadline.
    unknown: int = 0
    undated: Decimal = Decimal(0)
    #: The hours she has, by week.
    room: dict[int, Decimal] = field(default_factory=dict)

    def work(self, week: int) -> Decimal:
        return Decimal(self.weeks.get(week, 0)) / HUNDREDTHS

    def is_over(self, week: int) -> bool:
        return week in self.room and self.work(week) > self.room[week]


@dataclass(frozen=True)
class Loads:
    """Of some weeks; `total` counts the actions that were looked at, closed ones too."""

    people: list[Load]
    calendar: WorkCalendar
    weeks: range
    days: dict[int, list[dt.date]]
    total: int
    #: How many of them are spread over weeks.
    spread: int

    def monday(self, week: int) -> dt.date:
        return self.calendar.monday + week * WEEK


def holders_of(plan: Plan) -> QuerySet:
    """Values of HOLDER for every role of the plan."""
    return Role.objects.in_plan(plan).order_by("team__position", "position", "pk").values_list(*HOLDER)


def loads_of(
    plan: Plan, records: Iterable[Sequence[Any]], holders: Iterable[Sequence[Any]], *, today: dt.date, weeks: range
) -> Loads:
    """`records` are values of FIELDS, `holders` of HOLDER; weeks are counted from the current one, which is 0."""
    rows = list(records)
    country = plan.workspace.country
    last = max((row[-2] for row in rows if row[-2]), default=today)
    calendar = WorkCalendar(today, last, country)
    days = {week: working_days_of(calendar.monday + week * WEEK, calendar.start, country) for week in weeks}
    people = _People(capacities_of(plan), holders)
    spread = 0
    for status, *who, starts_on, deadline, effort in rows:
        if status in Action.CLOSED_STATUSES:
            continue
        load = people.of(*who)
        load.actions += 1
        if effort is None:
            load.unknown += 1
        elif deadline is None:
            load.undated += effort
        else:
            spread += 1
            for week, hundredths in calendar.spread(effort, starts_on, deadline, weeks):
                load.weeks[week] = load.weeks.get(week, 0) + hundredths
    for load in people.all():
        if load.hours:
            a_week = days_a_week(calendar.start, country)
            load.room = {week: load.hours.within(days[week], days_a_week=a_week) for week in weeks}
    return Loads(people.all(), calendar, weeks, days, len(rows), spread)


class _People:
    """Everybody who holds a role in the plan, and whoever else answers for an action."""

    def __init__(self, capacities: Capacities, holders: Iterable[Sequence[Any]]):
        self._capacities = capacities
        self._loads: dict[tuple[str, int | str], Load] = {}
        self._of_role: dict[int, Load] = {}
        for pk, title, holder, *names, name in holders:
            load = self._holder(pk, title, holder, names[0] or names[1], name)
            load.roles.append(title)
            self._of_role[pk] = load

    def _holder(self, role: int, title: str, holder: int | None, member: str, name: str) -> Load:
        """Whoever holds the role: two roles of one name are one person."""
        if holder:
            return self._person(holder, member)
        if not name:
            return self._loads.setdefault(("role", role), Load(title, [f"role-{role}"], None))
        key = name_key(name)
        load = self._loads.setdefault(("name", key), Load(name, [], self._capacities.of(key)))
        load.who.append(f"role-{role}")
        return load

    def _person(self, pk: int, name: str) -> Load:
        key = ("person", pk)
        if key not in self._loads:
            self._loads[key] = Load(name, [f"person-{pk}"], self._capacities.of(pk))
        return self._loads[key]

    def of(self, person: int | None, name: str, email: str, role: int | None) -> Load:
        if person:
            return self._person(person, name or email)
        if role:
            return self._of_role[role]
        return self._loads.setdefault((NOBODY, 0), Load(_("Nobody"), [NOBODY], None))

    def all(self) -> list[Load]:
        """A role that nobody holds is of interest only when it has something to do."""
        return [load for load in self._loads.values() if load.hours or load.actions]
