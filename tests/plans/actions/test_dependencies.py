"""Actions that wait for others: never in a circle, marked while they wait, offered when what they wait for moves."""

import datetime as dt
import json
import uuid
from itertools import pairwise

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from plans.actions.dependencies import circle_through, followers_of
from plans.actions.facts import action_row
from plans.items.bin import bin_item, restore_item
from plans.items.copying import duplicate_items
from plans.items.services import duplicate_plan
from plans.models import Action, BulkChange
from tests.factories import ActionFactory, ObjectiveFactory

FRIDAY = dt.date(2026, 9, 4)
IDS = st.integers(1, 8)


@pytest.fixture
def objective(plan):
    return ObjectiveFactory(plan=plan)


@pytest.fixture
def train(objective):
    return ActionFactory(objective=objective, title="Train", deadline=FRIDAY, position=0)


@pytest.fixture
def launch(objective, train):
    """Waits for the training, is due five working days after it, and takes two days."""
    action = ActionFactory(
        objective=objective,
        title="Launch",
        starts_on=dt.date(2026, 9, 9),
        deadline=dt.date(2026, 9, 11),
        position=1,
    )
    action.waits_for.add(train)
    return action


@pytest.fixture
def review(objective, launch):
    action = ActionFactory(objective=objective, title="Review", deadline=dt.date(2026, 9, 18), position=2)
    action.waits_for.add(launch)
    return action


def save(client, action, **data):
    fields = {"title": action.title, "objective": action.objective_id, "status": action.status, "priority": 3}
    dates = {name: day.isoformat() for name in ("starts_on", "deadline") if (day := getattr(action, name))}
    return client.post(
        reverse("plans:action_edit", args=[action.pk]), fields | dates | {"version": action.version} | data
    )


def titles(actions):
    return sorted(action.title for action in actions.all())


# Chosen in the form


def test_what_an_action_waits_for_is_chosen_in_its_form(as_mark, train, launch, review):
    save(as_mark, review, waits_for=[train.pk, launch.pk])

    assert titles(review.waits_for) == ["Launch", "Train"]
    assert titles(train.awaited_by) == ["Launch", "Review"]


@pytest.mark.parametrize(
    ("who", "whom", "path"),
    [
        ("train", "launch", "Train → Launch → Train"),
        ("train", "review", "Train → Review → Launch → Train"),
    ],
)
def test_a_circle_is_refused_and_its_path_is_named(as_mark, train, launch, review, who, whom, path):
    actions = {"train": train, "launch": launch, "review": review}

    response = save(as_mark, actions[who], waits_for=[actions[whom].pk])

    assert response.status_code == 422
    assert f"They would wait for each other: {path}." in response.text
    assert not train.waits_for.exists()


def test_an_action_does_not_wait_for_itself(as_mark, train):
    response = save(as_mark, train, waits_for=[train.pk])

    assert response.status_code == 422
    assert not train.waits_for.exists()


def test_an_action_waits_for_none_of_another_plan(as_mark, train, workspace):
    other = ActionFactory(objective__plan__workspace=workspace, title="Next year")

    response = save(as_mark, train, waits_for=[other.pk])

    assert response.status_code == 422
    assert not train.waits_for.exists()


@given(st.dictionaries(IDS, st.lists(IDS, max_size=4), max_size=8))
def test_a_circle_is_found_if_and_only_if_there_is_one_and_each_step_of_it_is_a_link(links):
    for start in range(1, 9):
        way = circle_through(start, links)

        reached, new = set(), set(links.get(start, []))
        while new:
            reached |= new
            new = {there for here in new for there in links.get(here, [])} - reached
        assert bool(way) == (start in reached)
        if way:
            assert way[0] == way[-1] == start
            assert all(there in links[here] for here, there in pairwise(way))


def test_of_many_actions_the_form_offers_the_first_and_finds_the_others(as_mark, plan, objective, train):
    ActionFactory.create_batch(120, objective=objective, title="Call", position=9)
    far = ActionFactory(objective=objective, title="Exhibit in Lyon", position=99)
    train.waits_for.add(far)

    page = as_mark.get(reverse("plans:action_edit", args=[train.pk]))
    found = as_mark.get(reverse("plans:action_options", args=[plan.pk]), {"q": "lyon exh"})

    assert page.text.count(">Call</option>") == 100
    assert f'<option value="{far.pk}" selected>Exhibit in Lyon</option>' in page.text
    assert f'data-load="{reverse("plans:action_options", args=[plan.pk])}"' in page.text
    assert json.loads(found.text)["options"] == [{"value": far.pk, "text": "Exhibit in Lyon"}]


# Shown


def test_the_page_of_an_action_says_what_it_waits_for_and_what_waits_for_it(as_bob, train, launch, review):
    page = as_bob.get(launch.get_absolute_url())

    assert [action.title for action in page.context["waits_for"]] == ["Train"]
    assert [action.title for action in page.context["awaited_by"]] == ["Review"]
    assert f'href="{train.get_absolute_url()}">Train</a>' in page.text


def test_the_table_marks_what_waits_until_all_it_waits_for_is_done(as_mark, plan, train, launch):
    def html():
        plan.refresh_from_db()
        return action_row(plan, launch.pk, today=FRIDAY)["html"]

    assert '<span class="waits">waits for 1</span>' in html()

    as_mark.post(reverse("plans:action_cell", args=[train.pk]) + "?cell=status", {"status": "done"})

    assert "waits" not in html()


def test_a_title_edited_in_the_table_keeps_its_mark(as_mark, launch, htmx):
    url = reverse("plans:action_cell", args=[launch.pk]) + "?cell=title"

    assert "waits for 1" in as_mark.post(url, {"title": "Launch it"}, headers=htmx()).text


def test_a_filter_leaves_those_that_wait(as_mark, plan, train, launch, review):
    launch.status, launch.done_on = "done", FRIDAY
    launch.save()

    def found():
        page = as_mark.get(reverse("plans:actions", args=[plan.pk]), {"waiting": "yes"}).context["page"]
        return [row["title"] for row in page.rows]

    assert found() == []
    review.waits_for.add(train)
    plan.touch()
    assert found() == ["Review"]


# Kept


def test_a_copied_plan_has_the_same_dependencies_among_its_own_actions(plan, alice, train, launch, review):
    copy = duplicate_plan(plan, name="Next year", starts_on=dt.date(2027, 1, 1), owner=alice)

    found = Action.objects.in_plan(copy)
    assert titles(found.get(title="Review").waits_for) == ["Launch"]
    assert set(found.get(title="Launch").waits_for.values_list("plan", flat=True)) == {copy.pk}


def test_copies_of_several_actions_wait_for_each_other_as_the_originals_do(train, launch, review):
    copies = duplicate_items([launch, review])

    assert list(copies[1].waits_for.all()) == [copies[0]]
    assert list(copies[0].waits_for.all()) == [train]


def test_a_deleted_action_comes_back_with_what_it_waits_for_and_what_waits_for_it(mark, train, launch, review):
    binned = bin_item(Action.objects.get(pk=launch.pk), by=mark)
    assert not review.waits_for.exists()

    restore_item(binned)

    assert titles(launch.waits_for) == ["Train"]
    assert titles(review.waits_for) == ["Launch"]


# Moving along


def proposed(plan, moved):
    return [(follower.action.title, follower.day) for follower in followers_of(plan, moved)]


def test_what_waits_is_proposed_as_many_working_days_away_however_far_along(plan, train, launch, review):
    assert proposed(plan, {train.pk: 5}) == [("Launch", dt.date(2026, 9, 18)), ("Review", dt.date(2026, 9, 25))]
    assert proposed(plan, {launch.pk: -1}) == [("Review", dt.date(2026, 9, 17))]
    assert proposed(plan, {review.pk: 5}) == []
    assert proposed(plan, {train.pk: 0}) == []


def test_of_two_moves_the_later_counts_and_what_was_moved_itself_is_not_proposed(plan, train, launch, review):
    review.waits_for.add(train)

    assert proposed(plan, {train.pk: 2, launch.pk: 5}) == [("Review", dt.date(2026, 9, 25))]


def test_what_is_done_stays_and_hands_on(plan, train, launch, review):
    launch.status, launch.done_on = "done", FRIDAY
    launch.save()

    assert proposed(plan, {train.pk: 5}) == [("Review", dt.date(2026, 9, 25))]


def follow_url(plan, moved):
    return reverse("plans:actions_follow", args=[plan.pk], query={"moved": moved})


def test_moving_a_deadline_in_its_cell_moves_nothing_else_and_offers_the_rest(as_mark, plan, train, launch, htmx):
    url = reverse("plans:action_cell", args=[train.pk]) + "?cell=due"

    response = as_mark.post(url, {"deadline": "2026-09-11"}, headers=htmx())

    launch.refresh_from_db()
    assert launch.deadline == dt.date(2026, 9, 11)
    offer = json.loads(response.headers["HX-Trigger"])["offer-followers"]["url"]
    assert offer == follow_url(plan, f"{train.pk}:5")
    rows = as_mark.get(offer, headers=htmx()).context["rows"]
    assert [(row["action"].title, row["day"], row["ticked"]) for row in rows] == [("Launch", "2026-09-18", True)]


@pytest.mark.parametrize("deadline", ["2026-09-04", ""])
def test_nothing_is_offered_when_nothing_has_moved(as_mark, train, launch, htmx, deadline):
    url = reverse("plans:action_cell", args=[train.pk]) + "?cell=due"

    assert "HX-Trigger" not in as_mark.post(url, {"deadline": deadline}, headers=htmx()).headers


def test_the_form_leads_to_the_offer(as_mark, plan, train, launch):
    response = save(as_mark, train, deadline="2026-09-07")

    assert response.url == follow_url(plan, f"{train.pk}:1")
    assert "2026-09-14" in as_mark.get(response.url).text


def test_a_bar_moved_on_the_timeline_offers_the_rest_and_draws_the_timeline_again(as_mark, plan, train, launch, htmx):
    timeline = {"HX-Current-URL": reverse("plans:actions", args=[plan.pk]) + "?view=timeline"}
    bar = reverse("plans:action_bar", args=[train.pk])

    response = as_mark.post(bar, {"deadline": "2026-09-11"}, headers=htmx() | timeline)

    offer = json.loads(response.headers["HX-Trigger"])["offer-followers"]["url"]
    assert offer == follow_url(plan, f"{train.pk}:5")
    data = {"ids": [launch.pk], f"day-{launch.pk}": "2026-09-18", f"was-{launch.pk}": "2026-09-11"}
    answer = as_mark.post(offer, data, headers=htmx() | timeline)
    assert answer.headers["HX-Retarget"] == "#action-table"
    assert 'class="tl' in answer.text


def test_a_bulk_change_offers_what_waits_for_any_of_them(as_mark, plan, train, launch, review, htmx):
    url = reverse("plans:actions_change", args=[plan.pk])

    response = as_mark.post(url, {"ids": f"{train.pk},{launch.pk}", "shift": "5"}, headers=htmx())

    offer = json.loads(response.headers["HX-Trigger"])["offer-followers"]["url"]
    assert [row["action"].title for row in as_mark.get(offer).context["rows"]] == ["Review"]


def test_those_ticked_move_in_one_go_and_back_again(as_mark, plan, train, launch, review, htmx):
    data = {"ids": [launch.pk], f"day-{launch.pk}": "2026-09-18", f"was-{launch.pk}": "2026-09-11"}
    data |= {f"day-{review.pk}": "2026-09-25", f"was-{review.pk}": "2026-09-18"}

    response = as_mark.post(follow_url(plan, f"{train.pk}:5"), data, headers=htmx())

    launch.refresh_from_db()
    review.refresh_from_db()
    assert (launch.starts_on, launch.deadline) == (dt.date(2026, 9, 16), dt.date(2026, 9, 18))
    assert review.deadline == dt.date(2026, 9, 18)
    assert response.headers["HX-Trigger-After-Settle"] == "followers-moved"
    assert f'hx-swap-oob="true" id="action-{launch.pk}"' in response.text

    as_mark.post(reverse("plans:bulkchange_undo", args=[BulkChange.objects.get().pk]))

    launch.refresh_from_db()
    assert (launch.starts_on, launch.deadline) == (dt.date(2026, 9, 9), dt.date(2026, 9, 11))


def test_what_has_begun_keeps_its_start(as_mark, plan, train, launch):
    launch.status = "in_progress"
    launch.save()
    data = {"ids": [launch.pk], f"day-{launch.pk}": "2026-09-18", f"was-{launch.pk}": "2026-09-11"}

    as_mark.post(follow_url(plan, f"{train.pk}:5"), data)

    launch.refresh_from_db()
    assert (launch.starts_on, launch.deadline) == (dt.date(2026, 9, 9), dt.date(2026, 9, 18))


def test_sent_twice_they_move_once(as_mark, plan, train, launch):
    data = {"ids": [launch.pk], f"day-{launch.pk}": "2026-09-18", f"was-{launch.pk}": "2026-09-11"}
    data["uid"] = str(uuid.uuid4())

    for _time in range(2):
        response = as_mark.post(follow_url(plan, f"{train.pk}:5"), data)

    assert response.status_code == 302
    assert BulkChange.objects.count() == 1


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"was": "2026-09-10"}, "Given another deadline meanwhile: “Launch”."),
        ({"day": "2026-02-30"}, "There is no such day for “Launch”."),
        ({"day": ""}, "There is no such day for “Launch”."),
        ({"day": "2025-01-01", "begun": True}, "before the start of “Launch”."),
    ],
)
def test_what_cannot_be_is_named_and_nothing_moves(as_mark, plan, train, launch, changed, message):
    if changed.get("begun"):
        Action.objects.filter(pk=launch.pk).update(status="in_progress")
    day, was = changed.get("day", "2026-09-18"), changed.get("was", "2026-09-11")

    response = as_mark.post(
        follow_url(plan, f"{train.pk}:5"), {"ids": launch.pk, f"day-{launch.pk}": day, f"was-{launch.pk}": was}
    )

    launch.refresh_from_db()
    assert response.status_code == 422
    assert message in response.text
    assert launch.deadline == dt.date(2026, 9, 11)


def test_readers_move_nothing_along(as_bob, plan, train, launch):
    data = {"ids": [launch.pk], f"day-{launch.pk}": "2026-09-18", f"was-{launch.pk}": "2026-09-11"}

    assert as_bob.post(follow_url(plan, f"{train.pk}:5"), data).status_code == 403


@pytest.mark.parametrize("moved", ["", "x", "7", "7:", ":5", "999999999999:5", "7:5:5", "٣:5", "-7:5"])
def test_an_address_that_makes_no_sense_offers_nothing(as_mark, plan, moved):
    page = as_mark.get(follow_url(plan, moved))

    assert page.status_code == 200
    assert "Nothing waits for it." in page.text
