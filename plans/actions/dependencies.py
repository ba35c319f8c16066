"""What waits for what: actions of one plan, never in a circle; and what moves along when one is moved."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from plans.actions.models import Action
from plans.plan.models import Plan
from salesplan.lib.memory import memory
from salesplan.lib.workdays import move_by_working_days, working_days_between

KEPT_SECONDS = 24 * 3600

#: (what waits, what it waits for), by ids.
type Links = Mapping[int, Iterable[int]]

LINKS = Action.waits_for.through


def links_of(plan: Plan) -> dict[int, list[int]]:
    links: dict[int, list[int]] = defaultdict(list)
    rows = LINKS._default_manager.filter(from_action__plan=plan).order_by("pk")
    for waiting, awaited in rows.values_list("from_action", "to_action"):
        links[waiting].append(awaited)
    return links


def awaited_by_each(actions: Iterable[int]) -> dict[int, dict[int, str]]:
    """By action what it waits for, done or not: ids and titles."""
    awaited: dict[int, dict[int, str]] = defaultdict(dict)
    rows = LINKS._default_manager.filter(from_action__in=list(actions)).order_by("pk")
    for waiting, pk, title in rows.values_list("from_action", "to_action", "to_action__title"):
        awaited[waiting][pk] = title
    return awaited


def circle_through(start: int, links: Links) -> list[int]:
    """The way from `start` along what it waits for back to it, both ends included; empty when there is none."""
    came_from: dict[int, int] = {}
    to_visit = [start]
    while to_visit:
        here = to_visit.pop()
        for there in links.get(here, ()):
            if there == start:
                return _way(start, here, came_from)
            if there not in came_from:
                came_from[there] = here
                to_visit.append(there)
    return []


def _way(start: int, last: int, came_from: Mapping[int, int]) -> list[int]:
    way, here = [start], last
    while here != start:
        way.append(here)
        here = came_from[here]
    return [start, *reversed(way)]


def waiting(actions: QuerySet) -> QuerySet:
    """Open actions that wait for one that is not done."""
    awaited = LINKS._default_manager.filter(from_action=OuterRef("pk"))
    open_ones = awaited.exclude(to_action__status__in=Action.CLOSED_STATUSES)
    return actions.still_open().filter(Exists(open_ones))  # type: ignore[attr-defined]


def around(actions: list[int]) -> Q:
    """These actions, and those that wait for them."""
    return Q(pk__in=actions) | Q(pk__in=LINKS._default_manager.filter(to_action__pk__in=actions).values("from_action"))


def open_waits(plan: Plan) -> dict[int, int]:
    """For how many that are not done each action of the plan waits: kept until the plan's clock ticks."""
    key = f"action-waits-{plan.pk}"
    stamp, waits = memory.get(key, (None, {}))
    if stamp != plan.changed_at:
        rows = LINKS._default_manager.filter(from_action__plan=plan)
        rows = rows.exclude(to_action__status__in=Action.CLOSED_STATUSES)
        rows = rows.exclude(from_action__status__in=Action.CLOSED_STATUSES)
        waits = dict(rows.order_by().values_list("from_action").annotate(Count("to_action")))
        memory.set(key, (plan.changed_at, waits), KEPT_SECONDS)
    return waits


# What moves along


@dataclass(frozen=True)
class Follower:
    """An action that waits for one that was moved, and the day it would be due when it keeps its distance."""

    action: Action
    day: dt.date


def followers_of(plan: Plan, moved: Mapping[int, int]) -> list[Follower]:
    """Of actions that were moved by so many working days, those that wait for them, however far along.

    What is over or has no deadline does not move, but hands on; of several moves the latest counts.
    """
    days = _days_handed_on(plan, moved)
    rows = Action.objects.in_plan(plan).still_open().filter(pk__in=days, deadline__isnull=False)
    found = []
    for action in rows.order_by("deadline", "pk"):
        try:
            day = move_by_working_days(action.deadline, days[action.pk], plan.workspace.country)
        except OverflowError:
            continue  # beyond the calendar: there is no day to propose
        found.append(Follower(action, day))
    return found


def _days_handed_on(plan: Plan, moved: Mapping[int, int]) -> dict[int, int]:
    awaited_by: dict[int, list[int]] = defaultdict(list)
    for waiting_one, awaited in links_of(plan).items():
        for pk in awaited:
            awaited_by[pk].append(waiting_one)
    days: dict[int, int] = {}
    # The latest first: who has been reached by a later move need not be reached by an earlier one.
    for pk, number in sorted(moved.items(), key=lambda move: -move[1]):
        to_visit = awaited_by[pk] if number else []
        while to_visit:
            here, to_visit = to_visit[0], to_visit[1:]
            if here not in days and here not in moved:
                days[here] = number
                to_visit = to_visit + awaited_by[here]
    return days


def moved_by(plan: Plan, before: dt.date | None, after: dt.date | None) -> int:
    """By how many working days a deadline has moved; 0 when it has not, when there was none or is none any more."""
    if before is None or after is None or before == after:
        return 0
    return working_days_between(before, after, plan.workspace.country)


def is_awaited(actions: Iterable[int]) -> bool:
    return LINKS._default_manager.filter(to_action__in=list(actions)).exists()


def follow(action: Action, day: dt.date, country: str) -> None:
    """Set the new deadline; what has not begun begins later by as much. Saving is the caller's."""
    if action.starts_on and action.deadline and action.status == Action.Status.NOT_STARTED:
        number = working_days_between(action.deadline, day, country)
        action.starts_on = move_by_working_days(action.starts_on, number, country)
    action.deadline = day
