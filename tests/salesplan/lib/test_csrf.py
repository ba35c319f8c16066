import re

from django.urls import reverse

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w{64})"')


def test_the_forms_of_a_page_share_one_token(as_alice, plan):
    first, second = (as_alice.get(reverse("plans:plan_list")).text for _visit in range(2))

    assert len(TOKEN.findall(first)) > 1
    assert len(set(TOKEN.findall(first))) == 1
    # Masked anew for each page: what is the same in every answer can be guessed from its compressed length.
    assert set(TOKEN.findall(first)) != set(TOKEN.findall(second))


def test_the_token_of_a_page_is_accepted(client, alice, plan):
    client.handler.enforce_csrf_checks = True
    client.force_login(alice)
    token = TOKEN.search(client.get(reverse("plans:plan_list")).text)[1]

    answers = [
        client.post(reverse("accounts:language"), {"language": "pl", "csrfmiddlewaretoken": value}).status_code
        for value in (token, "x" * 64)
    ]

    assert answers == [302, 403]
