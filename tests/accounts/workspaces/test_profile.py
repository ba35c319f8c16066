import pytest
from django.conf import settings
from django.urls import reverse

PROFILE = {"name": "Alice M.", "language": "pl", "theme": "dark", "density": "comfortable"}


def test_the_profile_is_saved_and_speaks_at_once(as_alice, alice):
    response = as_alice.post(reverse("accounts:profile"), PROFILE, follow=True)

    alice.refresh_from_db()
    assert (alice.name, alice.theme, alice.density, alice.shortcuts) == ("Alice M.", "dark", "comfortable", False)
    assert response.headers["Content-Language"] == "pl"


def test_a_language_that_does_not_exist_is_refused(as_alice, alice):
    response = as_alice.post(reverse("accounts:profile"), PROFILE | {"language": "xx"})

    alice.refresh_from_db()
    assert response.status_code == 422
    assert alice.language == ""


def test_the_switch_in_the_frame_stays_ones_own_choice_whatever_the_browser_says(as_alice, alice):
    as_alice.post(reverse("accounts:language"), {"language": "pl", "next": "/plans/"})

    response = as_alice.get(reverse("plans:plan_list"), headers={"Accept-Language": "en"})

    alice.refresh_from_db()
    assert alice.language == "pl"
    assert response.headers["Content-Language"] == "pl"


def test_the_switch_works_before_signing_in(client, db):
    response = client.post(reverse("accounts:language"), {"language": "pl", "next": "/sign-in/login/"})

    assert response.url == "/sign-in/login/"
    assert client.cookies[settings.LANGUAGE_COOKIE_NAME].value == "pl"
    assert client.get(reverse("account_login")).headers["Content-Language"] == "pl"


def test_a_language_that_does_not_exist_changes_nothing(as_alice, alice):
    as_alice.post(reverse("accounts:language"), {"language": "xx"})

    alice.refresh_from_db()
    assert alice.language == ""


@pytest.mark.parametrize(("onward", "url"), [("/plans/", "/plans/"), ("https://evil.example/", "/profile/")])
def test_the_appearance_is_kept_and_leads_back_to_this_site_only(as_alice, alice, onward, url):
    response = as_alice.post(reverse("accounts:theme"), {"theme": "dark", "next": onward})

    alice.refresh_from_db()
    assert alice.theme == "dark"
    assert response.url == url


def test_an_appearance_that_does_not_exist_changes_nothing(as_alice, alice):
    as_alice.post(reverse("accounts:theme"), {"theme": "neon"})

    alice.refresh_from_db()
    assert alice.theme == "auto"
