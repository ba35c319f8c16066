"""What a calendar reads at a secret address."""

import datetime as dt

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from accounts.models import Membership
from plans.feeds.ical import calendar
from plans.plan.services import delete_plan
from tests.factories import ActionFactory, CalendarFeedFactory, ObjectiveFactory, PlanFactory, RoleFactory

DAY = dt.date(2026, 9, 30)


@pytest.fixture
def objective(plan):
    return ObjectiveFactory(plan=plan, title="Increase sales")


@pytest.fixture
def plan_feed(plan, mia):
    return CalendarFeedFactory(membership=mia.memberships.get(), plan=plan)


@pytest.fixture
def own_feed(plan, mia):
    return CalendarFeedFactory(membership=mia.memberships.get())


def fetch(client, feed, **headers):
    return client.get(feed.get_absolute_url(), headers=headers)


def events(response):
    assert response.status_code == 200
    return list(Calendar.from_ical(response.content).walk("VEVENT"))


def titles(response):
    return [str(event["SUMMARY"]) for event in events(response)]


def test_a_deadline_is_an_event_of_a_whole_day(client, plan, objective, plan_feed, alice):
    role = RoleFactory(team__plan=plan, title="Marketing manager", holder=alice)
    action = ActionFactory(
        objective=objective, title="Advertise; online, widely", deadline=DAY, role=role, status="in_progress"
    )

    (event,) = events(fetch(client, plan_feed))

    link = f"http://testserver{action.get_absolute_url()}"
    assert str(event["SUMMARY"]) == "Advertise; online, widely"
    assert (event.start, event.end) == (DAY, DAY + dt.timedelta(days=1))
    assert str(event["DESCRIPTION"]).splitlines() == [
        "Status: In progress",
        "Objective: Increase sales",
        "Responsible: Alice Martin · Marketing manager",
        "Plan: Sales growth plan 2026",
        link,
    ]
    assert (str(event["URL"]), str(event["UID"])) == (link, f"{action.uid}@testserver")
    assert event["SEQUENCE"] == action.version


def test_nobody_has_to_sign_in_and_nobody_is(client, objective, plan_feed):
    response = fetch(client, plan_feed)

    assert response.status_code == 200
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert response.cookies == {}


def test_the_feed_of_a_plan_has_all_its_deadlines_but_of_what_is_cancelled(client, objective, plan_feed):
    ActionFactory(objective=objective, title="Soon", deadline=DAY)
    ActionFactory(objective=objective, title="Over", deadline=DAY, status="done", done_on=DAY)
    ActionFactory(objective=objective, title="Dropped", deadline=DAY, status="cancelled")
    ActionFactory(objective=objective, title="Some day", deadline=None)
    ActionFactory(objective=ObjectiveFactory(), title="Of another company", deadline=DAY)

    assert titles(fetch(client, plan_feed)) == ["Soon", "Done: Over"]


def test_ones_own_feed_has_what_one_answers_for_in_every_plan_in_execution(
    client, workspace, plan, objective, own_feed, mia, mark
):
    role = RoleFactory(team__plan=plan, holder=mia)
    elsewhere = ObjectiveFactory(plan=PlanFactory(workspace=workspace))
    draft = ObjectiveFactory(plan=PlanFactory(workspace=workspace, status="draft"))
    foreign = ObjectiveFactory()
    ActionFactory(objective=objective, title="By her role", deadline=DAY, role=role)
    ActionFactory(objective=elsewhere, title="Herself", deadline=DAY, person=mia)
    ActionFactory(objective=objective, title="Mark's", deadline=DAY, person=mark)
    ActionFactory(objective=draft, title="Only a draft", deadline=DAY, person=mia)
    ActionFactory(objective=foreign, title="Of another company", deadline=DAY, person=mia)

    assert titles(fetch(client, own_feed)) == ["By her role", "Herself"]


def test_who_has_left_the_company_reads_no_more_even_when_she_comes_back(client, plan, plan_feed, own_feed, mia):
    mia.memberships.get().delete()
    gone = [fetch(client, feed).status_code for feed in (plan_feed, own_feed)]

    Membership.objects.create(workspace=plan.workspace, user=mia)

    assert gone == [404, 404]
    assert [fetch(client, feed).status_code for feed in (plan_feed, own_feed)] == [404, 404]


def test_the_feed_of_somebody_whose_account_is_closed_answers_404(client, plan_feed, mia):
    mia.is_active = False
    mia.save()

    assert fetch(client, plan_feed).status_code == 404


def test_the_feed_of_a_deleted_plan_answers_404(client, plan, objective, plan_feed):
    ActionFactory(objective=objective)
    delete_plan(plan)

    assert fetch(client, plan_feed).status_code == 404


def test_a_revoked_address_answers_404(client, plan_feed):
    plan_feed.delete()

    assert fetch(client, plan_feed).status_code == 404


@pytest.mark.parametrize("part", ["key", "signature"])
def test_an_address_with_one_letter_changed_answers_404(client, plan_feed, part):
    key, _dot, signature = plan_feed.get_absolute_url().split("/")[-1].removesuffix(".ics").partition(".")
    other = {"a": "b"}
    changed = [
        text[:-2] + other.get(text[-2], "a") + text[-1] if name == part else text
        for name, text in (("key", key), ("signature", signature))
    ]

    assert client.get(reverse("plans:feed", args=[".".join(changed)])).status_code == 404


def test_a_key_out_of_the_database_opens_nothing_without_its_signature(client, plan_feed):
    assert client.get(reverse("plans:feed", args=[plan_feed.key.hex])).status_code == 404


def test_a_calendar_that_has_it_all_is_told_so_until_something_changes(client, objective, plan_feed):
    first = fetch(client, plan_feed)
    known = {"If-None-Match": first.headers["ETag"]}

    unchanged = fetch(client, plan_feed, **known)
    ActionFactory(objective=objective, title="New", deadline=DAY)
    changed = fetch(client, plan_feed, **known)

    assert first.headers["Cache-Control"] == "private, no-cache"
    assert (unchanged.status_code, unchanged.content) == (304, b"")
    assert titles(changed) == ["New"]


def test_a_change_of_who_holds_a_role_reaches_the_calendar(client, plan, objective, own_feed, mia):
    role = RoleFactory(team__plan=plan)
    ActionFactory(objective=objective, title="Call", deadline=DAY, role=role)
    known = {"If-None-Match": fetch(client, own_feed).headers["ETag"]}

    role.holder = mia
    role.save()

    assert titles(fetch(client, own_feed, **known)) == ["Call"]


def test_the_calendar_speaks_its_owners_language(client, objective, plan_feed, mia):
    mia.language = "pl"
    mia.save()
    ActionFactory(objective=objective, deadline=DAY, status="in_progress")

    (event,) = events(fetch(client, plan_feed, **{"Accept-Language": "en"}))

    assert "Status: W toku" in str(event["DESCRIPTION"])


@pytest.mark.parametrize("row_count", [1, 3])
def test_the_number_of_queries_does_not_grow_with_the_deadlines(
    client, plan, objective, plan_feed, row_count, django_assert_num_queries
):
    ActionFactory.create_batch(row_count, objective=objective, deadline=DAY, role=RoleFactory(team__plan=plan))

    with django_assert_num_queries(3):  # the feed with its owner, the plan, the deadlines
        response = fetch(client, plan_feed)

    assert len(events(response)) == row_count


ROW = {
    "uid": "0d8a9f6e-8f0f-4f0e-9a59-6d40a1a7a9f1",
    "version": 1,
    "changed_at": dt.datetime(2026, 1, 1, tzinfo=dt.UTC),
    "status": "done",
    "deadline": DAY,
    "plan__name": "Plan",
    "role_id": None,
    "role__title": "",
    "role__holder_name": "",
    "role__holder__name": "",
    "role__holder__email": "",
    "person_id": None,
    "url": "https://salesplan.example/actions/1/",
}


@given(st.text(), st.text())
def test_no_title_breaks_the_calendar(title, objective):
    rows = [ROW | {"title": title, "objective__title": objective}] * 2

    content = calendar("Plan", rows, site="salesplan.example")

    found = Calendar.from_ical(content)
    assert [str(event["URL"]) for event in found.walk("VEVENT")] == [ROW["url"]] * 2
    assert [event.errors for event in found.walk("VEVENT")] == [[], []]
