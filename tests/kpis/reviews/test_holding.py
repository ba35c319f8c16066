"""Starting a review, talking it through, and writing notes with others."""

import pytest
from django.db import IntegrityError
from django.urls import reverse

from kpis.models import AgendaItem, Review
from tests.factories import ActionFactory, DecisionFactory, ObjectiveFactory
from tests.kpis.reviews.conftest import NOW


def start_at(client, plan, kind="weekly", **data):
    return client.post(reverse("kpis:review_start", args=[plan.pk]), {"kind": kind, **data})


def note(client, item, text, version=0, headers=None, **data):
    url = reverse("kpis:agendaitem_note", args=[item.pk])
    return client.post(url, {"note": text, "version": version, **data}, headers=headers)


def test_a_manager_starts_a_review_with_an_agenda_and_those_who_take_part(as_mark, mark, mia, plan):
    ActionFactory(objective__plan=plan, deadline=NOW.date().replace(day=1))

    response = start_at(as_mark, plan, "monthly", participants=[mia.pk])

    review = Review.objects.get()
    assert response.url == f"/reviews/{review.pk}/"
    assert (review.kind, review.started_by, review.on) == ("monthly", mark, NOW.date())
    assert list(review.participants.all()) == [mia]
    assert [item.section for item in review.items.order_by("position")] == ["late", "other"]


def test_two_people_who_start_the_same_kind_come_to_the_same_review(as_mark, plan, review):
    response = start_at(as_mark, plan)

    assert response.url == review.get_absolute_url()
    assert Review.objects.count() == 1


def test_the_database_lets_one_review_of_a_kind_be_open(review, start):
    with pytest.raises(IntegrityError):
        start()


def test_another_kind_can_be_open_beside_it(as_mark, plan, review):
    start_at(as_mark, plan, "quarterly")

    assert Review.objects.count() == 2


def test_the_start_offers_those_who_took_part_the_last_time(as_alice, plan, mia, start):
    review = start(participants=[mia])
    Review.objects.filter(pk=review.pk).update(closed_at=NOW)

    response = as_alice.get(reverse("kpis:review_start", args=[plan.pk]))

    assert response.context["form"]["participants"].initial == [mia]


@pytest.mark.parametrize("reader", ["mia", "bob"])
def test_members_and_readers_start_none(client, plan, request, reader):
    client.force_login(request.getfixturevalue(reader))

    assert start_at(client, plan).status_code == 403
    assert not Review.objects.exists()


def test_the_agenda_stays_as_it_was_when_the_plan_moves_on(as_alice, plan, start):
    action = ActionFactory(objective__plan=plan, title="Call the forty accounts", deadline=NOW.date().replace(day=1))
    review = start()
    action.status, action.done_on, action.title = "done", NOW.date(), "Called"
    action.save()

    page = as_alice.get(review.get_absolute_url()).text

    assert "Call the forty accounts" in page
    assert "18 days late" in page


def test_of_many_late_actions_twenty_are_talked_about_and_the_rest_is_counted(as_alice, plan, start, htmx):
    objective = ObjectiveFactory(plan=plan)
    for number in range(22):
        values = {"deadline": NOW.date().replace(day=1), "expected_return": 100 + number}
        ActionFactory(objective=objective, title=f"Late {number}", **values)

    review = start()

    late = review.items.filter(section="late").order_by("position")
    assert [item.title for item in late][:2] == ["Late 21", "Late 20"]
    assert (len(late), late.last().money) == (21, 201)
    page = as_alice.get(review.get_absolute_url()).text
    assert "2 more" in page
    assert "“Late 1”, “Late 0” …" in page
    since = as_alice.get(reverse("kpis:review_since", args=[review.pk])).text
    assert "Nothing has changed since it began." in since


def test_what_has_changed_since_stands_beside_it(as_bob, plan, start, htmx):
    late = ActionFactory(objective__plan=plan, title="Late one", deadline=NOW.date().replace(day=1))
    review = start()
    late.status, late.done_on = "done", NOW.date()
    late.save()
    ActionFactory(objective=late.objective, title="New trouble", deadline=NOW.date().replace(day=3))

    url = reverse("kpis:review_since", args=[review.pk])
    part, page = as_bob.get(url, headers=htmx("review-since")).text, as_bob.get(url).text

    item = review.items.get(section="late")
    assert f'id="since-{item.pk}" hx-swap-oob="true"' in part
    assert "Now: No longer late" in part
    assert "New trouble" in part
    assert "Now: No longer late" in page


def test_that_a_day_has_passed_is_no_news(as_bob, plan, start, monkeypatch):
    ActionFactory(objective__plan=plan, title="Late one", deadline=NOW.date().replace(day=1))
    review = start()
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW.replace(day=21))

    page = as_bob.get(reverse("kpis:review_since", args=[review.pk])).text

    assert "Nothing has changed since it began." in page


def test_a_member_writes_a_note(as_mia, mia, other, htmx):
    response = note(as_mia, other, "Resellers ask for leads", headers=htmx())

    other.refresh_from_db()
    assert (response.status_code, other.note) == (200, "Resellers ask for leads")
    assert f'name="version" value="{other.version}"' in response.text
    assert other.history.first().history_user == mia


def test_a_reader_writes_none(as_bob, other):
    assert note(as_bob, other, "Hello").status_code == 403


def test_the_same_note_sent_again_is_no_other_version(as_mia, other):
    note(as_mia, other, "Once")
    note(as_mia, other, "Once", version=1)

    assert other.history.count() == 1


def test_two_notes_at_once_are_both_shown_and_nothing_is_lost(as_mia, mark, other, htmx):
    other.note, other._history_user = "Mark's words", mark
    other.save()

    response = note(as_mia, other, "Mia's words", version=0, headers=htmx())

    assert response.status_code == 409
    assert "Mark&#x27;s words" in response.text
    assert "Mark Weber" in response.text
    other.refresh_from_db()
    assert other.note == "Mark's words"


@pytest.mark.parametrize(("keep", "kept"), [("both", "Theirs\nMine"), ("mine", "Mine"), ("theirs", "Theirs")])
def test_she_keeps_both_hers_or_theirs(as_mia, mark, other, htmx, keep, kept):
    other.note, other._history_user = "Theirs", mark
    other.save()

    response = note(as_mia, other, "Mine", version=1, headers=htmx(), keep=keep)

    other.refresh_from_db()
    assert other.note == kept
    assert response.headers["HX-Retarget"] == f"#note-{other.pk}"


def test_without_script_a_note_that_meets_another_has_a_page(as_mia, mark, other):
    other.note, other._history_user = "Theirs", mark
    other.save()

    response = note(as_mia, other, "Mine", version=0)

    assert response.status_code == 409
    assert "Mine</textarea>" in response.text


def test_a_note_that_is_too_long_says_so_and_is_not_saved(as_mia, other, htmx):
    response = note(as_mia, other, "x" * 5001, headers=htmx())

    other.refresh_from_db()
    assert (response.status_code, other.note) == (422, "")
    assert "5000" in response.text


def test_a_point_is_ticked_as_talked_about_and_the_count_goes_along(as_mark, review, other, htmx):
    url = reverse("kpis:agendaitem_talk", args=[other.pk])

    response = as_mark.post(url, {"talked": "yes"}, headers=htmx())

    assert AgendaItem.objects.get(pk=other.pk).talked
    assert "1 of 1 talked about" in response.text
    as_mark.post(url, {"talked": "no"})
    assert not AgendaItem.objects.get(pk=other.pk).talked


def test_a_member_ticks_nothing(as_mia, other):
    assert as_mia.post(reverse("kpis:agendaitem_talk", args=[other.pk])).status_code == 403


def test_a_review_without_a_word_can_be_abandoned_and_brought_back(as_mark, plan, review):
    as_mark.post(reverse("kpis:review_abandon", args=[review.pk]))
    assert not Review.objects.exists()

    as_mark.post(reverse("plans:item_restore", args=[plan.bin.get().pk]))
    assert Review.objects.get().items.count() == 1


def test_one_with_a_word_in_it_is_closed_and_not_abandoned(as_mark, review, other):
    DecisionFactory(item=other)

    response = as_mark.post(reverse("kpis:review_abandon", args=[review.pk]), follow=True)

    assert Review.objects.exists()
    assert "close it instead" in response.text


@pytest.mark.parametrize("count", [1, 3])
def test_its_page_asks_the_same_however_long_the_agenda(as_alice, plan, start, count, django_assert_num_queries):
    for number in range(count):
        ActionFactory(objective=ObjectiveFactory(plan=plan), title=f"Late {number}", deadline=NOW.date().replace(day=1))
    review = start()
    DecisionFactory(item=review.items.first())
    as_alice.get(review.get_absolute_url())

    # session, user, review, plan, points, decisions, moved goalposts, participants, memberships
    with django_assert_num_queries(9):
        as_alice.get(review.get_absolute_url())


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_the_same_however_many_reviews(as_alice, plan, start, count, django_assert_num_queries):
    for kind in ("weekly", "monthly", "quarterly")[:count]:
        DecisionFactory(item=start(kind=kind).items.get())
    as_alice.get(reverse("kpis:reviews", args=[plan.pk]))

    with django_assert_num_queries(6):  # session, user, plan, reviews, open decisions, memberships
        as_alice.get(reverse("kpis:reviews", args=[plan.pk]))
