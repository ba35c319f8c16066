"""Taking back what was changed in bulk: exactly that, and only where nobody has gone on since."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from plans.actions.bulk import FIELDS, bin_actions, save_actions, state_of
from plans.actions.models import Action, BulkChange
from plans.history.causes import TAKEN_BACK
from plans.items.bin import restore_item
from plans.items.models import BinnedItem
from plans.objectives.models import Objective
from plans.team.models import Role

#: Fields that go back with the one they belong to, changed since or not.
FOLLOWING = {"done_on", "position"}


@dataclass
class Undone:
    """`left` are the actions somebody has changed since, or that are gone."""

    #: Those whose values went back; of what was copied or deleted only the number is known.
    actions: list[Action] = field(default_factory=list)
    restored: int = 0
    left: list[str] = field(default_factory=list)


@transaction.atomic
def undo_bulk_change(change: BulkChange, *, by: Any) -> Undone:
    """What nobody has touched since goes back to what it was. Undoing twice is harmless."""
    if change.undone_at:
        return Undone()
    change.undone_at = timezone.now()
    change.save(update_fields=["undone_at"])
    undone = Undone()
    for kind, take_back in UNDO.items():
        if kind in change.payload:
            take_back(change, by, undone)
    return undone


def _restore_values(change: BulkChange, by: Any, undone: Undone) -> None:
    values: dict[int, dict[str, list]] = {int(pk): _typed(fields) for pk, fields in change.payload["values"].items()}
    actions = list(Action.objects.in_plan(change.plan_id).filter(pk__in=values).select_for_update(of=("self",)))
    known = _still_there(values.values())
    restored = []
    for action in actions:
        before = state_of(action)
        results = [_restore(action, names, values[action.pk], known) for names in FIELDS]
        if not all(results) or not _dates_hold(action):
            undone.left.append(action.title)
        if not _dates_hold(action):
            _set_state(action, before)
        if state_of(action) != before:
            restored.append(action)
    gone = set(values) - {action.pk for action in actions}
    undone.left += Action.history.filter(id__in=gone, history_type="-").values_list("title", flat=True)
    save_actions(change.plan, restored, by=by, cause=TAKEN_BACK)
    undone.actions, undone.restored = restored, len(restored)


def _typed(fields: Mapping[str, list]) -> dict[str, list]:
    """Dates come back from JSON as text."""
    known = {field.attname: field for field in Action._meta.concrete_fields}
    return {name: [known[name].to_python(value) for value in pair] for name, pair in fields.items()}


def _still_there(values: Iterable[Mapping[str, list]]) -> dict[str, set]:
    """Of the rows that the old values point at, those that exist."""
    wanted: dict[str, set] = {"role_id": set(), "person_id": set(), "objective_id": set()}
    for fields in values:
        for name in wanted:
            wanted[name].add(fields.get(name, [None])[0])
    models = {"role_id": Role, "person_id": User, "objective_id": Objective}
    return {
        name: {None, *models[name]._default_manager.filter(pk__in=pks - {None}).values_list("pk", flat=True)}
        for name, pks in wanted.items()
    }


def _restore(action: Action, names: Sequence[str], values: Mapping[str, list], known: Mapping[str, set]) -> bool:
    """Put one group of fields back; False when somebody has changed it since, or what it pointed at is gone."""
    pairs = {name: values[name] for name in names if name in values}
    for name, (old, new) in pairs.items():
        if name not in FOLLOWING and getattr(action, name) != new:
            return False
        if name in known and old not in known[name]:
            return False
    for name, (old, _new) in pairs.items():
        setattr(action, name, old)
    return True


def _dates_hold(action: Action) -> bool:
    return not (action.starts_on and action.deadline) or action.deadline >= action.starts_on


def _set_state(action: Action, state: Mapping[str, Any]) -> None:
    for name, value in state.items():
        setattr(action, name, value)


def _take_copies_back(change: BulkChange, by: Any, undone: Undone) -> None:
    """To the bin; what somebody has gone on with stays."""
    versions = dict(change.payload["added"])
    copies = list(Action.objects.in_plan(change.plan_id).filter(pk__in=versions))
    untouched = [copy for copy in copies if copy.version == versions[copy.pk]]
    undone.left += [copy.title for copy in copies if copy not in untouched]
    if untouched:
        bin_actions(untouched, by=by)
    undone.restored += len(untouched)


def _bring_back(change: BulkChange, by: Any, undone: Undone) -> None:
    """Nothing to do when they were brought back from the page of deleted items."""
    if binned := BinnedItem.objects.in_plan(change.plan_id).filter(pk=change.payload["binned"]).first():
        restore_item(binned)
        undone.restored += change.payload["count"]


UNDO: dict[str, Callable[[BulkChange, Any, Undone], None]] = {
    "values": _restore_values,
    "added": _take_copies_back,
    "binned": _bring_back,
}
