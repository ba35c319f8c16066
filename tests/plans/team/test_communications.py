"""Who meets or reports, how often, about what, through which channel."""

import pytest
from django.urls import reverse

from plans.models import Communication
from tests.factories import CommunicationFactory, RoleFactory

MEETING = {"name": "Monday meeting", "rhythm": "weekly", "channel": "call", "agenda": "1. Won\n2. Lost"}


def url(name, row):
    return reverse(f"plans:{name}", args=[row.pk])


@pytest.mark.parametrize("item_count", [1, 3])
def test_the_page_of_meetings_costs_the_same_with_more_of_them(as_alice, plan, item_count, django_assert_num_queries):
    role = RoleFactory(team__plan=plan)
    for meeting in CommunicationFactory.create_batch(item_count, plan=plan, organiser=role):
        meeting.participants.add(role)

    with django_assert_num_queries(8):  # session, user, plan, meetings, participants, completeness, workspaces, week
        response = as_alice.get(url("communications", plan))

    assert response.text.count("Monday meeting</h3>") == item_count


def test_a_meeting_is_added_with_its_participants(as_alice, plan):
    role = RoleFactory(team__plan=plan, title="Sales manager")

    response = as_alice.post(
        url("communication_add", plan), MEETING | {"organiser": role.pk, "participants": [role.pk]}
    )

    meeting = Communication.objects.get()
    assert response.url.startswith(url("communications", plan))
    assert (meeting.organiser, list(meeting.participants.all())) == (role, [role])


def test_a_participant_from_another_plan_is_refused(as_alice, plan):
    foreign = RoleFactory(title="Foreign chief")

    response = as_alice.post(url("communication_add", plan), MEETING | {"participants": [foreign.pk]})

    assert response.status_code == 422
    assert "Foreign chief" not in response.text
    assert Communication.objects.count() == 0


def test_a_meeting_without_a_name_is_refused_with_what_was_typed(as_alice, plan, htmx):
    response = as_alice.post(
        url("communication_add", plan), MEETING | {"name": ""}, headers=htmx("communication-board")
    )

    assert response.status_code == 422
    assert "2. Lost" in response.text
    assert Communication.objects.count() == 0


def test_readers_cannot_add_a_meeting(as_bob, plan):
    response = as_bob.post(url("communication_add", plan), MEETING)

    assert response.status_code == 403
    assert Communication.objects.count() == 0


def test_the_example_is_inserted_from_the_empty_page(as_alice, plan, htmx):
    response = as_alice.post(url("communication_example", plan), headers=htmx("communication-board"))

    assert Communication.objects.count() == 3
    assert 'id="communication-board"' in response.text


def test_readers_cannot_insert_the_example(as_bob, plan):
    response = as_bob.post(url("communication_example", plan))

    assert response.status_code == 403
    assert Communication.objects.count() == 0
