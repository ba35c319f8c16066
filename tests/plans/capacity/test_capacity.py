"""Who has how many hours a week for the plan: beside the roles, in step 3."""

import datetime as dt

import pytest
from django.urls import reverse

from plans.items.services import duplicate_plan
from plans.models import Capacity, TimeAway
from plans.plan.services import change_status
from tests.factories import CapacityFactory, RoleFactory, TimeAwayFactory

AWAY = {"starts_on": "2026-08-10", "ends_on": "2026-08-21", "hours": "0"}


def url(name, row):
    return reverse(f"plans:{name}", args=[row.pk])


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_with_more_people(as_alice, plan, count, django_assert_num_queries):
    for number in range(count):
        TimeAwayFactory.create_batch(count, capacity=CapacityFactory(plan=plan, name=f"Person {number}"))

    # (8): session, user, plan, people, times away, completeness, workspaces, week
    with django_assert_num_queries(8):
        response = as_alice.get(url("capacity", plan))

    assert response.text.count('data-edit="timeaway-') == count**2


def test_a_manager_says_how_many_hours_a_member_has(as_mark, plan, mia, htmx):
    response = as_mark.post(
        url("capacity_add", plan), {"person": mia.pk, "hours": "24"}, headers=htmx("capacity-board")
    )

    capacity = Capacity.objects.get()
    assert (capacity.person, capacity.hours, capacity.history.count()) == (mia, 24, 1)
    assert "Mia Rossi" in response.text
    assert "24 h a week" in response.text


def test_somebody_who_does_not_sign_in_is_chosen_by_the_name_beside_her_role(as_mark, plan):
    RoleFactory(team__plan=plan, holder_name="Emma Larsen")
    RoleFactory(holder_name="Of another company")

    offered = as_mark.get(url("capacity_add", plan)).context["form"].fields["name"].choices
    as_mark.post(url("capacity_add", plan), {"name": "Emma Larsen", "hours": ""})

    assert [name for name, _label in offered] == ["", "Emma Larsen"]
    assert (Capacity.objects.get().name, Capacity.objects.get().hours) == ("Emma Larsen", None)


@pytest.mark.parametrize(
    ("data", "field", "message"),
    [
        ({"hours": "20"}, "name", "Choose a member or a name."),
        ({"name": "Emma Larsen", "person": "mia"}, "name", "Choose a member or a name."),
        ({"name": "Nobody we know"}, "name", "not one of the available choices"),
        ({"name": "Emma Larsen", "hours": "169"}, "hours", "from 0 to 168 hours"),
        ({"name": "Emma Larsen", "hours": "12.1"}, "hours", "whole quarters"),
        ({"name": "Emma Larsen", "hours": "many"}, "hours", "Write a number"),
    ],
)
def test_what_cannot_be_is_explained_and_not_saved(as_mark, plan, mia, data, field, message):
    RoleFactory(team__plan=plan, holder_name="Emma Larsen")

    response = as_mark.post(url("capacity_add", plan), data | ({"person": mia.pk} if "person" in data else {}))

    assert response.status_code == 422
    assert message in str(response.context["form"].errors[field])
    assert Capacity.objects.count() == 0


def test_one_person_has_hours_once(as_mark, plan, mia):
    CapacityFactory(plan=plan, person=mia, name="")
    CapacityFactory(plan=plan, name="Emma Larsen")
    RoleFactory(team__plan=plan, holder_name="emma larsen")

    by_member = as_mark.post(url("capacity_add", plan), {"person": mia.pk})
    by_name = as_mark.post(url("capacity_add", plan), {"name": "emma larsen"})

    assert "Mia Rossi has hours in this plan already" in by_member.text
    assert "Emma Larsen has hours in this plan already" in by_name.text
    assert Capacity.objects.count() == 2


def test_time_away_is_added_beneath_the_person(as_mark, plan, htmx):
    capacity = CapacityFactory(plan=plan)

    response = as_mark.post(url("timeaway_add", capacity), AWAY, headers=htmx("capacity-board"))

    away = TimeAway.objects.get()
    assert (away.capacity, away.plan, away.starts_on, away.hours) == (capacity, plan, dt.date(2026, 8, 10), 0)
    assert f'id="timeaway-{away.pk}"' in response.text


@pytest.mark.parametrize(
    ("data", "field", "message"),
    [
        ({"ends_on": "2026-08-09"}, "ends_on", "must not come before the first"),
        ({"ends_on": "2026-02-31"}, "ends_on", "There is no such day"),
        ({"starts_on": ""}, "starts_on", "required"),
        ({"hours": "-5"}, "hours", "from 0 to 168 hours"),
        ({"hours": ""}, "hours", "required"),
    ],
)
def test_time_away_that_cannot_be_is_explained_and_not_saved(as_mark, plan, data, field, message):
    capacity = CapacityFactory(plan=plan)

    response = as_mark.post(url("timeaway_add", capacity), AWAY | data)

    assert response.status_code == 422
    assert message in str(response.context["form"].errors[field])
    assert TimeAway.objects.count() == 0


@pytest.mark.parametrize("name", ["capacity_add", "capacity_edit", "capacity_delete", "timeaway_add"])
def test_team_members_and_readers_change_nothing(as_mia, plan, name):
    capacity = CapacityFactory(plan=plan)

    response = as_mia.post(url(name, plan if name == "capacity_add" else capacity), AWAY | {"hours": "1"})

    assert response.status_code == 403
    assert "Add person" not in as_mia.get(url("capacity", plan)).text
    assert Capacity.objects.get().hours is None


def test_nothing_is_changed_in_a_plan_that_is_closed(as_mark, plan):
    capacity = CapacityFactory(plan=plan)
    change_status(plan, to="closed")

    assert as_mark.post(url("capacity_edit", capacity), {"name": capacity.name, "hours": "1"}).status_code == 403


def test_a_new_period_begins_with_the_same_hours_and_nobody_away(plan, alice):
    TimeAwayFactory(capacity=CapacityFactory(plan=plan, hours=20))

    copy = duplicate_plan(plan, owner=alice, name="Next year", starts_on=dt.date(2027, 1, 1))

    assert [capacity.hours for capacity in Capacity.objects.in_plan(copy)] == [20]
    assert TimeAway.objects.in_plan(copy).count() == 0


def test_who_is_deleted_comes_back_with_her_times_away(as_mark, plan):
    away = TimeAwayFactory(capacity__plan=plan)

    page = as_mark.post(url("capacity_delete", away.capacity), follow=True)
    undo = next(str(message.extra_tags) for message in page.context["messages"]).removeprefix("undo:")
    assert Capacity.objects.count() == 0
    as_mark.post(undo)

    assert TimeAway.objects.get().capacity == Capacity.objects.get()


def test_only_who_may_change_it_is_shown_the_way_to_what_is_usual(as_mark, plan):
    assert reverse("accounts:workspace_edit", args=[plan.workspace_id]) not in as_mark.get(url("capacity", plan)).text
