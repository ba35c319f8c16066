"""A change whose answer was lost is sent again, and written once."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from plans.models import Action, Receipt
from plans.receipts.tasks import RECEIPT_DAYS, forget_receipts
from tests.factories import ActionFactory, ObjectiveFactory, ReceiptFactory

KEY = "0d8a9f6e-8f0f-4f0e-9a59-6d40a1a7a9f1"


@pytest.fixture
def action(plan):
    return ActionFactory(objective=ObjectiveFactory(plan=plan))


def cell(action, name="status"):
    return reverse("plans:action_cell", args=[action.pk]) + f"?cell={name}"


def keyed(htmx, key=KEY):
    return htmx() | {"Idempotency-Key": str(key)}


@pytest.mark.parametrize(
    ("address", "data"),
    [
        ("plans:action_cell", {"title": "Exhibit in Lyon"}),
        ("plans:action_card", {"value": "blocked"}),
        ("plans:action_bar", {"deadline": "2026-09-30"}),
    ],
)
def test_a_change_sent_twice_is_written_once(as_mark, action, htmx, address, data):
    url = reverse(address, args=[action.pk]) + "?cell=title"
    first = as_mark.post(url, data | {"version": action.version}, headers=keyed(htmx))
    changed = Action.objects.get(pk=action.pk)

    again = as_mark.post(url, data | {"version": action.version}, headers=keyed(htmx))

    now = Action.objects.get(pk=action.pk)
    assert (first.status_code, again.status_code, again.content) == (200, 204, b"")
    assert (now.version, now.history.count()) == (changed.version, 2)
    assert first.headers["X-Version"] == again.headers["X-Version"] == str(changed.version)


def test_a_change_that_was_written_does_not_come_back_over_anothers(as_mark, action, htmx, alice):
    as_mark.post(cell(action), {"status": "blocked", "version": action.version}, headers=keyed(htmx))
    action.refresh_from_db()
    action.status, action._history_user = "done", alice
    action.done_on = timezone.localdate()
    action.save()

    response = as_mark.post(cell(action), {"status": "blocked", "version": 1}, headers=keyed(htmx))

    action.refresh_from_db()
    assert (response.status_code, action.status) == (204, "done")


def test_a_row_added_twice_is_added_once_even_when_it_was_deleted_meanwhile(as_mark, action, htmx):
    url, data = reverse("plans:action_add", args=[action.objective_id]), {"title": "Exhibit in Lyon", "uid": KEY}

    as_mark.post(url, data, headers=keyed(htmx))
    Action.objects.get(title="Exhibit in Lyon").delete()
    again = as_mark.post(url, data, headers=keyed(htmx))

    assert again.status_code == 204
    assert not Action.objects.filter(title="Exhibit in Lyon").exists()


@pytest.mark.parametrize(
    ("deed", "data", "titles"),
    [
        ("duplicate", {}, ["First", "First", "Second", "Third"]),
        ("move", {"direction": "down"}, ["Second", "First", "Third"]),
        ("delete", {}, ["Second", "Third"]),
    ],
)
def test_a_deed_sent_twice_is_done_once(as_mark, action, htmx, deed, data, titles):
    Action.objects.filter(pk=action.pk).update(title="First")
    for place, title in enumerate(["Second", "Third"], 1):
        ActionFactory(objective=action.objective, title=title, position=place)
    url = reverse(f"plans:action_{deed}", args=[action.pk])

    answers = [as_mark.post(url, data, headers=keyed(htmx)) for _time in range(2)]

    assert [answer.status_code for answer in answers] == [200, 204]
    assert list(Action.objects.order_by("position").values_list("title", flat=True)) == titles
    assert Receipt.objects.count() == 1


def test_without_a_key_or_with_another_a_deed_is_done_again(as_mark, action, htmx):
    url = reverse("plans:action_duplicate", args=[action.pk])

    for headers in (htmx(), htmx(), keyed(htmx), keyed(htmx, "5c1b8a9e-41c7-4d1c-a1f4-8a63a86f20e3")):
        assert as_mark.post(url, headers=headers).status_code == 200

    assert Action.objects.count() == 5


def test_a_deed_on_a_row_that_somebody_else_deleted_is_refused(as_mark, action, htmx):
    url = reverse("plans:action_delete", args=[action.pk])
    action.delete()

    assert as_mark.post(url, headers=keyed(htmx)).status_code == 404
    assert not Receipt.objects.exists()


@pytest.mark.parametrize(("data", "status"), [({"title": ""}, 422), ({"title": "Mine", "version": 0}, 409)])
def test_of_what_was_refused_no_receipt_is_kept(as_mark, action, htmx, data, status):
    url = cell(action, "title")

    assert as_mark.post(url, data, headers=keyed(htmx)).status_code == status
    assert not Receipt.objects.exists()


def test_the_same_key_of_somebody_else_is_another_change(client, mark, alice, action, htmx):
    for person, status in ((mark, "blocked"), (alice, "at_risk")):
        client.force_login(person)
        assert client.post(cell(action), {"status": status}, headers=keyed(htmx)).status_code == 200

    action.refresh_from_db()
    assert action.status == "at_risk"
    assert Receipt.objects.visible_to(mark).count() == Receipt.objects.visible_to(alice).count() == 1


def test_a_key_that_is_none_is_refused(as_mark, action, htmx):
    response = as_mark.post(cell(action), {"status": "blocked"}, headers=keyed(htmx, "again"))

    action.refresh_from_db()
    assert (response.status_code, action.status) == (400, "not_started")


def test_what_waits_on_a_device_is_not_sent_as_the_one_who_signed_in_after_her(as_mark, alice, action, htmx):
    response = as_mark.post(cell(action), {"status": "blocked"}, headers=keyed(htmx) | {"X-Person": str(alice.pk)})

    action.refresh_from_db()
    assert (response.status_code, action.status) == (401, "not_started")


def test_receipts_are_forgotten_after_a_week(plan):
    kept = ReceiptFactory(plan=plan)
    ReceiptFactory(plan=plan, received_at=timezone.now() - dt.timedelta(days=RECEIPT_DAYS, minutes=1))

    forget_receipts.func()

    assert Receipt.objects.get() == kept


def test_changes_without_a_key_leave_none(as_mark, action, htmx):
    as_mark.post(cell(action), {"status": "blocked"}, headers=htmx())

    assert not Receipt.objects.exists()
