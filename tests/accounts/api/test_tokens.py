"""Tokens are shown once, kept as a digest, and revoked by their person or by who gives the roles."""

import datetime as dt
import re

from django.urls import reverse

from accounts.api.models import ApiToken
from accounts.api.services import digest_of, make_token
from tests.factories import MembershipFactory

PAGE = reverse("accounts:token_list")
FIELDS = {"name": "CRM export", "scope": "readings", "expires_on": "2099-12-31"}


def test_a_token_is_shown_once_and_kept_as_a_digest(as_alice):
    answer = as_alice.post(PAGE, FIELDS)

    text = re.search(r"salesplan_[0-9A-Za-z]{40}", answer.text).group()
    token = ApiToken.objects.get()
    assert (token.name, token.scope, token.expires_on) == ("CRM export", "readings", dt.date(2099, 12, 31))
    assert token.digest == digest_of(text)
    assert answer.headers["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"
    assert text not in as_alice.get(PAGE).text
    assert text[: len("salesplan_") + 4] in as_alice.get(PAGE).text


def test_what_is_wrong_is_said_and_nothing_is_made(as_alice):
    answer = as_alice.post(PAGE, FIELDS | {"name": "", "expires_on": "2020-01-01"})

    assert answer.status_code == 422
    assert "Choose today or a day to come." in answer.text
    assert 'value="2020-01-01"' in answer.text
    assert not ApiToken.objects.exists()


def test_a_revoked_token_opens_nothing(as_alice, alice, program):
    asks = program(alice)
    assert asks("GET", "plans").status_code == 200

    as_alice.post(reverse("accounts:token_revoke", args=[asks.token.pk]))

    assert asks("GET", "plans").status_code == 401


def test_who_gives_roles_sees_and_revokes_all_tokens_of_the_company(as_alice, alice, mark, bob):
    token, _text = make_token(mark.memberships.get(), name="Sheet of Mark", scope="write")

    assert "Sheet of Mark" in as_alice.get(PAGE).text
    as_alice.post(reverse("accounts:token_revoke", args=[token.pk]))

    assert not ApiToken.objects.exists()


def test_colleagues_see_their_own_only(as_bob, mark):
    token, _text = make_token(mark.memberships.get(), name="Sheet of Mark", scope="write")

    assert "Sheet of Mark" not in as_bob.get(PAGE).text
    assert as_bob.post(reverse("accounts:token_revoke", args=[token.pk])).status_code == 404


def test_an_expired_token_a_locked_person_and_a_lost_membership_open_nothing(alice, mark, mia, program):
    expired, locked, lost = program(alice), program(mark), program(mia)
    ApiToken.objects.filter(pk=expired.token.pk).update(expires_on="2020-01-01")
    mark.is_active = False
    mark.save()
    mia.memberships.get().delete()

    assert [asks("GET", "plans").status_code for asks in (expired, locked, lost)] == [401, 401, 401]


def test_the_page_has_the_same_number_of_queries_however_many_tokens_there_are(
    as_alice, alice, mark, django_assert_num_queries
):
    make_token(mark.memberships.get(), name="One", scope="read")
    as_alice.get(PAGE)
    with django_assert_num_queries(5):  # (5): session, user, company, tokens, and the companies of the frame
        as_alice.get(PAGE)

    for name in ("Two", "Three"):
        make_token(MembershipFactory(workspace=alice.memberships.get().workspace), name=name, scope="read")
    with django_assert_num_queries(5):
        as_alice.get(PAGE)
