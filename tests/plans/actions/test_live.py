"""What an open page of actions is told of others' changes."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from plans.actions.bulk import Values, change_actions
from plans.actions.live import MOST_ACTIONS
from plans.items.bin import bin_item, restore_item
from plans.models import Action, BinnedItem, Plan
from tests.factories import (
    ActionFactory,
    AllocationFactory,
    KpiFactory,
    MembershipFactory,
    ObjectiveFactory,
    ReadingFactory,
)

LONG_AGO = timezone.now() - dt.timedelta(hours=1)


@pytest.fixture
def objective(plan):
    return ObjectiveFactory(plan=plan, title="Increase sales")


@pytest.fixture
def action(objective):
    """Made by nobody in particular, before anybody looked."""
    action = ActionFactory(objective=objective, title="Exhibit in Lyon")
    action.history.update(history_date=LONG_AGO)
    return action


def news(client, plan, **query):
    query = {"since": (plan.created_at - dt.timedelta(seconds=1)).isoformat()} | query
    return client.get(reverse("plans:action_live", args=[plan.pk]), query)


def notes(client, plan, **query):
    return {note["title"]: note for note in news(client, plan, **query).json()["notes"]}


def change(action, by, **values):
    for name, value in values.items():
        setattr(action, name, value)
    action._history_user = by
    action.save()


def test_nothing_is_told_while_the_plans_clock_stands(as_mark, action, plan, django_assert_num_queries):
    plan.refresh_from_db()

    with django_assert_num_queries(3):  # session, user, plan
        response = news(as_mark, plan, since=plan.changed_at.isoformat())

    assert (response.status_code, response.content) == (204, b"")


def test_the_page_knows_where_the_clock_stood_when_it_was_drawn(as_mark, action, plan):
    plan.refresh_from_db()

    page = as_mark.get(reverse("plans:actions", args=[plan.pk]))

    clock = page.text.partition('data-clock="')[2].partition('"')[0]
    assert dt.datetime.fromisoformat(clock) == plan.changed_at
    assert f'data-live="{reverse("plans:action_live", args=[plan.pk])}"' in page.text


def test_a_change_is_told_with_its_row_and_who_made_it(as_mark, action, plan, alice):
    change(action, alice, status="blocked")

    note = notes(as_mark, plan)["Exhibit in Lyon"]

    assert (note["who"], note["mine"], note["new"], note["gone"]) == ("Alice Martin", False, False, False)
    assert note["html"].startswith(f'<tr id="action-{action.pk}"')
    assert "Blocked" in note["html"]
    assert dt.datetime.fromisoformat(note["at"]) == action.history.first().history_date


def test_what_happened_before_one_looked_is_not_told(as_mark, action, plan):
    ActionFactory(objective=action.objective, title="Call lost accounts")

    assert list(notes(as_mark, plan)) == ["Call lost accounts"]


def test_ones_own_change_is_told_as_ones_own(as_mark, mark, action, plan, alice):
    change(action, mark, status="blocked")
    assert notes(as_mark, plan)["Exhibit in Lyon"]["mine"]

    change(action, alice, title="Exhibit in Paris")
    change(action, mark, status="at_risk")
    note = notes(as_mark, plan)["Exhibit in Paris"]
    assert (note["mine"], note["who"]) == (False, "Alice Martin")


def test_the_sums_of_the_groups_come_along(as_mark, action, plan, alice):
    change(action, alice, deadline=dt.date(2020, 1, 1))

    [total] = news(as_mark, plan).json()["sums"]

    assert f'id="group-{action.objective_id}-sum"' in total
    assert "1 overdue" in total


def test_money_given_to_an_action_is_a_change_of_its_row(as_mark, action, plan):
    AllocationFactory(action=action, line__plan=plan, amount=7_000)

    assert "7,000" in notes(as_mark, plan)["Exhibit in Lyon"]["html"]


def test_a_new_row_says_after_which_it_stands(as_mark, action, plan):
    second = ActionFactory(objective=action.objective, title="Call lost accounts", position=1)
    elsewhere = ActionFactory(objective__plan=plan, title="Train the team")

    told = notes(as_mark, plan)

    assert (told["Call lost accounts"]["new"], told["Call lost accounts"]["after"]) == (True, action.pk)
    assert told["Call lost accounts"]["place"] == f"group-{second.objective_id}"
    assert (told["Train the team"]["after"], told["Train the team"]["place"]) == (
        None,
        f"group-{elsewhere.objective_id}",
    )


@pytest.mark.parametrize("query", [{"sort": "title"}, {"status": "not_started"}, {"view": "board"}])
def test_where_rows_are_sorted_or_filtered_no_place_is_told(as_mark, action, plan, query):
    ActionFactory(objective=action.objective, title="Call lost accounts", position=1)

    assert "after" not in notes(as_mark, plan, **query)["Call lost accounts"]


def test_a_row_that_no_longer_passes_the_filter_is_told_as_such(as_mark, action, plan, alice):
    change(action, alice, status="blocked")

    assert not notes(as_mark, plan, status="not_started")["Exhibit in Lyon"]["fits"]
    assert notes(as_mark, plan, status="blocked")["Exhibit in Lyon"]["fits"]


def test_a_deleted_row_is_told_with_who_deleted_it(as_mark, client, action, plan, alice):
    client.force_login(alice)
    client.post(reverse("plans:action_delete", args=[action.pk]))
    client.force_login(plan.workspace.memberships.get(role="manager").user)

    note = notes(as_mark, plan)["Exhibit in Lyon"]

    assert (note["gone"], note["who"], note["html"]) == (True, "Alice Martin", "")


def test_a_row_that_was_deleted_and_brought_back_is_there(as_mark, action, plan, alice):
    bin_item(action, by=alice)
    restore_item(BinnedItem.objects.get())

    note = notes(as_mark, plan)["Exhibit in Lyon"]

    assert (note["gone"], note["new"]) == (False, True)


def test_a_board_is_told_cards_and_their_columns(as_mark, action, plan, alice):
    change(action, alice, status="blocked")

    answer = news(as_mark, plan, view="board").json()

    assert answer["notes"][0]["place"] == "blocked"
    assert f'<li class="ac" id="action-{action.pk}" data-in="blocked"' in answer["notes"][0]["html"]
    assert answer["columns"]["blocked"][0] == "1"


def test_other_views_are_told_what_has_changed_and_draw_themselves(as_mark, action, plan, alice):
    change(action, alice, status="blocked")

    note = notes(as_mark, plan, view="timeline")["Exhibit in Lyon"]

    assert (note["who"], note["html"]) == ("Alice Martin", "")


def test_my_work_is_told_what_is_hers_alone(as_mark, mark, action, plan, alice):
    change(action, alice, person=mark)
    ActionFactory(objective=action.objective, title="Call lost accounts", person=alice)

    told = notes(as_mark, plan, view="mine")

    assert (told["Exhibit in Lyon"]["fits"], told["Call lost accounts"]["fits"]) == (True, False)


def test_of_very_many_changes_only_that_is_told(as_mark, objective, plan, alice):
    actions = ActionFactory.create_batch(MOST_ACTIONS + 1, objective=objective)
    change_actions(plan, actions, Values(status="blocked"), by=alice, uid="0d8a9f6e-8f0f-4f0e-9a59-6d40a1a7a9f1")

    answer = news(as_mark, plan).json()

    assert (answer["many"], answer["notes"]) == (True, [])


def test_a_clock_that_stepped_back_is_looked_behind(as_mark, action, plan, alice):
    """Of two writers the one who was dated first may be committed last."""
    change(action, alice, status="blocked")
    Plan.objects.filter(pk=plan.pk).update(changed_at=timezone.now())

    later = timezone.now() + dt.timedelta(minutes=5)

    assert list(notes(as_mark, plan, since=later.isoformat())) == ["Exhibit in Lyon"]


@pytest.mark.parametrize("since", ["", "yesterday", "2026-02-31T00:00:00+00:00", "2026-02-01"])
def test_a_clock_nobody_has_seen_brings_nothing(as_mark, action, plan, since):
    assert news(as_mark, plan, since=since).status_code == 204


def test_a_colleague_who_only_reads_is_told_too_and_gets_no_handles(as_bob, action, plan, alice):
    change(action, alice, status="blocked")

    assert notes(as_bob, plan)["Exhibit in Lyon"]["who"] == "Alice Martin"
    assert "data-in" not in notes(as_bob, plan, view="board")["Exhibit in Lyon"]["html"]


def test_nothing_of_another_plan_is_told(as_mark, plan, workspace, action):
    other = ActionFactory(objective__plan__workspace=workspace, title="Next year")

    assert "Next year" not in notes(as_mark, plan)
    assert list(notes(as_mark, other.plan)) == ["Next year"]


def test_whoever_has_left_is_told_nothing(as_mark, mark, action, plan, alice):
    change(action, alice, status="blocked")
    mark.memberships.all().delete()
    MembershipFactory(user=mark)

    assert news(as_mark, plan).status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_the_queries_do_not_grow_with_what_is_told(as_mark, plan, objective, number, django_assert_num_queries):
    ActionFactory.create_batch(number, objective=objective)

    # session, user, plan; histories, health; rows, links, budgets, waits; sums; places
    with django_assert_num_queries(12):
        assert len(news(as_mark, plan).json()["notes"]) == number


def test_what_was_done_long_ago_is_not_read(as_mark, action, plan):
    with CaptureQueriesContext(connection) as queries:
        news(as_mark, plan)

    [asked] = [query["sql"] for query in queries.captured_queries if 'FROM "plans_historicalaction"' in query["sql"]]
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN QUERY PLAN " + asked if connection.vendor == "sqlite" else "EXPLAIN " + asked)
        steps = str(cursor.fetchall())
    assert "plan_id=" not in steps
    assert "history_date" in steps


def test_a_filter_asks_one_question_more(as_mark, plan, objective, django_assert_num_queries):
    ActionFactory.create_batch(3, objective=objective)

    with django_assert_num_queries(12):  # as above without places, and which of them fit
        assert len(news(as_mark, plan, status="not_started").json()["notes"]) == 3


def test_nobody_is_named_who_is_not_known(as_mark, action, plan):
    Action.objects.get(pk=action.pk).save()

    assert notes(as_mark, plan)["Exhibit in Lyon"]["who"] == ""


def test_the_kpis_of_an_action_are_a_change_of_its_row(as_mark, action, plan):
    kpi = KpiFactory(plan=plan, name="Qualified leads")

    as_mark.post(reverse("kpis:action_kpis", args=[action.pk]), {"kpis": [kpi.pk]})

    assert "Qualified leads" in notes(as_mark, plan)["Exhibit in Lyon"]["html"]


@pytest.mark.parametrize("since", ["0001-01-01T00:00:00Z", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00"])
def test_a_moment_at_an_end_of_the_calendar_is_answered(as_mark, action, plan, since):
    assert news(as_mark, plan, since=since).status_code == 200


# Health that is another because of it


def due(objective, title, days):
    day = timezone.localdate() + dt.timedelta(days=days)
    return ActionFactory(objective=objective, title=title, status="in_progress", deadline=day)


@pytest.fixture
def awaited(objective):
    """Due before the action that waits for it; both were made before anybody looked."""
    awaited, waiting = due(objective, "Hire an agency", 30), due(objective, "Advertise", 60)
    waiting.waits_for.add(awaited)
    Action.history.update(history_date=LONG_AGO)
    return awaited


def test_what_waits_for_a_changed_action_is_shown_with_its_health(as_mark, awaited, plan, alice):
    change(awaited, alice, deadline=timezone.localdate() + dt.timedelta(days=90))

    told = notes(as_mark, plan)

    assert set(told) == {"Hire an agency", "Advertise"}
    assert "Off track" in told["Advertise"]["html"]
    # Nobody is said to have done it.
    assert (told["Hire an agency"]["mine"], told["Advertise"]["mine"]) == (False, True)


def test_what_waits_stays_untold_where_its_health_is_as_before(as_mark, awaited, plan, alice):
    change(awaited, alice, deadline=timezone.localdate() + dt.timedelta(days=31))

    assert set(notes(as_mark, plan)) == {"Hire an agency"}


def test_what_waited_for_a_deleted_action_is_shown_with_its_health(as_mark, awaited, plan, alice):
    change(awaited, alice, deadline=timezone.localdate() + dt.timedelta(days=90))
    Action.history.update(history_date=LONG_AGO)
    Action.objects.update(judged_at=LONG_AGO)

    bin_item(awaited, by=alice)

    told = notes(as_mark, plan)
    assert set(told) == {"Hire an agency", "Advertise"}
    assert "Off track" not in told["Advertise"]["html"]


def test_what_a_value_of_a_kpi_says_of_an_action_is_shown(as_mark, awaited, plan):
    kpi = KpiFactory(plan=plan, baseline=None, target=100)
    kpi.actions.add(awaited)
    Action.objects.update(judged_at=None)

    today = timezone.localdate()
    ReadingFactory(kpi=kpi, period=today - dt.timedelta(days=today.weekday()), value=1)

    assert "Off track" in notes(as_mark, plan)["Hire an agency"]["html"]


def test_that_a_day_has_passed_is_no_change(as_mark, awaited, plan):
    Action.objects.update(deadline=timezone.localdate() - dt.timedelta(days=1))
    Plan.objects.update(health_on=None)

    as_mark.get(reverse("plans:actions", args=[plan.pk]))

    awaited.refresh_from_db()
    assert awaited.health == "off_track"
    assert notes(as_mark, plan) == {}
