"""What happens to actions that people want to hear of: said by whatever saves them, in the same transaction."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.dispatch import Signal, receiver
from simple_history.signals import post_create_historical_record

from plans.actions.models import Action

#: Sent with `changed`, a list of Changed, and `by`, the person who did it.
actions_changed = Signal()


@dataclass(frozen=True)
class Changed:
    """`fields` are those of Action.TOLD that changed: before and after."""

    action: Action
    fields: Mapping[str, tuple[Any, Any]]


def changes_of(actions: Iterable[Action]) -> list[Changed]:
    """For rows that were read, changed and saved together; of one that is saved by itself nothing need be said."""
    return _worth_saying(Changed(action, action.take_changes()) for action in actions)


def additions_of(actions: Iterable[Action]) -> list[Changed]:
    """Of a new action one wants to hear that one answers for it. Copies are not said: nobody was given anything."""
    answers = ("role_id", "person_id")
    return _worth_saying(
        Changed(action, {name: (None, value) for name in answers if (value := getattr(action, name))})
        for action in actions
    )


def say(changed: list[Changed], *, by: Any) -> None:
    """All that one deed has changed, at once: who hears of much is told how much."""
    if changed:
        actions_changed.send(Action, changed=changed, by=by)


@receiver(post_create_historical_record, sender=Action.history.model)
def say_saved(instance: Action, history_instance: Any, history_user: Any, **kwargs: Any) -> None:
    # What is written into the history afterwards (the past of an example) is no news.
    if history_instance.history_type == "~" and not hasattr(instance, "_history_date"):
        say(changes_of([instance]), by=history_user)


def _worth_saying(changed: Iterable[Changed]) -> list[Changed]:
    return [one for one in changed if one.fields]
