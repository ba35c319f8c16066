"""Actions that are late, and those whose owner says otherwise than what is computed."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection
from decimal import Decimal
from typing import Any

from django.db.models import Q

from kpis.reviews.points import Point, Section
from kpis.reviews.worth import worth_of
from plans.actions.dependencies import LINKS
from plans.actions.health import OFF_TRACK, disagreeing, disagrees
from plans.actions.models import Action
from plans.goalposts.moves import as_text
from plans.plan.models import Plan

#: Of those that wait for a late action so many are named.
NAMED = 5


def action_points(plan: Plan, today: dt.date) -> list[Point]:
    """Each once: one that is late says there what its owner says. Two queries."""
    rows: Any = Action.objects.in_plan(plan)
    wanted = rows.still_open().filter(Q(deadline__lt=today) | disagreeing()).with_money()
    actions = list(wanted.select_related("role__holder", "person"))
    late = [action for action in actions if action.deadline and action.deadline < today]
    waiting = _waiting_for([action.pk for action in late])
    points = [_late(action, waiting.get(action.pk, []), today) for action in late]
    others = [action for action in actions if action not in late]
    return points + [_disagreeing(action) for action in others if disagrees(action.status, action.health)]


def _late(action: Action, waiting: list[dict[str, str]], today: dt.date) -> Point:
    assert action.deadline is not None  # noqa: S101 (else it is not late)
    facts = {
        "deadline": str(action.deadline),
        "status": action.status,
        "who": action.responsible,
        "waiting": waiting[:NAMED],
        "more": max(len(waiting) - NAMED, 0),
    }
    return _point(Section.LATE, action, facts, off=(today - action.deadline).days)


def _disagreeing(action: Action) -> Point:
    reasons = [reason for reason in action.health_reasons if reason]
    facts = {"status": action.status, "health": action.health, "reasons": reasons, "who": action.responsible}
    return _point(Section.DISAGREE, action, facts, off=int(action.health == OFF_TRACK))


def _point(section: str, action: Any, facts: dict[str, Any], *, off: int) -> Point:
    """What it brings comes later, or not at all."""
    worth = worth_of(action.expected_return, action.budget)
    why = {"by": worth.of, "worth": as_text(worth.amount)} if worth else {}
    money = worth.amount.quantize(Decimal("0.01")) if worth else None
    return Point(section, f"action-{action.pk}", action.title, facts | {"why": why}, money, off)


def _waiting_for(late: Collection[int]) -> dict[int, list[dict[str, str]]]:
    """By late action the open ones that wait for it, and who answers for those."""
    found: dict[int, list[dict[str, str]]] = defaultdict(list)
    links = LINKS._default_manager.filter(to_action__in=late).exclude(from_action__status__in=Action.CLOSED_STATUSES)
    for link in links.select_related("from_action__role__holder", "from_action__person").order_by("pk"):
        found[link.to_action_id].append({"name": link.from_action.title, "who": link.from_action.responsible})
    return found
