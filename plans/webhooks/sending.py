"""What is in the outbox goes out: signed, again after growing pauses, and given up after a day."""

import base64
import datetime as dt
import hashlib
import hmac
import json
from collections.abc import Sequence

from django.conf import settings
from django.core.mail import send_mail
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import F
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from plans.webhooks.addresses import Refused, look_up
from plans.webhooks.models import Delivery, Webhook
from plans.webhooks.post import Answer, post

#: After each attempt that failed. Eight attempts in a day; then the webhook is switched off.
PAUSES = [dt.timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 300, 480, 600)]
#: So long nobody else sends what this worker is sending; when it dies meanwhile, another does afterwards.
LEASE = dt.timedelta(minutes=2)
#: So many are sent to each webhook before the worker looks after its other tasks.
AT_ONCE = 50
GONE = 410


def send_due(now: dt.datetime) -> bool:
    """To each webhook what is due, the oldest first; answers whether more may wait.

    One that does not answer is asked once, and nobody waits for it more than once.
    """
    waiting = Delivery.objects.filter(next_at__lte=now).values("webhook")
    due = Webhook.objects.filter(disabled_at=None, pk__in=waiting).select_related("made_by", "workspace")
    unfinished = [_send_to(webhook, now) for webhook in due]
    return any(unfinished)


def _send_to(webhook: Webhook, now: dt.datetime) -> bool:
    due = list(webhook.deliveries.filter(next_at__lte=now).order_by("next_at", "pk")[:AT_ONCE])
    for delivery in due:
        delivery.webhook = webhook
        if _claim(delivery) and not _delivered(delivery):
            return False
    return len(due) == AT_ONCE


def _claim(delivery: Delivery) -> bool:
    """Of two workers one sends it."""
    mine = Delivery.objects.filter(pk=delivery.pk, next_at=delivery.next_at)
    delivery.attempts += 1
    return bool(mine.update(next_at=timezone.now() + LEASE, attempts=F("attempts") + 1))


def _delivered(delivery: Delivery) -> bool:
    answer = send(delivery, timezone.now())
    note(delivery, answer, timezone.now())
    return answer.is_good


def send(delivery: Delivery, now: dt.datetime) -> Answer:
    try:
        target = look_up(delivery.webhook.url)
    except Refused as refused:
        return Answer(0, str(refused))
    said = {"type": delivery.event, "timestamp": delivery.made_at, "data": delivery.data}
    body = json.dumps(said, cls=DjangoJSONEncoder).encode()
    stamp = str(int(now.timestamp()))
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "Salesplan-Webhooks/1",
        "webhook-id": str(delivery.uid),
        "webhook-timestamp": stamp,
        "webhook-signature": signature(delivery.webhook.secrets(now), str(delivery.uid), stamp, body),
    }
    return post(target, body, headers)


def signature(secrets: Sequence[str], uid: str, stamp: str, body: bytes) -> str:
    """As Standard Webhooks has it: one for each secret that is valid."""
    signed = f"{uid}.{stamp}.".encode() + body
    keys = [base64.b64decode(secret.removeprefix("whsec_")) for secret in secrets]
    digests = [hmac.digest(key, signed, hashlib.sha256) for key in keys]
    return " ".join(f"v1,{base64.b64encode(digest).decode()}" for digest in digests)


def note(delivery: Delivery, answer: Answer, now: dt.datetime) -> None:
    """What was answered, and when it is sent again."""
    delivery.status, delivery.answer = answer.status, answer.text
    delivery.delivered_at = now if answer.is_good else None
    last = answer.is_good or delivery.attempts > len(PAUSES)
    delivery.next_at = None if last else now + PAUSES[delivery.attempts - 1]
    delivery.save(update_fields=["status", "answer", "delivered_at", "next_at"])
    if answer.status == GONE or (last and not answer.is_good):
        switch_off(delivery.webhook, now)


def switch_off(webhook: Webhook, now: dt.datetime) -> None:
    """What still waits is given up, and who made it is told by mail, once."""
    if not Webhook.objects.filter(pk=webhook.pk, disabled_at=None).update(disabled_at=now):
        return
    webhook.deliveries.filter(next_at__isnull=False).update(next_at=None)
    if webhook.made_by and webhook.made_by.is_active:
        with translation.override(webhook.made_by.language or settings.LANGUAGE_CODE):
            context = {"webhook": webhook, "url": settings.SITE_URL + webhook.get_absolute_url()}
            text = render_to_string("plans/webhooks/disabled_mail.txt", context)
            send_mail(_("A webhook of Salesplan was switched off"), text, None, [webhook.made_by.email])
