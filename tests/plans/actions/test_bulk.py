"""Several actions changed at once: all of them or none, and taken back as a whole."""

import datetime as dt
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from plans.actions.tasks import forget_bulk_changes
from plans.models import Action, BinnedItem, BulkChange, Plan
from plans.plan.services import change_status
from tests.factories import (
    ActionFactory,
    AllocationFactory,
    BudgetLineFactory,
    BulkChangeFactory,
    ObjectiveFactory,
    PlanFactory,
    RoleFactory,
)

FRIDAY = dt.date(2026, 9, 4)


@pytest.fixture
def objective(plan):
    return ObjectiveFactory(plan=plan, title="Increase sales")


@pytest.fixture
def actions(objective):
    return [
        ActionFactory(objective=objective, title=title, position=place, deadline=FRIDAY)
        for place, title in enumerate(["Advertise online", "Exhibit in Lyon", "Call lost accounts"])
    ]


def change(client, plan, actions, *, headers=None, **data):
    ids = ",".join(str(action.pk) for action in actions)
    return client.post(reverse("plans:actions_change", args=[plan.pk]), {"ids": ids, **data}, headers=headers or {})


def undo(client, *, headers=None):
    url = reverse("plans:bulkchange_undo", args=[BulkChange.objects.latest("pk").pk])
    return client.post(url, headers=headers or {})


def values(actions, name):
    found = dict(Action.objects.filter(pk__in=[action.pk for action in actions]).values_list("pk", name))
    return [found[action.pk] for action in actions]


def said(response):
    return [str(message) for message in response.context["messages"]]


@pytest.mark.parametrize(
    ("data", "name", "value"),
    [
        ({"status": "blocked"}, "status", "blocked"),
        ({"deadline": "2026-10-01"}, "deadline", dt.date(2026, 10, 1)),
        ({"shift": "1"}, "deadline", dt.date(2026, 9, 7)),
        ({"shift": "-5"}, "deadline", dt.date(2026, 8, 28)),
        ({"kind": "digital"}, "kind", "digital"),
        ({"priority": "1"}, "priority", 1),
        ({"effort": "7,5"}, "effort", 7.5),
        ({"effort": "0"}, "effort", 0),
    ],
)
def test_a_manager_changes_all_selected_actions_and_takes_it_back(as_mark, plan, actions, data, name, value, htmx):
    before = values(actions, name)

    response = change(as_mark, plan, actions, headers=htmx("bulk-says"), **data)

    assert values(actions, name) == [value] * 3
    assert said(response) == ["3 actions changed"]
    assert response.text.count('<tr hx-swap-oob="true" id="action-') == 3
    assert f'id="group-{actions[0].objective_id}-sum" hx-swap-oob="true"' in response.text

    undone = undo(as_mark, headers=htmx())

    assert values(actions, name) == before
    assert said(undone) == ["3 actions are as they were"]


def test_done_knows_its_day_and_undo_forgets_it_again(as_mark, plan, actions):
    change(as_mark, plan, actions, status="done")
    assert None not in values(actions, "done_on")

    undo(as_mark)

    assert values(actions, "done_on") == [None] * 3


def test_a_role_takes_the_place_of_a_person_and_nobody_that_of_both(as_mark, mark, plan, actions):
    role = RoleFactory(team__plan=plan)
    Action.objects.filter(pk=actions[0].pk).update(person=mark)

    change(as_mark, plan, actions, responsible=f"role-{role.pk}")
    assert (values(actions, "role"), values(actions, "person")) == ([role.pk] * 3, [None] * 3)

    undo(as_mark)
    assert (values(actions, "role"), values(actions, "person")) == ([None] * 3, [mark.pk, None, None])

    change(as_mark, plan, actions, responsible="none")
    assert values(actions, "person") == [None] * 3


def test_deadlines_move_over_the_holidays_of_the_country(as_mark, plan, workspace, objective):
    workspace.country = "PL"
    workspace.save()
    action = ActionFactory(objective=objective, deadline=dt.date(2026, 11, 10))

    change(as_mark, plan, [action], shift="1")

    assert values([action], "deadline") == [dt.date(2026, 11, 12)]


def test_an_action_without_a_deadline_has_none_to_move(as_mark, plan, actions, objective):
    without = ActionFactory(objective=objective, deadline=None)

    change(as_mark, plan, [*actions, without], shift="1")

    assert values([without], "deadline") == [None]
    assert values([without], "version") == [without.version]


def test_actions_go_to_the_end_of_another_objective_and_back_to_their_places(as_mark, plan, actions, htmx):
    other = ObjectiveFactory(plan=plan, title="Retain customers")
    ActionFactory(objective=other, position=4)

    response = change(as_mark, plan, actions, headers=htmx("bulk-says"), objective=other.pk)

    assert list(zip(values(actions, "objective"), values(actions, "position"), strict=True)) == [
        (other.pk, 5),
        (other.pk, 6),
        (other.pk, 7),
    ]
    assert response.headers["HX-Retarget"] == "#action-table"

    undo(as_mark)

    assert values(actions, "objective") == [actions[0].objective_id] * 3
    assert values(actions, "position") == [0, 1, 2]


def test_several_fields_change_at_once(as_mark, plan, actions):
    change(as_mark, plan, actions, status="in_progress", priority="2", shift="5")

    action = Action.objects.get(pk=actions[0].pk)
    assert (action.status, action.priority, action.deadline) == ("in_progress", 2, dt.date(2026, 9, 11))


def test_each_row_keeps_its_history_with_who_changed_it(as_mark, mark, plan, actions):
    change(as_mark, plan, actions, status="blocked")

    for action in actions:
        newest, before = action.history.all()[:2]
        assert (newest.status, newest.history_user, newest.version) == ("blocked", mark, before.version + 1)


def test_a_bulk_change_moves_the_plans_clock(as_mark, plan, actions):
    before = Plan.objects.get(pk=plan.pk).changed_at

    change(as_mark, plan, actions, status="blocked")

    assert Plan.objects.get(pk=plan.pk).changed_at > before


def test_a_row_that_has_the_value_already_is_not_changed(as_mark, plan, actions):
    actions[0].status = "blocked"
    actions[0].save()

    change(as_mark, plan, actions, status="blocked")

    assert values(actions[:1], "version") == [actions[0].version]
    assert set(BulkChange.objects.get().payload["values"]) == {str(action.pk) for action in actions[1:]}


# Refused as a whole


def refused(client, plan, actions, **data):
    before = list(Action.objects.order_by("pk").values())
    response = change(client, plan, actions, headers={"HX-Request": "true"}, **data)
    assert response.status_code == 422
    assert "Nothing was changed." in response.text
    assert list(Action.objects.order_by("pk").values()) == before
    assert not BulkChange.objects.exists()
    return response.text


def test_a_deadline_before_the_start_of_one_row_changes_none_and_names_it(as_mark, plan, actions):
    actions[1].starts_on = dt.date(2026, 9, 1)
    actions[1].save()

    text = refused(as_mark, plan, actions, deadline="2026-08-01")

    assert "before the start of “Exhibit in Lyon”." in text


def test_a_row_deleted_meanwhile_is_named_and_none_is_changed(as_mark, plan, actions):
    Action.objects.get(pk=actions[2].pk).delete()

    text = refused(as_mark, plan, actions, status="blocked")

    assert "Deleted meanwhile: “Call lost accounts”." in text


def test_a_row_of_another_plan_of_hers_is_named_and_none_is_changed(as_mark, plan, workspace, actions):
    other = ActionFactory(objective__plan=PlanFactory(workspace=workspace), title="Next year's fair")

    assert "Not in this plan: “Next year&#x27;s fair”." in refused(as_mark, plan, [*actions, other], status="blocked")


def test_of_a_row_of_strangers_she_learns_nothing(as_mark, plan, actions):
    secret = ActionFactory(title="Zebra")

    text = refused(as_mark, plan, [*actions, secret], status="blocked")

    assert "1 of them does not exist." in text
    assert "Zebra" not in text


def test_in_a_closed_plan_nothing_is_changed_and_it_says_so(as_mark, plan, actions):
    change_status(plan, to=Plan.Status.CLOSED)

    assert "“Sales growth plan 2026” is closed" in refused(as_mark, plan, actions, status="blocked")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({}, "Choose what to change."),
        ({"status": "finished"}, "Select a valid choice"),
        ({"deadline": "2026-02-30"}, "There is no such day."),
        ({"deadline": "2026-10-01", "shift": "2"}, "Set a day or move it, not both."),
        ({"shift": "9999"}, "less than or equal to 1000"),
        ({"shift": "two"}, "Enter a whole number."),
        ({"objective": "0"}, "Select a valid choice"),
    ],
)
def test_a_wrong_value_is_explained_and_changes_nothing(as_mark, plan, actions, data, message):
    assert message in refused(as_mark, plan, actions, **data)


def test_without_any_action_nothing_happens_and_it_says_so(as_mark, plan):
    assert "No action is selected." in refused(as_mark, plan, [], status="blocked")


def test_a_thousand_and_one_are_too_many(as_mark, plan):
    ids = ",".join(map(str, range(1, 1002)))

    response = as_mark.post(reverse("plans:actions_change", args=[plan.pk]), {"ids": ids, "status": "done"})

    assert response.status_code == 422
    assert "at most 1000" in response.text


@pytest.mark.parametrize("person", ["as_bob", "as_mia"])
def test_readers_change_nothing(request, person, plan, actions):
    response = change(request.getfixturevalue(person), plan, actions, status="blocked")

    assert response.status_code == 403
    assert values(actions, "status") == ["not_started"] * 3


def test_readers_take_nothing_back(client, bob, mark, plan, actions):
    client.force_login(mark)
    change(client, plan, actions, status="blocked")
    client.force_login(bob)

    assert undo(client).status_code == 403
    assert values(actions, "status") == ["blocked"] * 3


# Sent twice, undone twice


@pytest.mark.parametrize("data", [{"shift": "1"}, {"deed": "duplicate"}, {"deed": "delete"}])
def test_the_same_change_sent_twice_is_made_once(as_mark, plan, actions, data):
    uid = str(uuid.uuid4())

    change(as_mark, plan, actions[:1], uid=uid, **data)
    once = list(Action.objects.order_by("pk").values("pk", "deadline"))
    again = change(as_mark, plan, actions[:1], uid=uid, **data)

    assert again.status_code == 302
    assert list(Action.objects.order_by("pk").values("pk", "deadline")) == once


def test_undoing_twice_takes_back_once(as_mark, plan, actions):
    change(as_mark, plan, actions, shift="1")
    undo(as_mark)
    change_id = BulkChange.objects.get().pk
    change(as_mark, plan, actions, shift="1")

    as_mark.post(reverse("plans:bulkchange_undo", args=[change_id]))

    assert values(actions, "deadline") == [dt.date(2026, 9, 7)] * 3


def test_undo_leaves_what_somebody_has_changed_since_and_names_it(as_mark, plan, actions, htmx):
    change(as_mark, plan, actions, status="blocked", priority="1")
    actions[1].refresh_from_db()
    actions[1].status = "in_progress"
    actions[1].save()

    response = undo(as_mark, headers=htmx())

    assert values(actions, "status") == ["not_started", "in_progress", "not_started"]
    assert values(actions, "priority") == [3, 3, 3]
    assert "Changed since, and so left: “Exhibit in Lyon”." in said(response)


def test_undo_leaves_a_deadline_that_would_come_before_the_new_start(as_mark, plan, actions):
    change(as_mark, plan, actions, shift="10")
    actions[0].refresh_from_db()
    actions[0].starts_on = dt.date(2026, 9, 10)
    actions[0].save()

    undo(as_mark)

    assert values(actions, "deadline") == [dt.date(2026, 9, 18), FRIDAY, FRIDAY]


def test_undo_leaves_what_pointed_at_a_role_that_is_gone(as_mark, plan, actions):
    role, other = RoleFactory(team__plan=plan), RoleFactory(team__plan=plan)
    Action.objects.filter(pk=actions[0].pk).update(role=role)
    change(as_mark, plan, actions, responsible=f"role-{other.pk}")
    role.delete()

    undo(as_mark)

    assert values(actions, "role") == [other.pk, None, None]


def test_undo_in_a_closed_plan_is_refused(as_mark, plan, actions):
    change(as_mark, plan, actions, status="blocked")
    change_status(plan, to=Plan.Status.CLOSED)

    assert undo(as_mark).status_code == 403


def test_after_thirty_days_a_change_can_no_longer_be_taken_back(plan):
    now = timezone.now()
    _old, recent = (BulkChangeFactory(plan=plan, made_at=now - dt.timedelta(days=days)) for days in (31, 29))

    forget_bulk_changes.call()

    assert list(BulkChange.objects.all()) == [recent]


# Duplicating and deleting


def test_copies_stand_right_after_their_originals_and_go_again(as_mark, plan, objective, actions):
    actions[0].supporters.add(RoleFactory(team__plan=plan))

    response = change(as_mark, plan, actions[:2], headers={"HX-Request": "true"}, deed="duplicate")

    titles = list(Action.objects.filter(objective=objective).order_by("position").values_list("title", flat=True))
    copy = Action.objects.filter(title="Advertise online").latest("pk")
    assert titles == ["Advertise online"] * 2 + ["Exhibit in Lyon"] * 2 + ["Call lost accounts"]
    assert copy.supporters.count() == 1
    assert said(response) == ["2 actions duplicated"]

    undo(as_mark)

    assert Action.objects.filter(objective=objective).count() == 3


def test_undo_keeps_a_copy_that_somebody_has_gone_on_with(as_mark, plan, actions, htmx):
    change(as_mark, plan, actions[:2], deed="duplicate")
    copy = Action.objects.filter(title="Exhibit in Lyon").latest("pk")
    copy.title = "Exhibit in Paris"
    copy.save()

    response = undo(as_mark, headers=htmx())

    assert Action.objects.filter(plan=plan).count() == 4
    assert response.headers["HX-Refresh"] == "true"
    assert Action.objects.filter(pk=copy.pk).exists()


def test_what_is_deleted_together_comes_back_together_with_all_that_hung_from_it(as_mark, plan, actions):
    AllocationFactory(line=BudgetLineFactory(plan=plan), action=actions[0], amount=500)
    actions[1].supporters.add(RoleFactory(team__plan=plan))

    response = change(as_mark, plan, actions, headers={"HX-Request": "true"}, deed="delete")

    assert not Action.objects.filter(plan=plan).exists()
    assert said(response) == ["3 actions deleted"]
    assert BinnedItem.objects.get().label == "“Advertise online”, “Exhibit in Lyon”, “Call lost accounts”"

    undo(as_mark)

    assert values(actions, "title") == [action.title for action in actions]
    assert actions[0].allocations.get().amount == 500
    assert actions[1].supporters.count() == 1


def test_deleted_actions_can_also_come_back_from_the_page_of_deleted_items(as_mark, plan, actions):
    change(as_mark, plan, actions, deed="delete")

    as_mark.post(reverse("plans:item_restore", args=[BinnedItem.objects.get().pk]))

    assert Action.objects.filter(plan=plan).count() == 3
    assert undo(as_mark).status_code == 302


# How much it asks


@pytest.mark.parametrize("data", [{"status": "done"}, {"shift": "3"}, {"responsible": "none"}, {"deed": "delete"}])
def test_two_hundred_rows_take_as_many_statements_as_two_besides_their_history(as_mark, plan, objective, data, htmx):
    def queries(count):
        rows = ActionFactory.create_batch(count, objective=objective, deadline=FRIDAY)
        with CaptureQueriesContext(connection) as captured:
            response = change(as_mark, plan, rows, headers=htmx("bulk-says"), **data)
        assert response.status_code == 200
        return [query["sql"] for query in captured if "INSERT INTO" not in query["sql"]]

    # Django deletes by the hundred.
    assert len(queries(200)) <= len(queries(2)) + (5 if "deed" in data else 0)


def test_of_copies_only_the_writing_grows(as_mark, plan, objective, htmx):
    def asked(count):
        rows = ActionFactory.create_batch(count, objective=objective)
        with CaptureQueriesContext(connection) as captured:
            change(as_mark, plan, rows, headers=htmx("bulk-says"), deed="duplicate")
        return [query["sql"] for query in captured if query["sql"].startswith("SELECT")]

    assert len(asked(40)) == len(asked(2))


# Without JavaScript


def test_boxes_to_tick_lead_to_a_page_with_the_same_form(as_mark, plan, actions):
    table = as_mark.get(reverse("plans:actions", args=[plan.pk]) + "?select=1")
    page = as_mark.get(reverse("plans:actions_change", args=[plan.pk]), {"ids": [actions[0].pk, actions[1].pk]})

    assert table.text.count('name="ids"') == 3
    assert 'aria-label="Select Exhibit in Lyon"' in table.text
    assert f'name="ids" value="{actions[0].pk},{actions[1].pk}"' in page.text
    assert "2 actions" in page.text

    response = change(as_mark, plan, actions[:2], status="blocked")

    assert response.url == reverse("plans:actions", args=[plan.pk])
    assert values(actions, "status") == ["blocked", "blocked", "not_started"]


def test_the_page_keeps_what_was_chosen_when_it_was_refused(as_mark, plan, actions):
    actions[0].starts_on = dt.date(2026, 9, 1)
    actions[0].save()

    response = change(as_mark, plan, actions, deadline="2026-01-01", priority="2")

    assert response.status_code == 422
    assert 'value="2026-01-01"' in response.text
    assert '<option value="2" selected>' in response.text
    assert "before the start of “Advertise online”" in response.text


def test_the_table_has_no_boxes_for_readers(as_bob, plan, actions):
    assert "pick" not in as_bob.get(reverse("plans:actions", args=[plan.pk]) + "?select=1").text


def test_the_bar_offers_roles_and_objectives_of_this_plan_only(as_mark, plan, objective, htmx):
    ObjectiveFactory(title="Zebra", plan__workspace__name="Datacore")

    bar = as_mark.get(reverse("plans:actions_change", args=[plan.pk]), headers=htmx("bulk"))

    assert "Increase sales" in bar.text
    assert "Zebra" not in bar.text
    assert "<html" not in bar.text
