import pytest
from django.urls import reverse

from analysis.models import SwotItem
from plans.models import BinnedItem
from tests.factories import ActionFactory, EvidenceFactory, SwotItemFactory, TowsStrategyFactory


def point_data(**changes) -> dict:
    return {"text": "No presence online", "quadrant": "weakness", "weight": 2, "detail": "", "accepted_because": ""} | (
        changes
    )


def board(response) -> dict[str, list[str]]:
    return {
        quadrant["value"]: [point.text for point in quadrant["points"].rows]
        for quadrant in response.context["quadrants"]
    }


def test_a_point_is_added_to_the_list_it_was_asked_for(as_alice, plan, htmx):
    url = reverse("analysis:swotitem_add", args=[plan.pk], query={"quadrant": "threat"})

    form = as_alice.get(url, headers=htmx()).context["form"]
    response = as_alice.post(url, point_data(quadrant="threat"), headers=htmx("swot-board"))

    assert form["quadrant"].value() == "threat"
    assert board(response)["threat"] == ["No presence online"]


def test_a_reader_cannot_add_a_point(as_bob, plan):
    response = as_bob.post(reverse("analysis:swotitem_add", args=[plan.pk]), point_data())

    assert response.status_code == 403
    assert SwotItem.objects.count() == 0


@pytest.mark.parametrize(
    "wrong", [{"text": ""}, {"text": "x" * 10_000}, {"quadrant": "luck"}, {"weight": "9"}, {"detail": "x" * 10_000}]
)
def test_a_wrong_point_is_explained_and_nothing_is_saved(as_alice, plan, htmx, wrong):
    url = reverse("analysis:swotitem_add", args=[plan.pk], query={"quadrant": "weakness"})

    response = as_alice.post(url, point_data(**wrong), headers=htmx("swot-board"))

    assert response.status_code == 422
    assert response.headers["HX-Retarget"] == f"#swotitem-add-{plan.pk}-weakness"
    assert list(response.context["form"].errors) == list(wrong)
    assert SwotItem.objects.count() == 0


def test_a_point_is_dragged_into_another_quadrant(as_alice, plan, htmx):
    SwotItemFactory(plan=plan, quadrant="threat", text="A price war")
    point = SwotItemFactory(plan=plan, text="Slow quotes")
    url = reverse("analysis:swotitem_move", args=[point.pk])

    response = as_alice.post(url, {"position": 0, "list": "threat"}, headers=htmx("swot-board"))

    assert board(response)["threat"] == ["Slow quotes", "A price war"]
    assert board(response)["weakness"] == []


def test_a_point_stays_when_the_quadrant_does_not_exist(as_alice, plan):
    point = SwotItemFactory(plan=plan)

    as_alice.post(reverse("analysis:swotitem_move", args=[point.pk]), {"position": 0, "list": "luck"})

    point.refresh_from_db()
    assert point.quadrant == "weakness"


def test_a_reader_cannot_move_a_point(as_bob, plan):
    point = SwotItemFactory(plan=plan)

    response = as_bob.post(reverse("analysis:swotitem_move", args=[point.pk]), {"position": 0, "list": "threat"})

    point.refresh_from_db()
    assert response.status_code == 403
    assert point.quadrant == "weakness"


def test_a_point_given_another_quadrant_in_its_form_goes_to_the_end_of_that_list(as_alice, plan, htmx):
    SwotItemFactory(plan=plan, quadrant="threat", text="A price war", position=4)
    point = SwotItemFactory(plan=plan, text="Slow quotes", position=0)
    url = reverse("analysis:swotitem_edit", args=[point.pk])

    response = as_alice.post(url, point_data(text="Slow quotes", quadrant="threat"), headers=htmx("swot-board"))

    assert board(response)["threat"] == ["A price war", "Slow quotes"]


def test_points_without_action_or_reason_are_marked(as_alice, plan):
    hot = SwotItemFactory(plan=plan, text="Few references")
    SwotItemFactory(plan=plan, quadrant="threat", accepted_because="Too far off")
    SwotItemFactory(plan=plan, quadrant="strength")
    SwotItemFactory(plan=plan, text="Slow quotes").actions.add(ActionFactory(objective__plan=plan))

    page = as_alice.get(reverse("analysis:swot", args=[plan.pk])).text

    assert page.count("pt-row hot") == 1
    assert f'<li class="item pt-row hot" id="swotitem-{hot.pk}"' in page
    assert "Accepted: Too far off" in page


def test_the_head_counts_points_with_evidence(as_alice, plan):
    EvidenceFactory.create_batch(2, item=SwotItemFactory(plan=plan))
    SwotItemFactory(plan=plan)

    response = as_alice.get(reverse("analysis:swot", args=[plan.pk]))

    assert '<b class="b">1 of 2</b>' in response.text


def test_text_is_shown_as_typed(as_alice, plan):
    SwotItemFactory(plan=plan, text="<b>Bold</b> 🎯 سوق", detail="<script>alert(1)</script>")

    page = as_alice.get(reverse("analysis:swot", args=[plan.pk])).text

    assert "&lt;b&gt;Bold&lt;/b&gt; 🎯 سوق" in page
    assert "<script>alert" not in page


def test_a_deleted_point_comes_back_with_its_evidence_actions_and_moves(as_alice, plan):
    move = TowsStrategyFactory(plan=plan)
    point = move.internal
    EvidenceFactory(item=point)
    point.actions.add(ActionFactory(objective__plan=plan))
    as_alice.post(reverse("analysis:swotitem_delete", args=[point.pk]))
    assert not plan.towsstrategy_set.exists()

    as_alice.post(reverse("plans:item_restore", args=[BinnedItem.objects.get().pk]))

    point = SwotItem.objects.get(pk=point.pk)
    assert (point.evidence.count(), point.actions.count(), plan.towsstrategy_set.count()) == (1, 1, 1)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_board_costs_the_same_with_one_row_of_each_and_with_three(as_alice, plan, rows, django_assert_num_queries):
    for move in TowsStrategyFactory.create_batch(rows, plan=plan):
        EvidenceFactory.create_batch(rows, item=move.internal)
        move.internal.actions.add(*ActionFactory.create_batch(rows, objective__plan=plan))
    url = reverse("analysis:swot", args=[plan.pk])

    # session, user, plan, points, evidence, actions, moves, completeness, workspaces, week
    with django_assert_num_queries(10):
        as_alice.get(url)


def test_a_long_list_begins_with_five_points_and_the_others_follow(as_alice, plan, htmx):
    points = SwotItemFactory.create_batch(7, plan=plan, quadrant="threat")
    first, last = f'id="swotitem-{points[0].pk}"', f'id="swotitem-{points[6].pk}"'

    address = reverse("analysis:swot", args=[plan.pk])
    page = as_alice.get(address).text
    rest = as_alice.get(address + "?seen=5", headers=htmx("swot-rest-threat")).text

    assert (first in page, last in page, "Show 2 more" in page) == (True, False, True)
    assert (first in rest, last in rest, "Show" in rest) == (False, True, False)


def test_a_link_to_a_point_reaches_it_in_a_long_list(as_alice, plan):
    point = SwotItemFactory.create_batch(7, plan=plan, quadrant="threat")[6]

    assert f'id="swotitem-{point.pk}"' in as_alice.get(point.get_absolute_url()).text
