"""Step 4: segments and personas."""

import pytest
from django.urls import reverse

from plans.models import Criterion, Persona, Segment
from plans.plan.completeness import completeness_of
from plans.targeting.services import insert_example_segment
from tests.factories import CriterionFactory, PersonaFactory, SegmentFactory

SEGMENT = {"name": "Mid-size manufacturers", "priority": 1, "size": 1200, "size_unit": "companies"}


def url(name, row):
    return reverse(f"plans:{name}", args=[row.pk])


@pytest.mark.parametrize("item_count", [1, 3])
def test_the_page_costs_the_same_with_more_segments(as_alice, plan, item_count, django_assert_num_queries):
    for segment in SegmentFactory.create_batch(item_count, plan=plan):
        CriterionFactory.create_batch(item_count, segment=segment)
        PersonaFactory.create_batch(item_count, segment=segment)

    # (9): session, user, plan, segments, criteria, personas, completeness, workspaces, week
    with django_assert_num_queries(9):
        response = as_alice.get(url("targeting", plan))

    assert response.text.count('class="item persona"') == item_count**2


def test_a_segment_is_added_in_place(as_alice, plan, htmx):
    response = as_alice.post(url("segment_add", plan), SEGMENT, headers=htmx("segment-board"))

    segment = Segment.objects.get()
    assert (segment.name, segment.size, segment.priority) == ("Mid-size manufacturers", 1200, 1)
    assert 'id="segment-board"' in response.text
    assert "1,200" in response.text


@pytest.mark.parametrize("size", ["-1", "1e30", "many", "99999999999999999999"])
def test_an_impossible_size_is_refused_with_what_was_typed(as_alice, plan, htmx, size):
    data = SEGMENT | {"size": size, "size_source": "Register"}

    response = as_alice.post(url("segment_add", plan), data, headers=htmx("segment-board"))

    assert response.status_code == 422
    assert "size" in response.context["form"].errors
    assert 'value="Register"' in response.text
    assert Segment.objects.count() == 0


def test_a_segment_without_a_name_is_refused(as_alice, plan):
    response = as_alice.post(url("segment_add", plan), SEGMENT | {"name": " "})

    assert response.status_code == 422
    assert Segment.objects.count() == 0


@pytest.mark.parametrize("name", ["segment_add", "segment_example"])
def test_readers_cannot_add_a_segment(as_bob, plan, name):
    response = as_bob.post(url(name, plan), SEGMENT)

    assert response.status_code == 403
    assert Segment.objects.count() == 0


def test_readers_see_the_segments_and_nothing_to_change_them_with(as_bob, plan):
    PersonaFactory(segment__plan=plan, name="Clara")

    text = as_bob.get(url("targeting", plan)).text

    assert "Clara" in text
    for deed in ("edit", "move", "duplicate", "delete", "add"):
        assert f"/{deed}/" not in text


def test_a_duplicated_segment_takes_criteria_and_personas_along(as_alice, plan):
    segment = SegmentFactory(plan=plan)
    CriterionFactory(segment=segment, text="Benelux")
    PersonaFactory(segment=segment, name="Clara")

    as_alice.post(url("segment_duplicate", segment))

    copy = Segment.objects.exclude(pk=segment.pk).get()
    assert [criterion.text for criterion in copy.criteria.all()] == ["Benelux"]
    assert [persona.name for persona in copy.personas.all()] == ["Clara"]


def test_a_deleted_segment_comes_back_with_all_that_hung_from_it(as_alice, plan):
    segment = SegmentFactory(plan=plan)
    CriterionFactory(segment=segment)
    PersonaFactory(segment=segment)
    as_alice.post(url("segment_delete", segment))
    assert [model.objects.count() for model in (Segment, Criterion, Persona)] == [0, 0, 0]

    as_alice.post(reverse("plans:item_restore", args=[plan.bin.get().pk]))

    assert [model.objects.count() for model in (Segment, Criterion, Persona)] == [1, 1, 1]


def test_a_persona_is_added_and_her_markdown_shown(as_alice, plan):
    segment = SegmentFactory(plan=plan)

    as_alice.post(url("persona_add", segment), {"name": "Clara", "goals": "- **Fewer** suppliers"})

    assert "<strong>Fewer</strong> suppliers" in as_alice.get(url("targeting", plan)).text


def test_a_persona_moves_to_another_segment(as_alice, plan):
    persona = PersonaFactory(segment__plan=plan)
    other = SegmentFactory(plan=plan)

    as_alice.post(url("persona_move", persona), {"position": 0, "list": other.pk})

    persona.refresh_from_db()
    assert persona.segment == other


def test_a_persona_too_long_to_keep_is_refused(as_alice, plan):
    segment = SegmentFactory(plan=plan)

    response = as_alice.post(url("persona_add", segment), {"name": "Clara", "goals": "x" * 10_000})

    assert response.status_code == 422
    assert "at most 3000 characters" in response.text
    assert Persona.objects.count() == 0


def test_markup_and_scripts_are_shown_as_text(as_alice, plan):
    segment = SegmentFactory(plan=plan, name="<b>مصانع</b> 🏭", description="<script>alert(1)</script>")
    PersonaFactory(segment=segment, name="=HYPERLINK(1)", quote="<img src=x onerror=alert(1)>")

    text = as_alice.get(url("targeting", plan)).text

    assert "&lt;b&gt;مصانع&lt;/b&gt; 🏭" in text
    assert "<script>alert(1)" not in text
    assert "<img src=x" not in text


def test_the_example_is_a_whole_segment_and_repeats_add_nothing(plan):
    insert_example_segment(plan)

    segment = insert_example_segment(plan)

    assert [str(criterion) for criterion in segment.criteria.all()] == ["Age", "Region", "Buying habits", "Employees"]
    assert Persona.objects.get().segment == segment


def test_the_button_inserts_the_example_in_place(as_alice, plan, htmx):
    response = as_alice.post(url("segment_example", plan), headers=htmx("segment-board"))

    assert Segment.objects.count() == 1
    assert 'id="segment-board"' in response.text


def test_the_step_says_what_is_missing(plan):
    SegmentFactory(plan=plan, size=None)
    plan.refresh_from_db()

    progress = completeness_of(plan).steps[4]

    assert [check.key for check in progress.missing] == ["criteria", "size", "priority", "personas"]


def test_the_example_completes_the_step(plan):
    insert_example_segment(plan)
    plan.refresh_from_db()

    assert completeness_of(plan).steps[4].complete
