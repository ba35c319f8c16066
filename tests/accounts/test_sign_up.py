"""Who asks for an account does not learn who has one, where mails arrive."""

import os
import re
import subprocess
import sys
import time

import pytest
from django.core import mail
from django.urls import reverse

from accounts.models import User
from tests.factories import UserFactory

PASSWORD = "quiet-harbour-77"


@pytest.fixture
def with_mail_server(settings):
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    settings.ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
    settings.ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True


@pytest.fixture
def nina(db):
    return UserFactory(email="nina@example.com")


def sign_up(client, email, **more):
    data = {"email": email, "password1": PASSWORD, "password2": PASSWORD} | more
    return client.post(reverse("account_signup"), data, follow=True)


def seconds_of(deed, *args) -> float:
    began = time.perf_counter()
    deed(*args)
    return time.perf_counter() - began


def seen(response, email) -> tuple[list, str]:
    """What a visitor gets, without what is hers alone: the address she typed and the token of her form."""
    text = re.sub(r'name="csrfmiddlewaretoken" value="\w+"|nonce="[^"]+"', "", response.text)
    return response.redirect_chain, text.replace(email, "the address")


@pytest.mark.parametrize(("host", "verification"), [("mail.example.com", "mandatory"), ("", "optional")])
def test_addresses_are_confirmed_where_there_is_a_mail_server(host, verification):
    asked = "from salesplan import settings; print(settings.ACCOUNT_EMAIL_VERIFICATION)"

    said = subprocess.run(  # noqa: S603
        [sys.executable, "-c", asked], env=os.environ | {"EMAIL_HOST": host}, capture_output=True, text=True, check=True
    )

    assert said.stdout.strip() == verification


@pytest.mark.usefixtures("with_mail_server")
def test_signing_up_answers_the_same_whether_the_address_has_an_account(client, nina):
    known = sign_up(client, "nina@example.com")
    client.logout()
    unknown = sign_up(client, "olaf@example.com")

    assert seen(known, "nina@example.com") == seen(unknown, "olaf@example.com")
    assert [letter.to for letter in mail.outbox] == [["nina@example.com"], ["olaf@example.com"]]
    assert "already" in mail.outbox[0].body
    assert User.objects.filter(email="nina@example.com").count() == 1


@pytest.mark.usefixtures("with_mail_server")
def test_the_clock_does_not_tell_either(client, nina, settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]

    known = seconds_of(sign_up, client, "nina@example.com")
    client.logout()
    unknown = seconds_of(sign_up, client, "olaf@example.com")

    # A busy machine may double either; without its hash the first is a tenth of the second.
    assert known > unknown / 3


@pytest.mark.usefixtures("with_mail_server", "db")
def test_the_code_from_the_mail_signs_in_and_leads_on(client):
    sign_up(client, "olaf@example.com", next=reverse("accounts:profile"))
    code = re.search(r"^[A-Z0-9]{3,}-?[A-Z0-9]+$", mail.outbox[0].body, re.MULTILINE)[0]
    assert "_auth_user_id" not in client.session

    response = client.post(reverse("account_email_verification_sent"), {"code": code})

    assert response.url == reverse("accounts:profile")
    assert client.session["_auth_user_id"] == str(User.objects.get(email="olaf@example.com").pk)


def test_a_forgotten_password_answers_the_same_whether_the_address_has_an_account(client, nina):
    answers = [
        seen(client.post(reverse("account_reset_password"), {"email": email}, follow=True), email)
        for email in ("nina@example.com", "olaf@example.com")
    ]

    assert answers[0] == answers[1]
    assert [letter.to for letter in mail.outbox] == [["nina@example.com"], ["olaf@example.com"]]
