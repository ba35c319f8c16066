"""Many actions written at once, as if each had been saved by hand.

First `write_changed` and `write_added`, however often; then `follow_up`, once, for what hangs from all of it.
"""

from collections.abc import Collection, Sequence
from typing import Any

from django.utils import timezone
from simple_history.utils import bulk_create_with_history

from plans.actions.changes import say_added, say_changed
from plans.actions.health_keeping import judge_actions
from plans.actions.models import Action
from plans.plan.models import Plan

BATCH = 400
#: Everything that is set in many at once, and what each save moves.
WRITTEN = (
    *("objective", "position", "title", "description", "kind", "role", "person", "starts_on", "deadline"),
    *("status", "done_on", "priority", "effort", "expected_return", "version", "changed_at", "changed_by"),
)


def write_changed(actions: Sequence[Action], *, by: Any, cause: str) -> None:
    """Rows that are there already are inserted, and so updated: of a thousand, bulk_update takes twenty seconds."""
    for action in actions:
        action.version += 1
        action.changed_by = by
    Action.objects.bulk_create(actions, BATCH, update_conflicts=True, unique_fields=["id"], update_fields=WRITTEN)
    Action.history.bulk_history_create(actions, BATCH, update=True, default_user=by, default_change_reason=cause)
    say_changed(actions, by=by)


def write_added(actions: Sequence[Action], *, by: Any, cause: str) -> list[list[int]]:
    """Answers each one's id and version."""
    for action in actions:
        action.version, action.changed_by = 1, by
    made = bulk_create_with_history(actions, Action, batch_size=BATCH, default_user=by, default_change_reason=cause)
    say_added(made, by=by)
    return [[action.pk, action.version] for action in made]


def follow_up(plan: Plan, only: Collection[int] | None = None) -> None:
    """Health is judged of all actions of the plan, or of `only` those around them; and the plan's clock ticks."""
    judge_actions(plan, timezone.localdate(), only)
    plan.touch()
