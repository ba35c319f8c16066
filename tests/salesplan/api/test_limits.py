"""How often a token may ask is counted for all servers together."""

import pytest
from django.utils import timezone

from accounts.api.models import ApiToken


def test_every_answer_says_how_many_requests_are_left(program, alice, settings):
    settings.API_REQUESTS_PER_MINUTE = 5

    answer = program(alice)("GET", "plans")

    assert (answer.headers["RateLimit-Limit"], answer.headers["RateLimit-Remaining"]) == ("5", "4")
    assert 0 < int(answer.headers["RateLimit-Reset"]) <= 60


def test_too_many_in_a_minute_are_refused_until_it_is_over(program, alice, settings, monkeypatch):
    settings.API_REQUESTS_PER_MINUTE = 2
    asks = program(alice)
    statuses = [asks("GET", "plans").status_code for _time in range(3)]
    refused = asks("GET", "plans")
    ApiToken.objects.update(minute=0)

    assert statuses == [200, 200, 429]
    assert int(refused.headers["Retry-After"]) <= 60
    assert asks("GET", "plans").status_code == 200


def test_another_token_has_a_limit_of_its_own(program, alice, mark, settings):
    settings.API_REQUESTS_PER_MINUTE = 1
    program(alice)("GET", "plans")

    assert program(mark)("GET", "plans").status_code == 200


def test_when_it_was_used_last_is_known(program, alice):
    asks = program(alice)
    asks("GET", "plans")

    asks.token.refresh_from_db()
    assert (timezone.now() - asks.token.last_used_at).total_seconds() < 60


@pytest.mark.parametrize("text", ["", "salesplan_" + "x" * 40, "Basic abc"])
def test_what_is_no_token_is_not_let_in(client, db, text):
    assert client.get("/api/v1/plans", headers={"Authorization": f"Bearer {text}"}).status_code == 401
