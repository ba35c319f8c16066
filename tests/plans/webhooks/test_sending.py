"""What is in the outbox goes out signed, comes again after growing pauses, and is given up after a day."""

import base64
import datetime as dt
import hashlib
import hmac
import json
import time

import pytest
from django.core import mail
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from plans.models import Delivery, Webhook
from plans.webhooks import post, sending
from plans.webhooks.sending import PAUSES, send_due
from plans.webhooks.services import rotate_secret, send_test
from plans.webhooks.tasks import forget_deliveries, send_due_deliveries
from tests.factories import DeliveryFactory, WebhookFactory


def due(delivery):
    """Its pause is over."""
    Delivery.objects.filter(pk=delivery.pk, next_at__isnull=False).update(next_at=timezone.now())


def signed_with(secret, headers, body):
    """As the other program checks it."""
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    key = base64.b64decode(secret.removeprefix("whsec_"))
    return "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()


def test_it_is_posted_with_a_signature_that_the_other_program_can_check(webhook, receiver):
    delivery = DeliveryFactory(webhook=webhook, data={"kpi": 7})

    send_due_deliveries.call()

    [(path, headers, body)] = receiver.heard
    assert path == "/salesplan?from=tests"
    assert headers["Host"] == receiver.url.split("/")[2]
    said = json.loads(body)
    assert (said["type"], said["data"]) == ("reading.entered", {"kpi": 7})
    assert headers["webhook-id"] == str(delivery.uid)
    assert abs(int(headers["webhook-timestamp"]) - time.time()) < 60
    assert headers["webhook-signature"] == signed_with(webhook.secret, headers, body)
    delivery.refresh_from_db()
    assert (delivery.status, delivery.answer, delivery.attempts, delivery.next_at) == (200, "Thank you", 1, None)
    assert delivery.delivered_at


def test_for_a_day_both_secrets_sign(webhook, receiver):
    former = webhook.secret
    rotate_secret(webhook, now=timezone.now())
    DeliveryFactory(webhook=webhook)

    send_due_deliveries.call()

    [(_path, headers, body)] = receiver.heard
    both = [signed_with(secret, headers, body) for secret in (webhook.secret, former)]
    assert headers["webhook-signature"].split(" ") == both
    assert webhook.secrets(timezone.now() + dt.timedelta(days=2)) == [webhook.secret]


def test_the_signature_is_that_of_the_standard():
    """The example of the specification."""
    from plans.webhooks.sending import signature  # beside its one test

    secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    uid, stamp, body = "msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", b'{"test": 2432232314}'

    assert signature([secret], uid, stamp, body) == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_what_was_sent_is_not_sent_again(webhook, receiver):
    DeliveryFactory(webhook=webhook)

    send_due_deliveries.call()
    send_due_deliveries.call()

    assert len(receiver.heard) == 1


def test_of_two_workers_one_sends(webhook, receiver):
    delivery = DeliveryFactory(webhook=webhook)
    Delivery.objects.filter(pk=delivery.pk).update(next_at=timezone.now() + dt.timedelta(minutes=2), attempts=1)

    send_due(timezone.now())

    assert receiver.heard == []


@pytest.mark.parametrize("status", [500, 404, 301])
def test_what_is_refused_comes_again_after_growing_pauses_and_is_given_up_after_a_day(webhook, receiver, status):
    receiver.status, receiver.headers = status, {"Location": receiver.url}
    delivery, pauses = DeliveryFactory(webhook=webhook), []
    for _attempt in range(len(PAUSES)):
        send_due_deliveries.call()
        delivery.refresh_from_db()
        pauses.append(delivery.next_at - timezone.now())
        due(delivery)
    still_on = Webhook.objects.get().disabled_at is None
    send_due_deliveries.call()

    assert [round(pause / dt.timedelta(minutes=1)) for pause in pauses] == [1, 5, 30, 120, 300, 480, 600]
    assert dt.timedelta(days=1) < sum(PAUSES, dt.timedelta()) < dt.timedelta(days=2)
    assert len(receiver.heard) == 8
    assert len({headers["webhook-id"] for _path, headers, _body in receiver.heard}) == 1
    webhook.refresh_from_db()
    assert still_on
    assert webhook.disabled_at
    [letter] = mail.outbox
    assert (letter.to, receiver.url in letter.body) == (["alice@example.com"], True)


def test_who_says_that_it_is_gone_is_told_nothing_more(webhook, receiver):
    receiver.status = 410
    waiting = DeliveryFactory(webhook=webhook, next_at=timezone.now() + dt.timedelta(hours=1))
    DeliveryFactory(webhook=webhook)

    send_due_deliveries.call()

    waiting.refresh_from_db()
    webhook.refresh_from_db()
    assert webhook.disabled_at
    assert waiting.next_at is None


def test_one_that_does_not_answer_is_asked_once_and_keeps_nobody_else_waiting(webhook, receiver, workspace):
    silent = WebhookFactory(workspace=workspace, url="http://127.0.0.1:9/")
    first, second = DeliveryFactory(webhook=silent), DeliveryFactory(webhook=silent)
    DeliveryFactory(webhook=webhook)

    send_due_deliveries.call()

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.attempts, second.attempts, len(receiver.heard)) == (1, 0, 1)


def test_when_there_is_much_the_worker_comes_back_for_the_rest(webhook, receiver, monkeypatch):
    monkeypatch.setattr(sending, "AT_ONCE", 2)
    for _time in range(3):
        DeliveryFactory(webhook=webhook)

    send_due_deliveries.call()

    assert (len(receiver.heard), DBTaskResult.objects.count()) == (2, 1)


def test_a_long_answer_is_not_read_to_its_end(webhook, receiver):
    receiver.text = "x" * 100_000
    delivery = DeliveryFactory(webhook=webhook)

    send_due_deliveries.call()

    delivery.refresh_from_db()
    assert (delivery.status, len(delivery.answer)) == (200, 500)


def test_a_server_that_answers_letter_by_letter_holds_nobody_up(webhook, receiver, monkeypatch):
    monkeypatch.setattr(post, "WHOLE_SECONDS", 0.3)
    receiver.pause = 0.1
    receiver.text = "x" * 100
    delivery = DeliveryFactory(webhook=webhook)
    began = time.monotonic()

    send_due_deliveries.call()

    delivery.refresh_from_db()
    assert time.monotonic() - began < 5
    assert (delivery.delivered_at is None) == (delivery.status == 0)


def test_where_nobody_answers_the_reason_is_kept(webhook, receiver):
    receiver.server_close()
    Webhook.objects.update(url="http://127.0.0.1:9/")
    delivery = DeliveryFactory(webhook=webhook)

    send_due_deliveries.call()

    delivery.refresh_from_db()
    assert (delivery.status, "refused" in delivery.answer) == (0, True)


def test_a_place_that_has_moved_inside_meanwhile_is_sent_nothing(webhook, receiver, settings):
    settings.WEBHOOKS_INSIDE = False
    delivery = DeliveryFactory(webhook=webhook)

    send_due_deliveries.call()

    delivery.refresh_from_db()
    assert receiver.heard == []
    assert delivery.answer == "The address must begin with https://."


def test_a_server_without_a_valid_certificate_is_told_nothing(webhook, receiver):
    Webhook.objects.update(url=receiver.url.replace("http://", "https://"))
    delivery = DeliveryFactory(webhook=webhook)

    send_due_deliveries.call()

    delivery.refresh_from_db()
    assert (receiver.heard, delivery.status) == ([], 0)


def test_a_test_is_sent_like_anything_else(webhook, receiver):
    send_test(webhook)

    send_due_deliveries.call()

    assert json.loads(receiver.heard[0][2])["type"] == "webhook.test"


def test_what_was_sent_is_forgotten_after_a_week(webhook):
    old = timezone.now() - dt.timedelta(days=8)
    DeliveryFactory(webhook=webhook, made_at=old, next_at=None)
    waiting, fresh = DeliveryFactory(webhook=webhook, made_at=old), DeliveryFactory(webhook=webhook, next_at=None)

    forget_deliveries.call()

    assert set(Delivery.objects.all()) == {waiting, fresh}
