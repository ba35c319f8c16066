"""Step 5 as people use it: the board of seven stages, the pipeline counted back, and the stories."""

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse

from plans.models import SalesCycle, SalesStage, Story
from plans.strategy.services import ensure_stages
from tests.factories import (
    ObjectiveFactory,
    PersonaFactory,
    PlanFactory,
    RoleFactory,
    SalesCycleFactory,
    SegmentFactory,
    StoryFactory,
    TeamFactory,
)

COUNTED = ["prospecting", "qualification", "presentation", "objections", "negotiation", "closing"]
CONVERSIONS = dict(zip(COUNTED, ["25", "50", "60", "90", "80", "80"], strict=True))


@pytest.fixture
def objective(plan):
    return ObjectiveFactory(plan=plan, deadline=dt.date(2026, 12, 31))


def typed(objective, **changed):
    stages = {f"{kind}-conversion": percent for kind, percent in CONVERSIONS.items()}
    cycle = {"cycle-objective": objective.pk, "cycle-deal_size": "20 000", "cycle-needed": ""}
    return cycle | stages | {f"{kind}-days": "5" for kind in COUNTED} | changed


def save(client, plan, data, **more):
    return client.post(reverse("plans:pipeline", args=[plan.pk]), data, **more)


# The board


def test_the_seven_stages_are_made_when_an_editor_first_opens_the_page(as_alice, plan):
    for _time in range(2):
        as_alice.get(reverse("plans:strategy", args=[plan.pk]))

    assert list(SalesStage.objects.values_list("kind", flat=True)) == SalesStage.Kind.values


def test_a_reader_sees_the_seven_stages_and_makes_none(as_bob, plan):
    page = as_bob.get(reverse("plans:strategy", args=[plan.pk]))

    assert page.text.count("<article") == 7
    assert SalesStage.objects.count() == 0


def test_nothing_is_made_in_a_closed_plan(as_alice, plan):
    plan.status = "closed"
    plan.save()

    page = as_alice.get(reverse("plans:strategy", args=[plan.pk]))

    assert page.status_code == 200
    assert SalesStage.objects.count() == 0


def test_making_the_stages_again_changes_none(plan):
    stages = ensure_stages(plan)
    stages[0].methods = "By phone"
    stages[0].save()

    assert ensure_stages(plan)[0].methods == "By phone"
    assert SalesStage.objects.count() == 7


def test_a_stage_is_edited_in_place(as_alice, plan, htmx):
    stage = ensure_stages(plan)[1]
    role = RoleFactory(team=TeamFactory(plan=plan))
    data = {"methods": "- By phone", "owner": role.pk, "exit_criteria": "Budget known", "conversion": "50", "days": "5"}

    response = as_alice.post(reverse("plans:salesstage_edit", args=[stage.pk]), data, headers=htmx("strategy-board"))

    stage.refresh_from_db()
    assert (stage.methods, stage.owner, stage.conversion) == ("- By phone", role, 50)
    assert 'id="strategy-board"' in response.text
    assert "<li>By phone</li>" in response.text


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("conversion", "0", "no sale is ever closed"),
        ("conversion", "150", "no more can go on"),
        ("conversion", "1e30", "no more can go on"),
        ("conversion", "many", "number"),
        ("days", "-1", "greater than or equal"),
        ("days", "1e30", "whole number"),
        ("methods", "x" * 10_000, "5000"),
    ],
)
def test_a_wrong_stage_is_explained_and_not_saved(as_alice, plan, field, value, words):
    stage = ensure_stages(plan)[0]

    response = as_alice.post(reverse("plans:salesstage_edit", args=[stage.pk]), {field: value})

    stage.refresh_from_db()
    assert response.status_code == 422
    assert any(words in error for error in response.context["form"].errors[field])
    assert (stage.conversion, stage.days, stage.methods) == (None, None, "")


def test_an_owner_from_another_plan_is_refused(as_alice, plan):
    stage = ensure_stages(plan)[0]

    response = as_alice.post(reverse("plans:salesstage_edit", args=[stage.pk]), {"owner": RoleFactory().pk})

    assert response.status_code == 422


def test_readers_edit_no_stage(as_bob, plan):
    stage = ensure_stages(plan)[0]

    assert as_bob.post(reverse("plans:salesstage_edit", args=[stage.pk]), {"methods": "x"}).status_code == 403
    assert as_bob.post(reverse("plans:salesstage_suggest", args=[stage.pk]), {"number": "0"}).status_code == 403


def test_a_suggested_method_is_inserted_once(as_alice, plan):
    stage = ensure_stages(plan)[1]

    for _time in range(2):
        as_alice.post(reverse("plans:salesstage_suggest", args=[stage.pk]), {"number": "0"})

    stage.refresh_from_db()
    assert stage.methods == "- Interviews by telephone, from one list of questions"
    assert stage.exit_criteria


@pytest.mark.parametrize("number", ["", "99", "-1", "x"])
def test_a_suggestion_that_does_not_exist_changes_nothing(as_alice, plan, number):
    stage = ensure_stages(plan)[1]

    response = as_alice.post(reverse("plans:salesstage_suggest", args=[stage.pk]), {"number": number})

    stage.refresh_from_db()
    assert response.status_code == 400
    assert stage.methods == ""


# The pipeline


def test_the_pipeline_is_saved_whole(as_alice, plan, objective):
    response = save(as_alice, plan, typed(objective))

    cycle = SalesCycle.objects.get()
    assert response.status_code == 302
    assert (cycle.objective, cycle.deal_size) == (objective, 20_000)
    assert SalesStage.objects.get(kind="closing").conversion == 80


def test_saving_in_place_draws_the_board_again(as_alice, plan, objective, htmx):
    response = save(as_alice, plan, typed(objective), headers=htmx("strategy-board"))

    # 330,000 of growth / 20,000 a deal = 17; back through 80, 80, 90, 60, 50 and 25 %.
    assert '<b class="num">17 deals</b> bring 330,000\xa0€' in response.text
    assert '<b class="big">432</b>' in response.text
    assert "<html" not in response.text


def test_a_wrong_figure_saves_nothing_and_keeps_what_was_typed(as_alice, plan, objective, htmx):
    data = typed(objective, **{"closing-conversion": "0", "prospecting-days": "x" * 10_000})

    response = save(as_alice, plan, data, headers=htmx("strategy-board"))

    assert response.status_code == 422
    assert 'value="20 000"' in response.text
    assert "no sale is ever closed" in response.text
    assert SalesStage.objects.exclude(conversion=None).count() == 0


def test_the_form_as_the_page_gives_it_saves_the_first_pipeline(as_alice, plan, objective):
    page = as_alice.get(reverse("plans:strategy", args=[plan.pk]))
    versions = {form["version"].html_name: form["version"].value() for form in page.context["forms"].all}

    response = save(as_alice, plan, typed(objective, **versions))

    assert response.status_code == 302
    assert SalesCycle.objects.get().deal_size == 20_000


def test_two_people_saving_the_pipeline_the_second_sees_what_the_first_wrote(as_alice, plan, objective):
    stages = {stage.kind: stage for stage in ensure_stages(plan)}
    seen = {f"{kind}-version": stages[kind].version for kind in COUNTED}
    closing = stages["closing"]
    closing.conversion = 70
    closing.save()

    response = save(as_alice, plan, typed(objective) | seen)

    closing.refresh_from_db()
    assert response.status_code == 409
    assert closing.conversion == 70


def test_an_objective_of_another_plan_is_refused(as_alice, plan):
    response = save(as_alice, plan, typed(ObjectiveFactory()))

    assert response.status_code == 422
    assert not SalesCycle.objects.filter(objective__isnull=False).exists()


def test_readers_save_no_pipeline(as_bob, plan, objective):
    response = save(as_bob, plan, typed(objective))

    assert response.status_code == 403
    assert SalesCycle.objects.count() == 0


def preview(client, plan, data):
    return client.get(reverse("plans:pipeline_preview", args=[plan.pk]), data)


def test_the_preview_counts_with_what_is_typed_and_saves_nothing(as_alice, plan, objective):
    response = preview(as_alice, plan, typed(objective))

    assert "17 deals" in response.text
    assert 'id="load-prospecting" hx-swap-oob="true"' in response.text
    assert SalesStage.objects.count() == 0
    assert SalesCycle.objects.count() == 0


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"negotiation-conversion": ""}, "The conversion of Negotiation is missing."),
        ({"negotiation-conversion": "0"}, "Negotiation: More than nobody"),
        ({"negotiation-conversion": "1e30"}, "Negotiation: At most 100"),
        ({"cycle-deal_size": ""}, "The average deal is missing."),
        ({"cycle-deal_size": "-5"}, "The average deal is missing."),
        ({"cycle-objective": ""}, "Choose the objective"),
        ({"cycle-objective": "999999"}, "Choose the objective"),
        ({"cycle-needed": "1e30"}, "digits"),
        ({"closing-days": "30000"}, "No full cycle fits in"),
        (dict.fromkeys([f"{kind}-conversion" for kind in COUNTED], ""), "The conversions are missing"),
    ],
)
def test_the_preview_says_what_is_missing_or_wrong(as_alice, plan, objective, changed, words):
    response = preview(as_alice, plan, typed(objective) | changed)

    assert response.status_code == 200
    assert words in response.text


def test_an_objective_that_shrinks_asks_what_deals_have_to_bring(as_alice, plan):
    objective = ObjectiveFactory(plan=plan, title="Cut returns", direction="less", baseline=50, target=40)

    assert "does not grow by deals" in preview(as_alice, plan, typed(objective)).text


def test_what_deals_have_to_bring_may_be_less_than_the_growth(as_alice, plan, objective):
    response = preview(as_alice, plan, typed(objective, **{"cycle-needed": "100 000"}))

    assert "5 deals" in response.text


# Stories


def test_a_story_is_added_for_a_persona_and_a_stage(as_alice, plan, htmx):
    persona = PersonaFactory(segment=SegmentFactory(plan=plan))
    stage = ensure_stages(plan)[3]
    data = {"title": "Five days", "anecdote": "*Lost*.", "persona": persona.pk, "stage": stage.pk}

    response = as_alice.post(reverse("plans:story_add", args=[plan.pk]), data, headers=htmx("story-list"))

    assert Story.objects.get().persona == persona
    assert 'id="story-list"' in response.text
    assert "<em>Lost</em>" in response.text


def test_a_story_without_a_title_is_explained_and_not_saved(as_alice, plan):
    response = as_alice.post(reverse("plans:story_add", args=[plan.pk]), {"anecdote": "x" * 6000})

    assert response.status_code == 422
    assert Story.objects.count() == 0


def test_a_persona_of_another_plan_is_refused(as_alice, plan):
    data = {"title": "Five days", "persona": PersonaFactory().pk}

    assert as_alice.post(reverse("plans:story_add", args=[plan.pk]), data).status_code == 422


def test_the_example_story_is_inserted(as_alice, plan):
    ensure_stages(plan)

    as_alice.post(reverse("plans:story_example", args=[plan.pk]))

    assert Story.objects.get().stage.kind == "objections"


def test_readers_write_no_story(as_bob, plan):
    assert as_bob.post(reverse("plans:story_add", args=[plan.pk]), {"title": "x"}).status_code == 403
    assert as_bob.post(reverse("plans:story_example", args=[plan.pk])).status_code == 403
    assert Story.objects.count() == 0


def test_the_stories_are_drawn_alone_when_asked_for(as_alice, plan, htmx):
    page = as_alice.get(reverse("plans:strategy", args=[plan.pk]), headers=htmx("story-list"))

    assert page.text.strip().startswith('<section id="story-list"')


def test_a_plan_copied_in_part_still_has_each_stage_once(plan):
    other = PlanFactory(workspace=plan.workspace)

    assert {stage.plan_id for stage in ensure_stages(other)} == {other.pk}


@pytest.mark.parametrize("item_count", [1, 3])
def test_the_page_asks_as_often_for_three_stories_as_for_one(
    as_alice, plan, objective, item_count, django_assert_num_queries
):
    stages = ensure_stages(plan)
    SalesCycleFactory(plan=plan, objective=objective)
    persona = PersonaFactory(segment=SegmentFactory(plan=plan))
    StoryFactory.create_batch(item_count, plan=plan, persona=persona, stage=stages[0])
    url = reverse("plans:strategy", args=[plan.pk])

    # (10): session, user, plan, stages with owners, cycle, stories, objectives to choose from, workspaces,
    # the week's KPIs, completeness
    with django_assert_num_queries(10):
        page = as_alice.get(url)

    assert page.text.count("<h3>The quote that took five days</h3>") == item_count


def test_decimal_figures_are_understood_in_polish(as_alice, plan, objective, alice):
    alice.language = "pl"
    alice.save()

    save(as_alice, plan, typed(objective, **{"closing-conversion": "12,5"}))

    assert SalesStage.objects.get(kind="closing").conversion == Decimal("12.5")
