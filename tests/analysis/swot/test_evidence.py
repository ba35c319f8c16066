"""What a point rests on: exactly one thing of the same plan."""

import pytest
from django.urls import reverse

from analysis.models import Evidence
from tests.factories import CompetitorFactory, EvidenceFactory, FindingFactory, ReadingFactory, SwotItemFactory

NOTHING = {"finding": "", "competitor": "", "reading": "", "source": ""}


@pytest.fixture
def point(plan):
    return SwotItemFactory(plan=plan)


def url(point) -> str:
    return reverse("analysis:evidence_add", args=[point.pk])


def test_a_source_in_words_is_evidence(as_alice, point, htmx):
    response = as_alice.post(url(point), NOTHING | {"source": "Quote log, n = 312"}, headers=htmx("swot-board"))

    assert Evidence.objects.get().item == point
    assert "Quote log, n = 312" in response.text


@pytest.mark.parametrize(
    ("kind", "factory"), [("finding", FindingFactory), ("competitor", CompetitorFactory), ("reading", ReadingFactory)]
)
def test_evidence_links_to_what_it_is(as_alice, plan, point, htmx, kind, factory):
    parent = {"finding": {"note__plan": plan}, "competitor": {"plan": plan}, "reading": {"kpi__plan": plan}}[kind]
    row = factory(**parent)
    leads_to = row.kpi if kind == "reading" else row

    response = as_alice.post(url(point), NOTHING | {kind: row.pk}, headers=htmx("swot-board"))

    assert getattr(Evidence.objects.get(), kind) == row
    assert f'href="{leads_to.get_absolute_url()}"' in response.text


def test_evidence_is_one_thing_and_not_two(as_alice, plan, point, htmx):
    data = NOTHING | {"competitor": CompetitorFactory(plan=plan).pk, "source": "Price watch"}

    response = as_alice.post(url(point), data, headers=htmx("swot-board"))

    assert response.status_code == 422
    assert "Choose exactly one: a finding, a competitor, a reading, or a source in words." in response.text
    assert 'value="Price watch"' in response.text
    assert Evidence.objects.count() == 0


def test_evidence_is_not_nothing(as_alice, point, htmx):
    response = as_alice.post(url(point), NOTHING, headers=htmx("swot-board"))

    assert response.status_code == 422
    assert Evidence.objects.count() == 0


@pytest.mark.parametrize(
    ("kind", "factory"), [("finding", FindingFactory), ("competitor", CompetitorFactory), ("reading", ReadingFactory)]
)
def test_evidence_of_another_plan_is_neither_offered_nor_taken(as_alice, point, htmx, kind, factory):
    foreign = factory()

    form = as_alice.get(url(point), headers=htmx()).context["form"]
    response = as_alice.post(url(point), NOTHING | {kind: foreign.pk}, headers=htmx("swot-board"))

    assert list(form.fields[kind].queryset) == []
    assert response.status_code == 422
    assert Evidence.objects.count() == 0


def test_a_reader_cannot_add_evidence(as_bob, point):
    response = as_bob.post(url(point), NOTHING | {"source": "Rumour"})

    assert response.status_code == 403
    assert Evidence.objects.count() == 0


@pytest.mark.parametrize("rows", [1, 3])
def test_offering_readings_costs_the_same_with_one_and_with_three(
    as_alice, plan, point, htmx, rows, django_assert_num_queries
):
    for _index in range(rows):
        ReadingFactory(kpi__plan=plan)

    # session, user, point, plan, findings, competitors, readings
    with django_assert_num_queries(7):
        as_alice.get(url(point), headers=htmx())


def test_evidence_is_moved_to_another_point(as_alice, plan, point):
    evidence = EvidenceFactory(item=SwotItemFactory(plan=plan))

    as_alice.post(reverse("analysis:evidence_move", args=[evidence.pk]), {"position": 0, "list": point.pk})

    evidence.refresh_from_db()
    assert evidence.item == point
