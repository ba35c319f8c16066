"""Who tries passwords or addresses."""

import pytest
from django.core.cache import caches
from django.core.cache.backends.locmem import LocMemCache
from django.urls import reverse

from tests.factories import UserFactory

TRIES = 5


@pytest.fixture
def nina(db):
    user = UserFactory(email="nina@example.com")
    user.set_password("a long enough password")
    user.save()
    return user


def sign_in(client, password):
    return client.post(reverse("account_login"), {"login": "nina@example.com", "password": password})


def test_passwords_are_not_tried_without_end_in_one_process_after_the_other(client, nina):
    for _try in range(TRIES):
        sign_in(client, "a wrong password")
        # What only one process has in its memory, the next one does not know.
        for cache in caches.all():
            if isinstance(cache, LocMemCache):
                cache.clear()

    response = sign_in(client, "a long enough password")

    assert "_auth_user_id" not in client.session
    assert "Too many failed login attempts" in response.text


def test_the_right_password_signs_in(client, nina):
    sign_in(client, "a wrong password")

    sign_in(client, "a long enough password")

    assert client.session["_auth_user_id"] == str(nina.pk)
