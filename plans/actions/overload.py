"""Who has more work than hours soon: one line for each, in what needs attention."""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from plans.actions.loads import Load, Loads, loads_of
from plans.actions.standing import ActionFacts, ObjectiveFacts, standing
from plans.actions.weeks import week_days, week_text
from plans.plan.attention import Attention, register_attention
from plans.plan.models import Plan
from salesplan.lib.numbers import format_number

#: This week and the next four.
WEEKS = range(5)
NOW, SOON = 70, 52


def overload_attention(plan: Plan, today: dt.date) -> list[Attention]:
    return overloads_in(standing(plan), plan, today)


def overloads_in(objectives: Iterable[ObjectiveFacts], plan: Plan, today: dt.date) -> list[Attention]:
    """For pages that know how the actions stand already."""
    return overloads_of(_actions_in(objectives), plan, today)


def overloads_of(actions: Iterable[ActionFacts], plan: Plan, today: dt.date) -> list[Attention]:
    """Among actions of one plan."""
    loads = _loads(actions, plan, today)
    return [_problem(load, loads, plan) for load in overloaded(loads)] if loads else []


def loads_in(objectives: Iterable[ObjectiveFacts], plan: Plan, today: dt.date) -> Loads | None:
    """Of these weeks; None when no open action has both an effort and a deadline."""
    return _loads(_actions_in(objectives), plan, today)


def _actions_in(objectives: Iterable[ObjectiveFacts]) -> Iterator[ActionFacts]:
    return (action for objective in objectives for action in objective.actions)


def _loads(found: Iterable[ActionFacts], plan: Plan, today: dt.date) -> Loads | None:
    actions = [action for action in found if action.is_open and action.effort and action.deadline]
    if not actions:
        return None
    holders = {action.answers["role_id"]: _holder(action.answers) for action in actions if action.answers["role_id"]}
    return loads_of(plan, map(_record, actions), holders.values(), today=today, weeks=WEEKS)


def overloaded(loads: Loads) -> list[Load]:
    return [load for load in loads.people if any(map(load.is_over, WEEKS))]


def _record(action: ActionFacts) -> tuple[Any, ...]:
    who = (action.answers[name] for name in ("person_id", "person__name", "person__email", "role_id"))
    return (action.status, *who, action.starts_on, action.deadline, action.effort)


def _holder(answers: dict[str, Any]) -> list[Any]:
    names = ("role_id", "role__title", "role__holder_id", "role__holder__name", "role__holder__email")
    return [*(answers[name] for name in names), answers["role__holder_name"]]


def _problem(load: Load, loads: Loads, plan: Plan) -> Attention:
    """The first such week, and how many follow."""
    first, *others = (week for week in WEEKS if load.is_over(week))
    monday = loads.monday(first)
    detail = _("%(work)s h of work in %(room)s hours, %(days)s") % {
        "work": format_number(load.work(first), 0),
        "room": format_number(load.room[first], 0),
        "days": week_days(monday),
    }
    if others:
        more = ngettext("and %(count)d more week", "and %(count)d more weeks", len(others))
        detail = f"{detail}, {more % {'count': len(others)}}"
    url = causes_url(plan.pk, load.who, week_text(monday))
    return Attention("overload", load.name, detail, url, _("Relieve"), SOON if first else NOW)


def causes_url(plan_id: int, who: Iterable[str], week: str) -> str:
    """The actions that fill somebody's week; `who` is as `Load.who`."""
    query = QueryDict(mutable=True)
    query.update({"view": "table", "week": week})
    query.setlist("who", list(who))
    return f"{reverse('plans:actions', args=[plan_id])}?{query.urlencode()}"


register_attention(overload_attention)
