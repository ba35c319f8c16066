"""What is done to webhooks."""

import datetime as dt
import uuid

from django.db import transaction

from plans.webhooks.models import TEST, Delivery, Webhook
from plans.webhooks.tasks import wake


@transaction.atomic
def send_test(webhook: Webhook) -> Delivery:
    """Sent like anything else, so that what arrives is what will arrive."""
    delivery = Delivery.objects.create(webhook=webhook, event=TEST, data={"webhook": webhook.pk})
    wake()
    return delivery


def rotate_secret(webhook: Webhook, *, now: dt.datetime) -> None:
    webhook.old_key, webhook.key, webhook.rotated_at = webhook.key, uuid.uuid4(), now
    webhook.save(update_fields=["old_key", "key", "rotated_at"])


def switch(webhook: Webhook, *, on: bool, now: dt.datetime) -> None:
    """What was put into the outbox while it was on and has not gone out is given up when it is switched off."""
    webhook.disabled_at = None if on else webhook.disabled_at or now
    webhook.save(update_fields=["disabled_at"])
    if not on:
        webhook.deliveries.filter(next_at__isnull=False).update(next_at=None)
