"""Many actions written at once, as if each had been saved by hand."""

from collections.abc import Collection, Sequence
from typing import Any

from simple_history.utils import bulk_create_with_history

from plans.actions.changes import Changed, additions_of, changes_of, say
from plans.actions.health_keeping import judge_actions
from plans.actions.models import Action
from plans.plan.models import Plan

BATCH = 400
#: Everything that is set in many at once, and what each save moves.
WRITTEN = (
    *("objective", "position", "title", "description", "kind", "role", "person", "starts_on", "deadline"),
    *("status", "done_on", "priority", "effort", "expected_return", "version", "changed_at", "changed_by"),
)


class Writing:
    """What one deed of one person does to the actions of a plan, in one transaction.

    First `change` and `add`, however often; then `follow_up`, once, for what hangs from all of it.
    """

    def __init__(self, plan: Plan, *, by: Any, cause: str):
        self.plan, self.by, self.cause = plan, by, cause
        self.news: list[Changed] = []

    def change(self, actions: Sequence[Action]) -> None:
        """Rows that are there already are inserted, and so updated: of a thousand, bulk_update takes twenty seconds."""
        for action in actions:
            action.version += 1
            action.changed_by = self.by
        Action.objects.bulk_create(actions, BATCH, update_conflicts=True, unique_fields=["id"], update_fields=WRITTEN)
        Action.history.bulk_history_create(
            actions, BATCH, update=True, default_user=self.by, default_change_reason=self.cause
        )
        self.news += changes_of(actions)

    def add(self, actions: Sequence[Action]) -> list[list[int]]:
        """Answers each one's id and version."""
        for action in actions:
            action.version, action.changed_by = 1, self.by
        made = bulk_create_with_history(
            actions, Action, batch_size=BATCH, default_user=self.by, default_change_reason=self.cause
        )
        self.news += additions_of(made)
        return [[action.pk, action.version] for action in made]

    def follow_up(self, only: Collection[int] | None = None) -> None:
        """Watchers are told of all of it together; health is judged of all actions of the plan, or of `only` those
        around them; and the plan's clock ticks.
        """
        say(self.news, by=self.by)
        judge_actions(self.plan, self.plan.workspace.today, only)
        self.plan.touch()
