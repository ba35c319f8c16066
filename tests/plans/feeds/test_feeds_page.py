"""The page on which one makes, copies and revokes addresses for calendars."""

import re

import pytest
from django.urls import reverse

from plans.models import CalendarFeed
from tests.factories import CalendarFeedFactory, PlanFactory


def page(client, plan):
    return client.get(reverse("plans:feeds", args=[plan.pk]))


def make(client, plan, of="plan"):
    return client.post(reverse("plans:feed_make", args=[plan.pk]), {"of": of})


def revoke(client, plan, of="plan"):
    return client.post(reverse("plans:feed_revoke", args=[plan.pk]), {"of": of})


def addresses(response):
    return re.findall(r'value="(http://testserver/calendar-feeds/[^"]+\.ics)"', response.text)


@pytest.mark.parametrize("of", ["plan", "mine"])
def test_an_address_is_made_and_shown_whenever_one_comes_back(as_bob, client, plan, of):
    response = make(as_bob, plan, of)

    (address,) = addresses(page(as_bob, plan))
    assert response.url == reverse("plans:feeds", args=[plan.pk])
    assert addresses(page(as_bob, plan)) == [address]
    client.logout()
    assert client.get(address).status_code == 200


def test_asking_twice_gives_the_same_address(as_alice, plan):
    make(as_alice, plan)
    make(as_alice, plan)
    make(as_alice, plan, "mine")
    make(as_alice, PlanFactory(workspace=plan.workspace), "mine")

    assert CalendarFeed.objects.count() == 2


def test_a_revoked_address_is_gone_and_the_next_one_is_another(as_alice, plan):
    make(as_alice, plan)
    make(as_alice, plan, "mine")
    (mine, first) = addresses(page(as_alice, plan))

    revoke(as_alice, plan)
    left = addresses(page(as_alice, plan))
    make(as_alice, plan)

    assert left == [mine]
    assert as_alice.get(first).status_code == 404
    assert addresses(page(as_alice, plan))[1] != first


def test_revoking_twice_is_no_fault(as_alice, plan):
    assert [revoke(as_alice, plan).status_code for _time in range(2)] == [302, 302]


def test_nobody_sees_or_revokes_the_address_of_a_colleague(as_alice, alice, plan, mia):
    feed = CalendarFeedFactory(membership=mia.memberships.get(), plan=plan)

    revoke(as_alice, plan)

    assert addresses(page(as_alice, plan)) == []
    assert list(CalendarFeed.objects.visible_to(alice)) == []
    assert list(CalendarFeed.objects.editable_by(alice)) == []
    assert list(CalendarFeed.objects.visible_to(mia)) == [feed]
    assert list(CalendarFeed.objects.editable_by(mia)) == [feed]


def test_a_closed_plan_is_followed_like_any_other(as_alice, client, workspace):
    plan = PlanFactory(workspace=workspace, status="closed")
    make(as_alice, plan)

    (address,) = addresses(page(as_alice, plan))

    assert client.get(address).status_code == 200


def test_the_page_asks_the_same_few_questions_always(as_alice, plan, django_assert_num_queries):
    make(as_alice, plan)
    page(as_alice, plan)

    with django_assert_num_queries(5):  # session, user, plan, addresses; in the rail: workspaces
        page(as_alice, plan)
