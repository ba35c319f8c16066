"""Editing in the table, cell by cell."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from plans.items.bin import bin_item
from plans.models import Action
from tests.factories import ActionFactory, ObjectiveFactory, RoleFactory


@pytest.fixture
def action(plan):
    return ActionFactory(objective=ObjectiveFactory(plan=plan), starts_on=dt.date(2026, 3, 1))


def cell_url(action, cell):
    return reverse("plans:action_cell", args=[action.pk]) + f"?cell={cell}"


@pytest.mark.parametrize(
    ("cell", "data", "field", "value"),
    [
        ("title", {"title": "Advertise online"}, "title", "Advertise online"),
        ("kind", {"kind": "digital"}, "kind", "digital"),
        ("start", {"starts_on": "2026-04-01"}, "starts_on", dt.date(2026, 4, 1)),
        ("due", {"deadline": "2026-09-30"}, "deadline", dt.date(2026, 9, 30)),
        ("status", {"status": "in_progress"}, "status", "in_progress"),
        ("priority", {"priority": "1"}, "priority", 1),
        ("effort", {"effort": "7,5"}, "effort", 7.5),
        ("effort", {"effort": "7:45 h"}, "effort", 7.75),
        ("effort", {"effort": ""}, "effort", None),
        ("roi", {"expected_return": "12 500,50"}, "expected_return", pytest.approx(12500.5)),
    ],
)
def test_a_manager_edits_a_cell_in_place(as_mark, action, htmx, cell, data, field, value):
    response = as_mark.post(cell_url(action, cell), data, headers=htmx())

    action.refresh_from_db()
    actual = getattr(action, field)
    assert (float(actual) if field == "expected_return" else actual) == value
    assert response.text.lstrip().startswith(f'<tr id="action-{action.pk}"')
    assert f'data-f="{cell}"' in response.text


@pytest.mark.parametrize(("cell", "data"), [("due", {"deadline": "2026-03-02"}), ("status", {"status": "done"})])
def test_a_change_that_counts_brings_the_sums_of_its_group(as_mark, action, htmx, cell, data):
    response = as_mark.post(cell_url(action, cell), data, headers=htmx())

    assert f'id="group-{action.objective_id}-sum" hx-swap-oob="true"' in response.text


def test_a_change_of_the_status_changes_what_is_said_of_the_deadline(as_mark, action, htmx):
    action.deadline = dt.date(2026, 3, 2)
    action.save()

    response = as_mark.post(cell_url(action, "status"), {"status": "done"}, headers=htmx())

    assert 'class="late"' not in response.text
    assert "2 Mar" in response.text


def test_html_in_a_title_comes_back_as_text(as_mark, action, htmx):
    response = as_mark.post(cell_url(action, "title"), {"title": "<b>Bold</b>"}, headers=htmx())

    assert "&lt;b&gt;Bold&lt;/b&gt;" in response.text


def test_the_one_responsible_is_a_role_or_a_person(as_mark, action, alice):
    role = RoleFactory(team__plan=action.plan)

    as_mark.post(cell_url(action, "who"), {"responsible": f"role-{role.pk}"})
    action.refresh_from_db()
    assert (action.role, action.person) == (role, None)

    as_mark.post(cell_url(action, "who"), {"responsible": f"person-{alice.pk}"})
    action.refresh_from_db()
    assert (action.role, action.person) == (None, alice)


def test_supporters_are_chosen_with_the_responsible(as_mark, action):
    role = RoleFactory(team__plan=action.plan)

    as_mark.post(cell_url(action, "who"), {"responsible": "", "supporters": [role.pk]})

    assert list(action.supporters.all()) == [role]


def test_an_action_that_is_done_knows_since_when(as_mark, action):
    as_mark.post(cell_url(action, "status"), {"status": "done"})
    action.refresh_from_db()
    assert action.done_on == timezone.localdate()

    as_mark.post(cell_url(action, "status"), {"status": "blocked"})
    action.refresh_from_db()
    assert action.done_on is None


@pytest.mark.parametrize(
    ("cell", "data", "message"),
    [
        ("title", {"title": ""}, "This field is required."),
        ("title", {"title": "x" * 201}, "at most 200 characters"),
        ("due", {"deadline": "2026-02-31"}, "There is no such day"),
        ("due", {"deadline": "2026-02-01"}, "must not come before the start"),
        ("roi", {"expected_return": "-5"}, "cannot be negative"),
        ("roi", {"expected_return": "1e30"}, "no more than"),
        ("roi", {"expected_return": "a lot"}, "Write a number"),
        ("effort", {"effort": "-1"}, "from 0 to 10,000 hours"),
        ("effort", {"effort": "10000.25"}, "from 0 to 10,000 hours"),
        ("effort", {"effort": "1.3"}, "whole quarters of an hour"),
        ("effort", {"effort": "a week"}, "Write a number"),
        ("status", {"status": "finished"}, "not one of the available choices"),
    ],
)
def test_a_wrong_value_is_explained_under_the_cell_and_nothing_is_saved(as_mark, action, htmx, cell, data, message):
    before = action.version

    response = as_mark.post(cell_url(action, cell), data, headers=htmx())

    action.refresh_from_db()
    assert response.status_code == 422
    assert message in response.text
    assert action.version == before


def test_the_second_of_two_people_sees_the_others_value_and_chooses(as_mark, action, htmx, alice):
    seen = action.version
    action.deadline = dt.date(2026, 9, 30)
    action._history_user = alice
    action.save()
    mine = {"deadline": "2026-09-15", "version": seen}

    response = as_mark.post(cell_url(action, "due"), mine, headers=htmx())

    action.refresh_from_db()
    assert response.status_code == 409
    assert response.headers["HX-Retarget"] == f"#action-{action.pk}"
    assert "Alice Martin set" in response.text
    assert action.deadline == dt.date(2026, 9, 30)

    as_mark.post(cell_url(action, "due"), mine | {"version": action.version}, headers=htmx())

    action.refresh_from_db()
    assert action.deadline == dt.date(2026, 9, 15)


def test_changes_of_different_cells_of_one_row_are_both_kept(as_mark, action, htmx):
    seen = action.version
    action.title = "Advertise online"
    action.save()

    as_mark.post(cell_url(action, "status"), {"status": "blocked", "version": seen}, headers=htmx())

    action.refresh_from_db()
    assert (action.title, action.status) == ("Advertise online", "blocked")


@pytest.mark.parametrize("person", ["as_bob", "as_mia"])
def test_readers_cannot_edit_a_cell(request, person, action):
    client = request.getfixturevalue(person)

    response = client.post(cell_url(action, "title"), {"title": "Mine now"})

    action.refresh_from_db()
    assert response.status_code == 403
    assert action.title == "Launch an online advertising campaign"


def test_who_is_offered_for_a_cell_comes_from_this_workspace(as_mark, action, carol, alice, htmx):
    response = as_mark.get(cell_url(action, "who"), headers=htmx())

    assert "Alice Martin" in response.text
    assert "Carol Novak" not in response.text


def test_an_unknown_cell_is_not_found(as_mark, action):
    assert as_mark.get(cell_url(action, "plan")).status_code == 404


def test_a_cell_can_be_edited_without_javascript(as_mark, action):
    page = as_mark.get(cell_url(action, "status"))
    response = as_mark.post(cell_url(action, "status"), {"status": "blocked"})

    action.refresh_from_db()
    assert "<html" in page.text
    assert response.url == reverse("plans:actions", args=[action.plan_id]) + f"?view=table#action-{action.pk}"
    assert action.status == "blocked"


def test_typing_a_title_at_the_end_of_a_group_adds_a_row_and_offers_the_next(as_mark, action, htmx):
    url = reverse("plans:action_add", args=[action.objective_id])

    response = as_mark.post(url, {"title": "Exhibit in Lyon"}, headers=htmx())

    added = Action.objects.get(title="Exhibit in Lyon")
    assert added.position == action.position + 1
    assert f'id="action-{added.pk}"' in response.text
    assert f'id="action-add-{action.objective_id}"' in response.text


def test_a_row_sent_twice_is_added_once(as_mark, action, htmx):
    url = reverse("plans:action_add", args=[action.objective_id])
    data = {"title": "Exhibit in Lyon", "uid": "0d8a9f6e-8f0f-4f0e-9a59-6d40a1a7a9f1"}

    for _time in range(2):
        as_mark.post(url, data, headers=htmx())

    assert Action.objects.filter(title="Exhibit in Lyon").count() == 1


@pytest.mark.parametrize("field", ["supporters", "waits_for"])
def test_an_id_larger_than_any_row_has_is_no_choice(as_mark, action, field):
    url, number = reverse("plans:action_edit", args=[action.pk]), 10**30

    response = as_mark.post(url, {field: [number]})

    assert response.status_code == 422
    assert f"{number} is not one of the available choices" in response.text


def test_who_began_under_an_objective_that_is_gone_chooses(as_mark, plan, action, htmx):
    opened, first = action.version, action.objective
    action.objective = second = ObjectiveFactory(plan=plan, title="Second")
    action.save()
    bin_item(first, by=None, url="/")
    mine = {"objective": ObjectiveFactory(plan=plan, title="Third").pk, "version": opened}

    response = as_mark.post(cell_url(action, "objective"), mine, headers=htmx())

    action.refresh_from_db()
    assert (response.status_code, action.objective) == (409, second)
    assert "Second" in response.text
    assert "Third" in response.text


def test_a_version_from_before_the_row_is_a_conflict_too(as_mark, plan, action, htmx):
    other = ObjectiveFactory(plan=plan)

    response = as_mark.post(cell_url(action, "objective"), {"objective": other.pk, "version": 0}, headers=htmx())

    assert response.status_code == 409
