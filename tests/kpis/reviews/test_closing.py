"""Closing a review freezes its minutes; only a director opens it again, with a reason."""

import datetime as dt

import pytest
from django.urls import reverse

from kpis.models import Decision, Snapshot
from kpis.reviews.services import close_review, start_review
from plans.models import Notice
from salesplan.lib.refusal import Refused
from tests.factories import ActionFactory, DecisionFactory, ObjectiveFactory
from tests.kpis.reviews.conftest import NOW


def close(client, review, next_on="2026-08-26", **data):
    """As one does: look what is open, then confirm that."""
    url = reverse("kpis:review_close", args=[review.pk])
    page = client.get(url)
    shown = page.context["form"]["open"].value() if page.status_code == 200 else ""
    return client.post(url, {"next_on": next_on, "open": shown, **data})


@pytest.fixture
def closed(review, alice):
    close_review(review, by=alice, now=NOW, next_on=None)
    return review


def test_it_says_what_is_still_open_before_it_is_closed(as_mark, plan, start):
    ActionFactory(objective__plan=plan, title="Late one", deadline=dt.date(2026, 8, 1))
    review = start()
    DecisionFactory(item=review.items.get(section="other"), text="No owner, no day")

    page = as_mark.get(reverse("kpis:review_close", args=[review.pk])).text

    assert "1 decision has no owner or no day" in page
    assert "No owner, no day" in page
    assert "1 point was not talked about" in page
    assert "Late one" in page


def test_a_manager_closes_it_with_a_snapshot_and_the_next_day(as_mark, mark, plan, review):
    close(as_mark, review)

    review.refresh_from_db()
    assert (review.closed_by, review.closed_at, review.next_on) == (mark, NOW, dt.date(2026, 8, 26))
    assert review.snapshot == Snapshot.objects.get(plan=plan, kind="review")
    assert review.history.first().history_user == mark


def test_the_next_day_is_proposed(as_mark, review):
    form = as_mark.get(reverse("kpis:review_close", args=[review.pk])).context["form"]

    assert form["next_on"].value() == dt.date(2026, 8, 26)


def test_a_next_day_that_has_passed_is_refused_beside_its_field(as_mark, review):
    response = close(as_mark, review, next_on="2026-08-19")

    assert response.status_code == 422
    assert response.context["form"].errors["next_on"] == ["The next review comes after this one."]
    review.refresh_from_db()
    assert review.is_open


def test_what_somebody_adds_meanwhile_is_asked_about(as_mark, review, other):
    shown = as_mark.get(reverse("kpis:review_close", args=[review.pk])).context["form"]["open"].value()
    DecisionFactory(item=other)

    response = as_mark.post(reverse("kpis:review_close", args=[review.pk]), {"next_on": "", "open": shown})

    assert response.status_code == 422
    assert "Meanwhile somebody has changed what is open" in response.text
    again = as_mark.post(
        reverse("kpis:review_close", args=[review.pk]),
        {"next_on": "", "open": response.context["form"]["open"].value()},
    )
    assert again.status_code == 302


@pytest.mark.parametrize("reader", ["mia", "bob"])
def test_members_and_readers_close_none(client, review, request, reader):
    client.force_login(request.getfixturevalue(reader))

    assert client.post(reverse("kpis:review_close", args=[review.pk])).status_code == 403


def test_whoever_took_part_is_told_once_but_not_the_one_who_closed_it(as_mark, mark, mia, bob, plan, alice):
    review = start_review(plan, kind="weekly", by=alice, participants=[mark, mia, alice], now=NOW)
    DecisionFactory(item=review.items.get(), owner=mia)

    close(as_mark, review)
    close(as_mark, review)

    told = {notice.membership.user: notice for notice in Notice.objects.filter(kind="review")}
    assert set(told) == {mia, alice}
    assert told[mia].details["yours"] == 1
    assert told[mia].get_absolute_url() == review.get_absolute_url()


def test_the_inbox_says_which_review_and_how_much_of_it_is_hers(client, mark, mia, plan, alice):
    review = start_review(plan, kind="weekly", by=alice, participants=[mia], now=NOW)
    DecisionFactory(item=review.items.get(), owner=mia)
    client.force_login(mark)
    close(client, review)
    client.force_login(mia)

    inbox = client.get(reverse("plans:inbox")).text

    assert "Weekly review, 19 Aug 2026" in inbox
    assert "Mark Weber closed it with 1 decision, 1 of them yours" in inbox


def test_minutes_stay_as_they_are(as_alice, closed, other, htmx):
    url = reverse("kpis:agendaitem_note", args=[other.pk])
    response = as_alice.post(url, {"note": "Too late", "version": 0}, headers=htmx())
    assert response.status_code == 409
    assert "its minutes stay as they are" in response.text
    assert as_alice.post(reverse("kpis:decision_add", args=[other.pk]), {"text": "Late"}).status_code == 403
    other.refresh_from_db()
    assert (other.note, other.decisions.count()) == ("", 0)


def test_whatever_saves_them_minutes_are_refused(review, other, alice):
    decision = DecisionFactory(item=other)
    close_review(review, by=alice, now=NOW, next_on=None)
    decision = Decision.objects.get(pk=decision.pk)

    decision.text = "Something else"
    with pytest.raises(Refused):
        decision.save()
    fresh = other.review.items.get()
    fresh.note = "Rewritten"
    with pytest.raises(Refused):
        fresh.save()


def test_a_decision_of_a_closed_review_is_followed_on(as_mark, plan, review, other, alice):
    decision = DecisionFactory(item=other)
    ticked = DecisionFactory(item=other)
    close_review(review, by=alice, now=NOW, next_on=None)

    as_mark.post(reverse("kpis:decision_act", args=[decision.pk]), {"objective": ObjectiveFactory(plan=plan).pk})
    as_mark.post(reverse("kpis:decision_done", args=[ticked.pk]), {"done": "yes"})

    decision.refresh_from_db()
    ticked.refresh_from_db()
    assert decision.action is not None
    assert ticked.done_on == NOW.date()


def test_a_director_reopens_it_with_a_reason_that_stands_in_its_minutes(as_alice, closed):
    url = reverse("kpis:review_reopen", args=[closed.pk])

    assert as_alice.post(url, {"reason": ""}).status_code == 422
    as_alice.post(url, {"reason": "The wrong owner"})

    closed.refresh_from_db()
    assert closed.is_open
    assert closed.history.first().history_change_reason == "The wrong owner"
    assert "Reopened by Alice Martin" in as_alice.get(closed.get_absolute_url()).text


def test_a_manager_reopens_none(as_mark, closed):
    assert as_mark.post(reverse("kpis:review_reopen", args=[closed.pk]), {"reason": "x"}).status_code == 403


def test_it_is_not_reopened_beside_another_of_its_kind(as_alice, closed, start):
    start()

    response = as_alice.post(reverse("kpis:review_reopen", args=[closed.pk]), {"reason": "x"})

    assert response.status_code == 422
    assert "Another review of this kind is open" in response.text


def test_closed_again_it_keeps_another_snapshot_and_tells_anew(as_alice, mia, plan, alice):
    review = start_review(plan, kind="weekly", by=alice, participants=[mia], now=NOW)
    close(as_alice, review)
    as_alice.post(reverse("kpis:review_reopen", args=[review.pk]), {"reason": "The wrong owner"})
    close(as_alice, review)

    assert Snapshot.objects.filter(plan=plan).count() == 2
    assert Notice.objects.filter(kind="review").count() == 2


def test_readers_read_the_minutes(as_bob, closed):
    page = as_bob.get(closed.get_absolute_url()).text

    assert "These are its minutes" in page
    assert "<textarea" not in page


def test_the_minutes_lead_to_the_plan_compared_with_what_it_was_then(as_bob, closed):
    page = as_bob.get(closed.get_absolute_url())

    assert page.context["compare_url"] in page.text
    assert as_bob.get(page.context["compare_url"]).status_code == 200


def test_a_plan_with_a_closed_review_can_be_deleted(as_alice, plan, closed, other):
    plan.delete()

    assert not Decision.objects.exists()
