"""Who gives the roles says which programs are told, and sees what was sent to them."""

import pytest
from django.urls import reverse

from plans.models import Delivery, Webhook
from plans.webhooks.tasks import send_due_deliveries
from tests.factories import DeliveryFactory, PlanFactory, WebhookFactory

OUTSIDE = "https://93.184.215.14/salesplan"


def page(workspace):
    return reverse("plans:webhook_list", args=[workspace.pk])


def test_a_webhook_is_added_for_a_plan_and_some_events(as_alice, alice, workspace, plan):
    fields = {"url": OUTSIDE, "plan": plan.pk, "events": ["reading.entered", "plan.changed"]}

    answer = as_alice.post(page(workspace), fields)

    webhook = Webhook.objects.get()
    assert answer.url == webhook.get_absolute_url()
    assert (webhook.workspace, webhook.plan, webhook.made_by) == (workspace, plan, alice)
    assert webhook.events == ["reading.entered", "plan.changed"]
    assert webhook.secret in as_alice.get(answer.url).text
    assert "A reading is entered" in as_alice.get(page(workspace)).text


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"url": "https://127.0.0.1/"}, "The address lies inside a network."),
        ({"url": "http://93.184.215.14/"}, "The address must begin with https://."),
        ({"events": []}, "This field is required."),
        ({"events": ["nothing"]}, "Select a valid choice."),
        ({"plan": 999}, "Select a valid choice."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_added(as_alice, workspace, fields, message):
    answer = as_alice.post(page(workspace), {"url": OUTSIDE, "events": ["plan.changed"]} | fields)

    assert (answer.status_code, message in answer.text) == (422, True)
    assert not Webhook.objects.exists()


def test_it_is_changed_switched_off_and_on_and_deleted(as_alice, workspace, plan):
    webhook = WebhookFactory(workspace=workspace, url=OUTSIDE)
    waiting = DeliveryFactory(webhook=webhook)

    as_alice.post(webhook.get_absolute_url(), {"url": OUTSIDE, "events": ["plan.changed"]})
    as_alice.post(reverse("plans:webhook_switch", args=[webhook.pk]), {"on": "0"})
    webhook.refresh_from_db()
    waiting.refresh_from_db()
    assert (webhook.events, bool(webhook.disabled_at), waiting.next_at) == (["plan.changed"], True, None)
    assert "it is told nothing" in as_alice.get(webhook.get_absolute_url()).text

    as_alice.post(reverse("plans:webhook_switch", args=[webhook.pk]), {"on": "1"})
    webhook.refresh_from_db()
    assert webhook.disabled_at is None

    as_alice.post(reverse("plans:webhook_delete", args=[webhook.pk]))
    assert not Webhook.objects.exists()


def test_a_new_secret_takes_the_place_of_the_old_one(as_alice, workspace):
    webhook = WebhookFactory(workspace=workspace)

    as_alice.post(reverse("plans:webhook_rotate", args=[webhook.pk]))

    text = as_alice.get(webhook.get_absolute_url()).text
    assert (webhook.secret in text, Webhook.objects.get().secret in text) == (False, True)


def test_a_test_arrives_and_its_answer_is_shown(as_alice, webhook, receiver):
    receiver.text = "Welcome <b>"
    as_alice.post(reverse("plans:webhook_test", args=[webhook.pk]))
    send_due_deliveries.call()

    text = as_alice.get(webhook.get_absolute_url()).text
    assert ("webhook.test" in text, "arrived" in text, "Welcome &lt;b&gt;" in text) == (True, True, True)


def test_managers_and_strangers_do_not_see_them(client, mark, carol, workspace):
    webhook = WebhookFactory(workspace=workspace)

    client.force_login(mark)
    assert client.get(page(workspace)).status_code == 403
    assert client.get(webhook.get_absolute_url()).status_code == 404
    client.force_login(carol)
    assert client.get(page(workspace)).status_code == 404
    assert list(Webhook.objects.visible_to(mark)) == list(Delivery.objects.visible_to(mark)) == []


def test_pages_have_the_same_number_of_queries_however_much_was_sent(as_alice, workspace, django_assert_num_queries):
    webhook = WebhookFactory(workspace=workspace, plan=PlanFactory(workspace=workspace))
    DeliveryFactory(webhook=webhook)
    as_alice.get(page(workspace))
    as_alice.get(webhook.get_absolute_url())
    with django_assert_num_queries(6):  # (6): session, user, company, webhooks, plans, frame
        as_alice.get(page(workspace))
    with django_assert_num_queries(6):  # (6): session, user, webhook, what was sent, plans, frame
        as_alice.get(webhook.get_absolute_url())

    for _time in range(2):
        WebhookFactory(workspace=workspace, plan=PlanFactory(workspace=workspace))
        DeliveryFactory(webhook=webhook)
    as_alice.get(page(workspace))  # what the frame keeps is counted anew: there are more plans
    with django_assert_num_queries(6):
        as_alice.get(page(workspace))
    with django_assert_num_queries(6):
        as_alice.get(webhook.get_absolute_url())
