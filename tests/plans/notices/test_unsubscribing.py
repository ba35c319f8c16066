"""Ending the daily mail from the mail itself: one click, no signing in."""

import pytest
from django.test import Client
from django.urls import reverse

from plans.models import NoticeSettings
from plans.notices.unsubscribing import token_of


@pytest.fixture
def address(mia):
    return reverse("plans:digest_unsubscribe", args=[token_of(mia)])


def test_a_mail_program_unsubscribes_with_one_post(address, mia):
    """It has neither a session nor a token of ours (RFC 8058)."""
    client = Client(enforce_csrf_checks=True)

    answer = client.post(address, {"List-Unsubscribe": "One-Click"})

    assert answer.status_code == 200
    assert "No more daily e-mails" in answer.text
    assert not NoticeSettings.objects.get(user=mia).digest


def test_looking_at_the_address_offers_a_button_and_changes_nothing(client, address):
    page = client.get(address)

    assert "Stop the daily e-mail?" in page.text
    assert not NoticeSettings.objects.exists()


def test_unsubscribing_twice_is_unsubscribing_once_and_keeps_the_other_choices(client, address, mia):
    NoticeSettings.objects.create(user=mia, not_in_inbox=["status"])

    for _time in range(2):
        client.post(address)

    mine = NoticeSettings.objects.get()
    assert (mine.digest, mine.not_in_inbox) == (False, ["status"])


@pytest.mark.parametrize("token", ["1", "1:forged", "no-such-token"])
def test_an_address_nobody_has_signed_does_not_exist(client, mia, token):
    assert client.post(reverse("plans:digest_unsubscribe", args=[token])).status_code == 404


def test_a_signature_for_something_else_is_none_for_this(client, mia):
    from django.core.signing import Signer  # only here, to sign with another salt

    token = Signer(salt="plans.feeds").sign(mia.pk)

    assert client.post(reverse("plans:digest_unsubscribe", args=[token])).status_code == 404


def test_the_reminder_of_the_check_in_is_ended_by_itself(client, mia):
    address = reverse("plans:digest_unsubscribe", args=[token_of(mia, "checkin_mail")])
    assert "Stop the reminders?" in client.get(address).text

    page = client.post(address)

    mine = NoticeSettings.objects.get(user=mia)
    assert (mine.checkin_mail, mine.digest) == (False, True)
    assert "No more reminders" in page.text
