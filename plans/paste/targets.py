"""The actions that a block of cells is laid over."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from plans.actions.bulk import Refused, why_missing
from plans.actions.models import Action
from plans.objectives.models import Objective
from plans.plan.models import Plan

GONE = "gone"


@dataclass
class Targets:
    #: In the order of the lines; of one that is deleted only its title is left.
    actions: list[Action | str]
    #: Where lines below the last action become new ones.
    objective: Objective | None

    @staticmethod
    def state_of(action: Action | str) -> str:
        """What tells whether it is still as it was shown: its version, or that it is gone."""
        return str(action.version) if isinstance(action, Action) else GONE


def targets_of(
    plan: Plan, ids: Sequence[int], user: Any, *, objective: Objective | None = None, lock: bool = False
) -> Targets:
    """Refused when one of them is not here to be changed; one that is deleted keeps its place."""
    rows = Action.objects.editable_by(user).in_plan(plan).filter(pk__in=ids)
    if lock:
        rows = rows.select_for_update(of=("self",))
    found = rows.select_related("objective", "role__holder", "person").in_bulk()
    missing = set(ids) - found.keys()
    deleted = _deleted(plan, missing) if missing else {}
    if reasons := list(why_missing(plan, missing - deleted.keys(), user)):
        raise Refused(*reasons)
    actions = [found.get(pk) or deleted[pk] for pk in ids]
    last = next((action for action in reversed(actions) if isinstance(action, Action)), None)
    return Targets(actions, last.objective if last else objective)


def _deleted(plan: Plan, ids: set[int]) -> dict[int, str]:
    gone = Action.history.filter(plan_id=plan.pk, id__in=ids, history_type="-")
    return dict(gone.order_by("history_id").values_list("id", "title"))


def ids_below(ordered: QuerySet[Action], pk: int, *, count: int, without: Sequence[int]) -> list[int]:
    """The next so many actions under one, in the order of the view."""
    order = list(ordered.values_list("pk", flat=True))
    if pk not in order:
        return []
    below = [each for each in order[order.index(pk) + 1 :] if each not in set(without)]
    return below[:count]
