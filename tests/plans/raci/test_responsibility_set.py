"""One cell of the matrix, saved by itself."""

import pytest
from django.urls import reverse

from plans.models import Responsibility, Role
from plans.plan.completeness import completeness_of
from tests.factories import ActionFactory, ObjectiveFactory, ResponsibilityFactory, RoleFactory


@pytest.fixture
def role(plan):
    return RoleFactory(team__plan=plan, title="Sales manager")


@pytest.fixture
def director(role):
    return RoleFactory(team=role.team, title="Sales director")


@pytest.fixture
def objective(plan):
    return ObjectiveFactory(plan=plan)


def set_part(client, role, headers=None, **data):
    return client.post(reverse("plans:responsibility_set", args=[role.pk]), data, headers=headers)


def parts():
    return {(part.role.title, part.kind) for part in Responsibility.objects.select_related("role")}


def test_a_cell_answers_with_its_row_and_the_count(as_alice, role, objective, htmx):
    response = set_part(as_alice, role, htmx(), objective=objective.pk, kind="A", was="")

    assert parts() == {("Sales manager", "A")}
    assert f'<tbody id="objective-{objective.pk}"' in response.text
    assert "1 of 1 objective has somebody accountable." in response.text
    assert "<html" not in response.text


def test_a_cell_of_an_action_is_saved_too(as_alice, role, htmx):
    action = ActionFactory(objective__plan=role.plan)

    set_part(as_alice, role, htmx(), action=action.pk, kind="C")

    assert Responsibility.objects.get().action == action


def test_a_cell_changes_and_empties(as_alice, role, objective, htmx):
    set_part(as_alice, role, htmx(), objective=objective.pk, kind="R", was="")
    set_part(as_alice, role, htmx(), objective=objective.pk, kind="I", was="R")
    assert parts() == {("Sales manager", "I")}

    set_part(as_alice, role, htmx(), objective=objective.pk, kind="", was="I")

    assert parts() == set()


def test_a_second_one_accountable_is_refused_with_who_is(as_alice, role, director, objective, htmx):
    ResponsibilityFactory(role=director, objective=objective, kind="A")

    response = set_part(as_alice, role, htmx(), objective=objective.pk, kind="A", was="")

    assert response.status_code == 422
    assert "Sales director is accountable already" in response.text
    assert "Make Sales manager accountable instead" in response.text
    assert 'aria-invalid="true"' in response.text
    assert parts() == {("Sales director", "A")}


def test_somebody_else_is_made_accountable_instead(as_alice, role, director, objective, htmx):
    ResponsibilityFactory(role=director, objective=objective, kind="A")

    response = set_part(as_alice, role, htmx(), objective=objective.pk, kind="A", instead="1")

    assert response.status_code == 200
    assert parts() == {("Sales manager", "A")}


def test_a_cell_somebody_else_has_changed_meanwhile_is_not_overwritten(as_alice, role, objective, htmx):
    ResponsibilityFactory(role=role, objective=objective, kind="C")

    response = set_part(as_alice, role, htmx(), objective=objective.pk, kind="R", was="I")

    assert response.status_code == 409
    assert "Somebody has set Sales manager to Consulted meanwhile" in response.text
    assert parts() == {("Sales manager", "C")}


def test_a_part_that_does_not_exist_is_explained(as_alice, role, objective, htmx):
    response = set_part(as_alice, role, htmx(), objective=objective.pk, kind="<b>X</b>")

    assert response.status_code == 422
    assert "Choose R, A, C or I, or leave the cell empty." in response.text
    assert parts() == set()


@pytest.mark.parametrize("pk", ["", "0", "-1", "1e30", "9" * 30, "💥"])
def test_an_objective_that_does_not_exist_is_not_found(as_alice, role, pk):
    assert set_part(as_alice, role, objective=pk, kind="A").status_code == 404


@pytest.mark.parametrize("field", ["objective", "action"])
def test_a_thing_of_another_plan_is_not_found(as_alice, role, field):
    foreign = ActionFactory()

    response = set_part(as_alice, role, **{field: foreign.pk, "kind": "A"})

    assert response.status_code == 404
    assert parts() == set()


def test_without_htmx_one_is_led_back_to_the_matrix(as_alice, role, objective):
    response = set_part(as_alice, role, objective=objective.pk, kind="A")

    assert response.url == reverse("plans:responsibilities", args=[role.plan_id]) + "?of=objectives"
    assert parts() == {("Sales manager", "A")}


def test_readers_are_refused(as_bob, role, objective):
    response = set_part(as_bob, role, objective=objective.pk, kind="A")

    assert response.status_code == 403
    assert parts() == set()


def test_nothing_changes_in_a_closed_plan(as_alice, role, objective, plan):
    plan.status = "closed"
    plan.save()

    assert set_part(as_alice, role, objective=objective.pk, kind="A").status_code == 403


@pytest.mark.parametrize("item_count", [1, 3])
def test_saving_a_cell_costs_the_same_in_a_larger_matrix(as_alice, plan, item_count, htmx, django_assert_num_queries):
    roles = [RoleFactory(team__plan=plan) for _index in range(item_count)]
    objectives = ObjectiveFactory.create_batch(item_count, plan=plan)

    # (19): session, user, role, plan, objective; savepoint, plan locked, part, accountable, insert, history,
    # clock, end of savepoint; clock read, roles, parts of the row, rows counted, accountable counted, completeness
    with django_assert_num_queries(19):
        set_part(as_alice, roles[0], htmx(), objective=objectives[0].pk, kind="A", was="")

    assert Responsibility.objects.count() == 1


def test_a_duplicated_role_does_not_share_what_one_answers_for(as_alice, role, objective):
    ResponsibilityFactory(role=role, objective=objective, kind="A")

    response = as_alice.post(reverse("plans:role_duplicate", args=[role.pk]))

    assert response.status_code == 302
    assert Role.objects.filter(title="Sales manager").count() == 2
    assert Responsibility.objects.get().role == role


def test_the_step_wants_somebody_accountable_for_every_objective(plan, role, objective):
    def missing():
        return {check.key for check in completeness_of(plan).steps[3].missing}

    other = ObjectiveFactory(plan=plan)
    ResponsibilityFactory(role=role, objective=objective, kind="A")
    plan.refresh_from_db()
    assert "accountable" in missing()

    ResponsibilityFactory(role=role, objective=other, kind="A")
    plan.refresh_from_db()

    assert "accountable" not in missing()
