"""What happens is put into the outbox in the transaction in which it happens: it is sent when that has succeeded."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import QuerySet
from django.dispatch import receiver
from simple_history.signals import post_create_historical_record

from plans.actions.changes import Changed, actions_changed
from plans.actions.models import Action
from plans.plan.models import Plan
from plans.webhooks.models import Delivery, Event, Webhook
from plans.webhooks.tasks import wake
from salesplan.lib.prepared import prepared

#: What the changes of an action are called outside.
NAMES = {"status": "status", "deadline": "deadline", "role_id": "role", "person_id": "person"}


def put(plan_id: int, event: str, rows: Sequence[Mapping[str, Any]]) -> None:
    """Tell whoever listens to the plan; one query when nobody does."""
    listening = [webhook for webhook in _listening(plan_id) if event in webhook.events]
    if listening and rows:
        Delivery.objects.bulk_create(
            [Delivery(webhook=webhook, event=event, data=dict(row)) for webhook in listening for row in rows], 200
        )
        wake()


@prepared
def _listening(plan_id: int) -> QuerySet[Webhook]:
    return Webhook.objects.listening_to(plan_id)


@receiver(actions_changed)
def tell_of_actions(changed: list[Changed], **kwargs: Any) -> None:
    by_plan: dict[int, list[dict[str, Any]]] = {}
    for one in changed:
        by_plan.setdefault(one.action.plan_id, []).append(_action(one))
    for plan_id, rows in by_plan.items():
        put(plan_id, Event.ACTION_CHANGED, rows)


def _action(one: Changed) -> dict[str, Any]:
    action: Action = one.action
    changes = {NAMES[name]: {"before": before, "after": after} for name, (before, after) in one.fields.items()}
    plain = {name: getattr(action, name) for name in ("id", "title", "status", "deadline", "version")}
    return plain | {"plan": action.plan_id, "objective": action.objective_id, "changes": changes}


@receiver(post_create_historical_record, sender=Plan.history.model)
def tell_of_plan(instance: Plan, history_instance: Any, **kwargs: Any) -> None:
    if history_instance.history_type == "~":
        names = ("id", "name", "status", "starts_on", "ends_on", "version")
        put(instance.pk, Event.PLAN_CHANGED, [{name: getattr(instance, name) for name in names}])
