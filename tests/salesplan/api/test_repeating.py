"""A request that is sent again because its answer got lost is carried out once."""

import datetime as dt

from django.utils import timezone

from accounts.api.models import ApiAnswer
from accounts.api.tasks import forget_answers
from plans.models import Action
from tests.factories import ActionFactory, ApiAnswerFactory, ObjectiveFactory


def test_the_same_key_gets_the_same_answer_and_is_done_once(program, alice, plan):
    asks, body = program(alice), {"objective": ObjectiveFactory(plan=plan).pk, "title": "Call"}

    first = asks("POST", "actions", body, Idempotency_Key="crm-1")
    again = asks("POST", "actions", body, Idempotency_Key="crm-1")

    assert (again.status_code, again.json()) == (201, first.json())
    assert Action.objects.count() == 1


def test_another_request_under_the_same_key_is_refused(program, alice, plan):
    asks, body = program(alice), {"objective": ObjectiveFactory(plan=plan).pk, "title": "Call"}
    asks("POST", "actions", body, Idempotency_Key="crm-1")

    answer = asks("POST", "actions", body | {"title": "Write"}, Idempotency_Key="crm-1")

    assert (answer.status_code, answer.json()["detail"]) == (422, "Another request was sent under this key.")


def test_what_was_refused_may_be_mended_under_the_same_key(program, alice, plan):
    asks, body = program(alice), {"objective": ObjectiveFactory(plan=plan).pk, "title": ""}

    refused = asks("POST", "actions", body, Idempotency_Key="crm-1")
    mended = asks("POST", "actions", body | {"title": "Call"}, Idempotency_Key="crm-1")

    assert (refused.status_code, mended.status_code) == (422, 201)


def test_a_key_is_ones_own(program, alice, mark, plan):
    body = {"objective": ObjectiveFactory(plan=plan).pk, "title": "Call"}
    for user in (alice, mark):
        program(user)("POST", "actions", body, Idempotency_Key="crm-1")

    assert Action.objects.count() == 2
    assert ApiAnswer.objects.visible_to(alice).count() == ApiAnswer.objects.editable_by(mark).count() == 1


def test_a_key_with_spaces_is_refused(program, alice):
    assert program(alice)("POST", "plans", {}, Idempotency_Key="two words").status_code == 400


def test_old_answers_are_forgotten(db):
    ApiAnswerFactory(made_at=timezone.now() - dt.timedelta(days=3))
    fresh = ApiAnswerFactory()

    forget_answers.call()

    assert list(ApiAnswer.objects.all()) == [fresh]


# Two who change one row


def test_what_somebody_else_changed_meanwhile_is_not_overwritten(program, alice, plan):
    action = ActionFactory(objective__plan=plan, title="Call")
    asks, address = program(alice), f"actions/{action.pk}"
    etag = asks("GET", address).headers["ETag"]
    asks("PATCH", address, {"title": "Write"})

    answer = asks("PATCH", address, {"title": "Visit"}, If_Match=etag)

    assert (answer.status_code, answer.json()["current"]["title"]) == (412, "Write")
    assert asks("GET", address).json()["title"] == "Write"


def test_the_version_one_has_read_lets_it_be_changed(program, alice, plan):
    action = ActionFactory(objective__plan=plan, title="Call")
    asks, address = program(alice), f"actions/{action.pk}"
    etag = asks("GET", address).headers["ETag"]

    assert asks("PATCH", address, {"title": "Visit"}, If_Match=etag).json()["title"] == "Visit"


def test_with_a_version_other_fields_are_merged_and_the_same_field_is_refused_with_both_values(program, alice, plan):
    action = ActionFactory(objective__plan=plan, title="Call")
    asks, address = program(alice), f"actions/{action.pk}"
    version = asks("GET", address).json()["version"]
    asks("PATCH", address, {"title": "Write"})

    merged = asks("PATCH", address, {"deadline": "2026-09-01", "version": version}).json()
    refused = asks("PATCH", address, {"title": "Visit", "version": version})

    assert (merged["title"], merged["deadline"]) == ("Write", "2026-09-01")
    assert (refused.status_code, refused.json()["clashes"]) == (
        409,
        [{"field": "title", "theirs": "Write", "mine": "Visit"}],
    )


# Lists


def test_a_list_that_has_not_changed_is_not_sent_again(program, alice, plan):
    asks = program(alice)
    etag = asks("GET", "plans").headers["ETag"]

    assert asks("GET", "plans", If_None_Match=etag).status_code == 304
    plan.name = "Another name"
    plan.save()
    assert asks("GET", "plans", If_None_Match=etag).status_code == 200


def test_pages_of_a_list_lose_and_double_nothing(program, alice, plan):
    actions = [ActionFactory(objective__plan=plan).pk for _number in range(5)]
    asks, found, address = program(alice), [], "actions?limit=2"
    while address:
        page = asks("GET", address).json()
        found += [row["id"] for row in page["items"]]
        address = page["next"] and page["next"].removeprefix("/api/v1/")

    assert found == actions


def test_only_what_has_changed_since(program, alice, plan):
    old, new = ActionFactory(objective__plan=plan), ActionFactory(objective=ObjectiveFactory(plan=plan))
    Action.objects.filter(pk=old.pk).update(changed_at="2026-01-01T00:00:00Z")

    for moment in ("2026-06-01T00:00:00Z", "2026-06-01T00:00:00+02:00"):
        found = program(alice)("GET", f"actions?updated_since={moment}").json()["items"]
        assert [row["id"] for row in found] == [new.pk]
    assert program(alice)("GET", "actions?updated_since=2026-06-01").json()["errors"][0]["field"] == "updated_since"
