"""A point ends in an action, or in a reason why not."""

import pytest
from django.urls import reverse

from plans.models import Action
from tests.factories import ActionFactory, ObjectiveFactory, SwotItemFactory


@pytest.fixture
def point(plan):
    return SwotItemFactory(plan=plan, text="Few references abroad")


def prioritise(point) -> str:
    return reverse("analysis:swotitem_prioritise", args=[point.pk])


def test_with_one_objective_a_point_becomes_an_action_at_once(as_alice, alice, plan, point, htmx):
    objective = ObjectiveFactory(plan=plan)

    response = as_alice.post(prioritise(point), headers=htmx("swot-board"))

    action = Action.objects.get()
    assert (action.objective, action.title) == (objective, "Few references abroad")
    assert action.origin == "Weakness: Few references abroad"
    assert action.history.get().history_user == alice
    assert list(point.actions.all()) == [action]
    assert f'href="{action.get_absolute_url()}"' in response.text


def test_with_several_objectives_the_point_asks_which(as_alice, plan, point, htmx):
    ObjectiveFactory.create_batch(2, plan=plan)

    response = as_alice.post(prioritise(point), headers=htmx("swot-board"))

    assert response.status_code == 200
    assert response.headers["HX-Retarget"] == f"#swotitem-{point.pk}"
    assert response.context["form"].fields["objective"].queryset.count() == 2
    assert Action.objects.count() == 0


def test_the_chosen_objective_gets_the_action_under_its_own_name(as_alice, plan, point, htmx):
    _first, second = ObjectiveFactory.create_batch(2, plan=plan)
    data = {"objective": second.pk, "title": "Collect five references"}

    as_alice.post(prioritise(point), data, headers=htmx("swot-board"))

    action = Action.objects.get()
    assert (action.objective, action.title) == (second, "Collect five references")


@pytest.mark.parametrize("wrong", [{"objective": "0"}, {"objective": "x"}, {"title": "x" * 10_000}])
def test_a_wrong_answer_is_explained_and_nothing_is_made(as_alice, plan, point, htmx, wrong):
    objective, _other = ObjectiveFactory.create_batch(2, plan=plan)

    response = as_alice.post(prioritise(point), {"objective": objective.pk} | wrong, headers=htmx("swot-board"))

    assert response.status_code == 422
    assert list(response.context["form"].errors) == list(wrong)
    assert Action.objects.count() == 0


def test_an_objective_of_another_plan_is_refused(as_alice, plan, point, htmx):
    ObjectiveFactory.create_batch(2, plan=plan)
    foreign = ObjectiveFactory()

    response = as_alice.post(prioritise(point), {"objective": foreign.pk}, headers=htmx("swot-board"))

    assert response.status_code == 422
    assert Action.objects.count() == 0


def test_without_an_objective_the_way_to_step_2_is_shown(as_alice, plan, point, htmx):
    response = as_alice.post(prioritise(point), headers=htmx("swot-board"))

    assert response.headers["HX-Retarget"] == f"#swotitem-{point.pk}"
    assert reverse("plans:objectives", args=[plan.pk]) in response.text
    assert as_alice.post(prioritise(point)).url == reverse("plans:objectives", args=[plan.pk])


def test_pressed_twice_there_is_one_action(as_alice, plan, point):
    ObjectiveFactory(plan=plan)

    for _time in range(2):
        as_alice.post(prioritise(point))

    assert Action.objects.count() == 1


def test_a_long_point_still_makes_an_action(as_alice, plan):
    ObjectiveFactory(plan=plan)
    point = SwotItemFactory(plan=plan, text="x" * 240)

    as_alice.post(prioritise(point))

    action = Action.objects.get()
    assert (len(action.title), len(action.origin)) == (200, 240)


def test_a_reader_cannot_make_a_priority(as_bob, plan, point):
    ObjectiveFactory(plan=plan)

    response = as_bob.post(prioritise(point))

    assert response.status_code == 403
    assert Action.objects.count() == 0


def test_a_point_is_linked_to_an_action_that_is_there(as_alice, plan, point, htmx):
    action = ActionFactory(objective__plan=plan)
    url = reverse("analysis:swotitem_link", args=[point.pk])

    response = as_alice.post(url, {"actions": [action.pk], "seen": ""}, headers=htmx("swot-board"))

    assert list(point.actions.all()) == [action]
    assert "pt-row hot" not in response.text


def test_linking_keeps_what_somebody_else_linked_meanwhile(as_alice, plan, point):
    opened_with, mine, theirs = ActionFactory.create_batch(3, objective__plan=plan)
    point.actions.set([opened_with, theirs])
    url = reverse("analysis:swotitem_link", args=[point.pk])

    as_alice.post(url, {"actions": [mine.pk], "seen": f"{opened_with.pk}"})

    assert set(point.actions.all()) == {mine, theirs}


def test_an_action_of_another_plan_cannot_be_linked(as_alice, point, htmx):
    url = reverse("analysis:swotitem_link", args=[point.pk])

    response = as_alice.post(url, {"actions": [ActionFactory().pk], "seen": ""}, headers=htmx("swot-board"))

    assert response.status_code == 422
    assert point.actions.count() == 0


def test_a_reader_cannot_link(as_bob, plan, point):
    action = ActionFactory(objective__plan=plan)

    response = as_bob.post(reverse("analysis:swotitem_link", args=[point.pk]), {"actions": [action.pk]})

    assert response.status_code == 403
    assert point.actions.count() == 0


def test_a_point_is_accepted_with_a_reason(as_alice, point, htmx):
    url = reverse("analysis:swotitem_accept", args=[point.pk])

    response = as_alice.post(url, {"accepted_because": "Too dear this year"}, headers=htmx("swot-board"))

    assert "Accepted: Too dear this year" in response.text
    assert "pt-row hot" not in response.text


@pytest.mark.parametrize("reason", ["", "   ", "x" * 10_000])
def test_accepting_needs_a_reason_of_some_words(as_alice, point, htmx, reason):
    url = reverse("analysis:swotitem_accept", args=[point.pk])

    response = as_alice.post(url, {"accepted_because": reason}, headers=htmx("swot-board"))

    point.refresh_from_db()
    assert response.status_code == 422
    assert response.headers["HX-Retarget"] == f"#swotitem-{point.pk}"
    assert point.accepted_because == ""


def test_a_reader_cannot_accept(as_bob, point):
    response = as_bob.post(reverse("analysis:swotitem_accept", args=[point.pk]), {"accepted_because": "No"})

    point.refresh_from_db()
    assert response.status_code == 403
    assert point.accepted_because == ""
