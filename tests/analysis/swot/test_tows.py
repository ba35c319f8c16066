"""Moves made by crossing an inner point with an outer one."""

import pytest
from django.urls import reverse

from analysis.models import TowsStrategy
from plans.models import Action
from tests.factories import ActionFactory, ObjectiveFactory, SwotItemFactory, TowsStrategyFactory


@pytest.fixture
def strength(plan):
    return SwotItemFactory(plan=plan, quadrant="strength", text="Service on site")


@pytest.fixture
def threat(plan):
    return SwotItemFactory(plan=plan, quadrant="threat", text="A price war")


def add(plan) -> str:
    return reverse("analysis:towsstrategy_add", args=[plan.pk])


def test_a_move_stands_under_the_kind_its_points_make(as_alice, plan, strength, threat, htmx):
    data = {"internal": strength.pk, "external": threat.pk, "title": "Publish total cost", "reasoning": ""}

    response = as_alice.post(add(plan), data, headers=htmx("swot-board"))

    moves = {kind["key"]: [move.title for move in kind["moves"]] for kind in response.context["kinds"]}
    assert moves["strength-threat"] == ["Publish total cost"]
    assert sum(len(titles) for titles in moves.values()) == 1


def test_a_move_crosses_inside_with_outside(as_alice, plan, strength, threat, htmx):
    data = {"internal": threat.pk, "external": strength.pk, "title": "Upside down", "reasoning": ""}

    response = as_alice.post(add(plan), data, headers=htmx("swot-board"))

    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["internal", "external"]
    assert TowsStrategy.objects.count() == 0


def test_points_of_another_plan_are_refused(as_alice, plan, threat, htmx):
    foreign = SwotItemFactory(quadrant="strength")
    data = {"internal": foreign.pk, "external": threat.pk, "title": "Spy", "reasoning": ""}

    response = as_alice.post(add(plan), data, headers=htmx("swot-board"))

    assert response.status_code == 422
    assert "No presence online" not in response.text
    assert TowsStrategy.objects.count() == 0


def test_a_reader_cannot_add_a_move(as_bob, plan, strength, threat):
    response = as_bob.post(add(plan), {"internal": strength.pk, "external": threat.pk, "title": "No"})

    assert response.status_code == 403
    assert TowsStrategy.objects.count() == 0


def test_the_heaviest_pair_nobody_has_crossed_is_offered(as_alice, plan, strength, threat):
    heavier = SwotItemFactory(plan=plan, quadrant="threat", text="New rules", weight=3)

    response = as_alice.get(reverse("analysis:swot", args=[plan.pk]))

    hints = {kind["key"]: kind["hint"] for kind in response.context["kinds"]}
    assert (hints["strength-threat"].internal, hints["strength-threat"].external) == (strength, heavier)
    assert hints["weakness-threat"] is None
    assert f"{add(plan)}?internal={strength.pk}&amp;external={heavier.pk}" in response.text


def test_an_offered_pair_is_filled_into_the_form(as_alice, plan, strength, threat, htmx):
    response = as_alice.get(add(plan), {"internal": strength.pk, "external": threat.pk}, headers=htmx())

    form = response.context["form"]
    assert (form["internal"].value(), form["external"].value()) == (strength.pk, threat.pk)


@pytest.mark.parametrize("junk", ["x", "99999999999999999999", "", "-1"])
def test_a_pair_that_is_none_is_left_out(as_alice, plan, htmx, junk):
    response = as_alice.get(add(plan), {"internal": junk, "external": junk}, headers=htmx())

    assert response.status_code == 200
    assert "selected" not in response.text.split('name="external"')[0].split('name="internal"')[1].split("<option")[2:]


def test_a_move_becomes_an_action_that_remembers_it_and_answers_both_points(as_alice, plan, htmx):
    move = TowsStrategyFactory(plan=plan, internal=SwotItemFactory(plan=plan), reasoning="It closes the gap")
    objective = ObjectiveFactory(plan=plan)
    url = reverse("analysis:towsstrategy_become", args=[move.pk])

    response = as_alice.post(url, headers=htmx("swot-board"))

    action = Action.objects.get()
    move.refresh_from_db()
    assert (action.objective, action.title, action.description) == (objective, move.title, "It closes the gap")
    assert action.origin.startswith("Weakness + Opportunity: ")
    assert move.action == action
    assert list(move.internal.actions.all()) == list(move.external.actions.all()) == [action]
    assert "Added to actions" in response.text


def test_a_move_becomes_one_action_however_often_one_asks(as_alice, plan):
    move = TowsStrategyFactory(plan=plan)
    ObjectiveFactory(plan=plan)

    for _time in range(2):
        as_alice.post(reverse("analysis:towsstrategy_become", args=[move.pk]))

    assert Action.objects.count() == 1


def test_a_reader_cannot_add_a_move_to_the_actions(as_bob, plan):
    move = TowsStrategyFactory(plan=plan)
    ObjectiveFactory(plan=plan)

    response = as_bob.post(reverse("analysis:towsstrategy_become", args=[move.pk]))

    assert response.status_code == 403
    assert Action.objects.count() == 0


def test_a_move_whose_point_changed_sides_asks_for_a_new_pair(as_alice, plan, htmx):
    move = TowsStrategyFactory(plan=plan)
    url = reverse("analysis:swotitem_move", args=[move.internal_id])

    response = as_alice.post(url, {"position": 0, "list": "threat"}, headers=htmx("swot-board"))

    assert [move.pk for move in response.context["uncrossed"]] == [move.pk]
    assert "has changed its side" in response.text


def test_moves_are_ordered_among_their_kind(as_alice, plan, strength, threat):
    chance = SwotItemFactory(plan=plan, quadrant="opportunity")
    first = TowsStrategyFactory(plan=plan, internal=strength, external=threat, position=0)
    TowsStrategyFactory(plan=plan, internal=strength, external=chance, position=1)
    second = TowsStrategyFactory(plan=plan, internal=strength, external=threat, position=2)

    as_alice.post(reverse("analysis:towsstrategy_move", args=[second.pk]), {"direction": "up"})

    assert list(first.siblings()) == [second, first]


def test_an_action_says_where_it_comes_from(as_bob, plan):
    action = ActionFactory(objective__plan=plan)
    point = SwotItemFactory(plan=plan, text="Slow quotes")
    point.actions.add(action)
    move = TowsStrategyFactory(plan=plan, title="Name a bid owner", action=action)

    response = as_bob.get(reverse("analysis:action_origin", args=[action.pk]))

    assert f'<a href="{point.get_absolute_url()}">Slow quotes</a>' in response.text
    assert f'<a href="{move.get_absolute_url()}">Name a bid owner</a>' in response.text


def test_an_action_from_nowhere_says_nothing(as_bob, plan):
    response = as_bob.get(reverse("analysis:action_origin", args=[ActionFactory(objective__plan=plan).pk]))

    assert response.status_code == 200
    assert response.text.strip() == ""


def test_a_stranger_learns_nothing_of_an_actions_origin(client, carol, plan):
    client.force_login(carol)

    response = client.get(reverse("analysis:action_origin", args=[ActionFactory(objective__plan=plan).pk]))

    assert response.status_code == 404
