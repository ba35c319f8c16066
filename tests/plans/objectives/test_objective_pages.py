"""Step 2 as people use it: the list, the form that computes, the preview, and an objective's own page."""

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse

from plans.models import Milestone, Objective
from tests.factories import ActionFactory, KpiFactory, MilestoneFactory, ObjectiveFactory

TYPED = {
    "title": "Increase sales",
    "aim": "sales",
    "measure": "total",
    "direction": "more",
    "unit": "€",
    "baseline": "1 670 000",
    "starts_on": "2026-01-01",
    "ambition": "+15 % by year end",
}


def add(client, plan, **changed):
    return client.post(reverse("plans:objective_add", args=[plan.pk]), TYPED | changed)


def edit(client, objective, **changed):
    return client.post(reverse("plans:objective_edit", args=[objective.pk]), TYPED | changed)


# The change becomes numbers


@pytest.mark.parametrize(
    ("typed", "baseline", "target", "deadline"),
    [
        ({}, "1670000", "1920500", "2026-12-31"),
        (
            {"measure": "count", "unit": "customers", "baseline": "", "ambition": "500 new customers in six months"},
            "0",
            "500",
            "2026-06-30",
        ),
        (
            {"measure": "ratio", "unit": "%", "baseline": "80", "ambition": "+10 % in twelve months"},
            80,
            88,
            "2026-12-31",
        ),
        (
            {"measure": "milestones", "unit": "launches", "baseline": "", "ambition": "3 by quarter end"},
            "0",
            "3",
            "2026-03-31",
        ),
        ({"measure": "level", "baseline": "60", "ambition": "+20 % w 9 miesięcy"}, "60", "72", "2026-09-30"),
    ],
)
def test_saving_computes_target_and_deadline_of_each_kind(as_alice, plan, typed, baseline, target, deadline):
    add(as_alice, plan, **typed)

    saved = Objective.objects.get()
    assert (saved.baseline, saved.target) == (Decimal(baseline), Decimal(target))
    assert saved.deadline == dt.date.fromisoformat(deadline)


def test_what_was_typed_by_hand_stays(as_alice, plan):
    add(as_alice, plan, target="2 000 000", deadline="2026-11-30")

    saved = Objective.objects.get()
    assert (saved.target, saved.deadline) == (2_000_000, dt.date(2026, 11, 30))


def test_a_computed_target_follows_when_the_change_is_edited(as_alice, plan):
    add(as_alice, plan)
    saved = Objective.objects.get()

    edit(as_alice, saved, ambition="+20 % by year end", target="1920500", deadline="2026-12-31")

    saved.refresh_from_db()
    assert saved.target == 2_004_000


def test_a_target_of_ones_own_does_not_follow(as_alice, plan):
    add(as_alice, plan, target="1 800 000")
    saved = Objective.objects.get()

    edit(as_alice, saved, ambition="+20 % by year end", target="1800000", deadline="2026-12-31")

    saved.refresh_from_db()
    assert saved.target == 1_800_000


def test_a_band_is_kept_between_its_ends(as_alice, plan):
    add(as_alice, plan, direction="within", ambition="", baseline="", band_low="3", band_high="5")

    saved = Objective.objects.get()
    assert (saved.band_low, saved.band_high, saved.target) == (3, 5, None)


# What cannot be


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        ({"ambition": "", "target": "1670000"}, "target", "equals the baseline"),
        ({"deadline": "2025-12-31"}, "deadline", "after the start"),
        ({"deadline": "2026-02-31"}, "deadline", "no such day"),
        ({"ambition": "+15 % by 31 February"}, "ambition", "no such day"),
        ({"ambition": "plenty"}, "ambition", "not clear"),
        ({"baseline": "1e30"}, "baseline", "digits"),
        ({"baseline": "many"}, "baseline", "number"),
        ({"title": "x" * 10_000}, "title", "160"),
        ({"direction": "within", "band_low": "5", "band_high": "3"}, "band_high", "end above"),
        ({"direction": "within", "band_low": "5"}, "band_high", "both"),
        ({"measure": "milestones", "ambition": "", "target": "2,5"}, "target", "whole"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field_and_nothing_is_saved(as_alice, plan, typed, field, words):
    response = add(as_alice, plan, **typed)

    assert response.status_code == 422
    assert any(words in error for error in response.context["form"].errors[field])
    assert "+15" in response.text or "ambition" in typed
    assert Objective.objects.count() == 0


def test_a_percentage_without_a_baseline_is_kept_until_it_is_known(as_alice, plan):
    add(as_alice, plan, baseline="")

    saved = Objective.objects.get()
    assert (saved.target, saved.deadline) == (None, dt.date(2026, 12, 31))


def test_a_deadline_outside_the_plan_is_saved_and_warned_of(as_alice, plan):
    add(as_alice, plan, deadline="2027-03-31")

    page = as_alice.get(reverse("plans:objectives", args=[plan.pk]))

    assert "outside the plan" in page.text


def test_html_and_right_to_left_text_are_shown_as_text(as_alice, plan):
    ObjectiveFactory(plan=plan, title="<script>alert(1)</script> مبيعات 🎯")

    page = as_alice.get(reverse("plans:objectives", args=[plan.pk]))

    assert "&lt;script&gt;alert(1)&lt;/script&gt; مبيعات 🎯" in page.text


def test_objectives_are_listed_in_the_order_they_were_moved_to(as_alice, plan):
    rows = [ObjectiveFactory(plan=plan, title=title, position=place) for place, title in enumerate("ABC")]

    as_alice.post(reverse("plans:objective_move", args=[rows[2].pk]), {"position": 0})

    page = as_alice.get(reverse("plans:objectives", args=[plan.pk]))
    assert [objective.title for objective in page.context["objectives"]] == ["C", "A", "B"]


@pytest.mark.parametrize("name", ["plans:objective_edit", "plans:objective_change", "plans:objective_delete"])
def test_readers_change_no_objective(as_bob, plan, name):
    objective = ObjectiveFactory(plan=plan)

    assert as_bob.post(reverse(name, args=[objective.pk]), TYPED).status_code == 403


# The preview


def preview(client, plan, **typed):
    return client.get(reverse("plans:objective_preview", args=[plan.pk]), TYPED | typed)


def test_the_preview_turns_the_change_into_numbers_before_the_eyes(as_alice, plan):
    response = preview(as_alice, plan)

    assert "from 1,670,000\xa0€ to 1,920,500\xa0€ by 31 December 2026" in response.text
    assert 'data-target="1,920,500"' in response.text
    assert 'data-deadline="2026-12-31"' in response.text
    assert Objective.objects.count() == 0


def test_the_preview_says_what_a_percentage_of_a_percentage_is(as_alice, plan):
    response = preview(as_alice, plan, measure="ratio", unit="%", baseline="80", ambition="+10 % in a year")

    assert "10% of 80% is 8\xa0pt" in response.text
    assert "+10\xa0pt: 90%" in response.text


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"baseline": ""}, "Enter the baseline"),
        ({"ambition": "+15 % by 31 February"}, "no such day"),
        ({"ambition": "x" * 10_000}, "60 characters"),
        ({"ambition": "plenty"}, "not clear"),
        ({"target": "1e30"}, "digits"),
        ({"deadline": "2027-03-31"}, "outside the plan"),
        ({"target": "5"}, "below the baseline"),
    ],
)
def test_the_preview_says_what_is_wrong(as_alice, plan, typed, words):
    response = preview(as_alice, plan, **typed)

    assert response.status_code == 200
    assert words in response.text


def test_the_preview_reads_polish_and_answers_in_it(as_alice, plan, alice):
    alice.language = "pl"
    alice.save()

    response = preview(as_alice, plan, baseline="1234,5", ambition="+10 % do końca roku")

    assert 'data-target="1\xa0357,95"' in response.text


# An objective's own page


def test_the_page_of_an_objective_says_it_in_a_sentence(as_alice, plan, alice):
    objective = ObjectiveFactory(plan=plan, owner=alice, deadline=dt.date(2026, 12, 31))
    KpiFactory(plan=plan, objective=objective, name="Invoiced sales")

    page = as_alice.get(objective.get_absolute_url())

    assert "1,670,000\xa0€" in page.text
    assert "31 December 2026" in page.text
    assert "Invoiced sales" in page.text


def test_editing_on_its_own_page_draws_the_sheet_again(as_alice, plan, htmx):
    objective = ObjectiveFactory(plan=plan)
    url = reverse("plans:objective_change", args=[objective.pk])

    response = as_alice.post(url, TYPED | {"title": "Sell more"}, headers=htmx("objective-sheet"))

    objective.refresh_from_db()
    assert objective.title == "Sell more"
    assert 'id="objective-sheet"' in response.text
    assert "<html" not in response.text


def test_a_milestone_is_added_edited_and_deleted_on_the_page_of_its_objective(as_alice, plan, htmx):
    objective = ObjectiveFactory(plan=plan)
    headers = htmx("objective-sheet")

    added = as_alice.post(reverse("plans:milestone_add", args=[objective.pk]), {"title": "First"}, headers=headers)
    milestone = Milestone.objects.get()
    as_alice.post(reverse("plans:milestone_edit", args=[milestone.pk]), {"title": "Pilot"}, headers=headers)
    deleted = as_alice.post(reverse("plans:milestone_delete", args=[milestone.pk]))

    assert 'id="objective-sheet"' in added.text
    assert deleted.url == objective.get_absolute_url()
    assert Milestone.objects.count() == 0


def test_a_milestone_without_a_title_is_explained_and_not_saved(as_alice, plan):
    objective = ObjectiveFactory(plan=plan)

    response = as_alice.post(reverse("plans:milestone_add", args=[objective.pk]), {"title": ""})

    assert response.status_code == 422
    assert Milestone.objects.count() == 0


def test_a_milestone_is_reached_with_one_press_and_open_again_with_another(as_alice, plan):
    milestone = MilestoneFactory(objective=ObjectiveFactory(plan=plan))
    url = reverse("plans:milestone_reach", args=[milestone.pk])

    as_alice.post(url)
    milestone.refresh_from_db()
    assert milestone.done_on is not None

    as_alice.post(url)
    milestone.refresh_from_db()
    assert milestone.done_on is None


def test_readers_reach_no_milestone(as_bob, plan):
    milestone = MilestoneFactory(objective=ObjectiveFactory(plan=plan))

    response = as_bob.post(reverse("plans:milestone_reach", args=[milestone.pk]))

    milestone.refresh_from_db()
    assert response.status_code == 403
    assert milestone.done_on is None


# Examples


@pytest.mark.parametrize("key", ["sales", "customers", "retention", "launches", "basket"])
def test_each_example_is_inserted_with_its_numbers(as_alice, plan, alice, key):
    as_alice.post(reverse("plans:objective_example", args=[plan.pk]), {"key": key})

    objective = Objective.objects.get()
    assert objective.target is not None
    assert objective.deadline is not None
    assert objective.owner == alice


def test_an_example_ends_with_the_plan_where_its_own_day_would_be_the_first(as_alice, plan):
    plan.starts_on, plan.ends_on = dt.date(2026, 12, 31), dt.date(2027, 6, 30)
    plan.save()

    as_alice.post(reverse("plans:objective_example", args=[plan.pk]), {"key": "sales"})

    assert Objective.objects.get().deadline == dt.date(2027, 6, 30)


def test_an_example_that_does_not_exist_inserts_nothing(as_alice, plan):
    response = as_alice.post(reverse("plans:objective_example", args=[plan.pk]), {"key": "world peace"})

    assert response.status_code == 400
    assert Objective.objects.count() == 0


def test_readers_insert_no_example(as_bob, plan):
    response = as_bob.post(reverse("plans:objective_example", args=[plan.pk]), {"key": "sales"})

    assert response.status_code == 403
    assert Objective.objects.count() == 0


def test_nothing_is_inserted_into_a_closed_plan(as_alice, plan):
    plan.status = "closed"
    plan.save()

    response = as_alice.post(reverse("plans:objective_example", args=[plan.pk]), {"key": "sales"})

    assert response.status_code == 403


def test_an_empty_step_offers_examples_to_those_who_may_insert_them(as_alice, plan):
    page = as_alice.get(reverse("plans:objectives", args=[plan.pk]))

    assert "No objective yet" in page.text
    assert page.text.count('name="key"') == 5


def test_a_reader_sees_the_empty_step_without_buttons(as_bob, plan):
    page = as_bob.get(reverse("plans:objectives", args=[plan.pk]))

    assert "No objective yet" in page.text
    assert 'name="key"' not in page.text


# What pages cost


@pytest.mark.parametrize("item_count", [1, 3])
def test_the_list_asks_as_often_for_three_objectives_as_for_one(
    as_alice, plan, alice, item_count, django_assert_num_queries
):
    for objective in ObjectiveFactory.create_batch(item_count, plan=plan, owner=alice):
        MilestoneFactory.create_batch(2, objective=objective)
        KpiFactory(plan=plan, objective=objective)
    url = reverse("plans:objectives", args=[plan.pk])

    # (9): session, user, plan, objectives, their KPIs, values of these, workspaces, the week's KPIs, completeness
    with django_assert_num_queries(9):
        page = as_alice.get(url)

    assert page.text.count("0 of 2 milestones") == item_count


@pytest.mark.parametrize("item_count", [1, 3])
def test_the_page_of_an_objective_asks_as_often_for_three_of_everything_as_for_one(
    as_alice, plan, alice, item_count, django_assert_num_queries
):
    objective = ObjectiveFactory(plan=plan)
    MilestoneFactory.create_batch(item_count, objective=objective)
    ActionFactory.create_batch(item_count, objective=objective, person=alice)
    KpiFactory.create_batch(item_count, plan=plan, objective=objective)

    # (12): session, user, objective, plan, the objective with its counts, its neighbours, milestones, KPI names,
    # actions, workspaces, the week's KPIs, completeness
    with django_assert_num_queries(12):
        page = as_alice.get(objective.get_absolute_url())

    assert page.text.count("Launch an online advertising campaign") == item_count
