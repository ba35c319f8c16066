"""A score is typed into the matrix."""

import pytest
from django.urls import reverse

from analysis.models import Score
from tests.factories import AxisFactory, CompetitorFactory, ScoreFactory


@pytest.fixture
def company(plan):
    return CompetitorFactory(plan=plan)


@pytest.fixture
def axis(plan):
    return AxisFactory(plan=plan)


def url(company) -> str:
    return reverse("analysis:competitor_score", args=[company.pk])


def test_a_score_is_saved_and_answers_with_its_cell_and_the_map(as_alice, company, axis, htmx):
    response = as_alice.post(url(company), {"axis": axis.pk, "value": "7,5"}, headers=htmx())

    assert float(Score.objects.get().value) == 7.5
    assert f'id="score-{company.pk}-{axis.pk}"' in response.text
    assert 'id="positioning" hx-swap-oob="true"' in response.text
    assert "<html" not in response.text


def test_a_score_is_changed_rather_than_added_twice(as_alice, company, axis, htmx):
    score = ScoreFactory(competitor=company, axis=axis, value=3)

    as_alice.post(url(company), {"axis": axis.pk, "value": "8", "version": score.version}, headers=htmx())

    assert [score.value for score in Score.objects.all()] == [8]


def test_an_emptied_cell_takes_the_score_away(as_alice, company, axis, htmx):
    ScoreFactory(competitor=company, axis=axis)

    response = as_alice.post(url(company), {"axis": axis.pk, "value": ""}, headers=htmx())

    assert response.status_code == 200
    assert Score.objects.count() == 0


def test_without_javascript_a_score_leads_back_to_its_company(as_alice, company, axis):
    response = as_alice.post(url(company), {"axis": axis.pk, "value": "7"})

    assert response.url == company.get_absolute_url()


@pytest.mark.parametrize("value", ["11", "-1", "1e30", "good", "7.55", "NaN"])
def test_a_wrong_score_is_explained_in_its_cell(as_alice, company, axis, htmx, value):
    response = as_alice.post(url(company), {"axis": axis.pk, "value": value}, headers=htmx())

    assert response.status_code == 422
    assert f'value="{value}"' in response.text
    assert 'role="alert"' in response.text
    assert Score.objects.count() == 0


def test_a_wrong_score_without_javascript_gets_a_page_of_its_own(as_alice, company, axis):
    response = as_alice.post(url(company), {"axis": axis.pk, "value": "11"})

    assert response.status_code == 422
    assert "<html" in response.text
    assert 'value="11"' in response.text


@pytest.mark.parametrize("foreign", ["another plan's", "no number", "nothing"])
def test_an_axis_must_be_of_the_same_plan(as_alice, company, htmx, foreign):
    axis = {"another plan's": AxisFactory().pk, "no number": "x", "nothing": ""}[foreign]

    response = as_alice.post(url(company), {"axis": axis, "value": "7"}, headers=htmx())

    assert response.status_code == 404
    assert Score.objects.count() == 0


def test_a_reader_cannot_score(as_bob, company, axis, htmx):
    response = as_bob.post(url(company), {"axis": axis.pk, "value": "7"}, headers=htmx())

    assert response.status_code == 403
    assert Score.objects.count() == 0


def test_two_people_scoring_one_cell_the_second_sees_the_first_ones_value(as_alice, company, axis, htmx):
    score = ScoreFactory(competitor=company, axis=axis, value=3)
    seen = score.version
    score.value = 4
    score.save()
    data = {"axis": axis.pk, "value": "8", "version": seen}

    response = as_alice.post(url(company), data, headers=htmx())

    score.refresh_from_db()
    assert response.status_code == 409
    assert score.value == 4
    assert 'value="8"' in response.text
    assert f'name="version" value="{score.version}"' in response.text


def test_a_score_leaves_the_map_as_it_was_chosen(as_alice, company, axis, htmx):
    page = "http://testserver" + reverse("analysis:competitors", args=[company.plan_id]) + "?x=share&y=price"

    response = as_alice.post(url(company), {"axis": axis.pk, "value": "7"}, headers=htmx() | {"HX-Current-URL": page})

    assert [scale.key for _name, _label, scale in response.context["choices"]] == ["share", "price", "share"]
