import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from analysis.models import Axis, Competitor, Score
from plans.models import BinnedItem
from tests.factories import AxisFactory, CompetitorFactory, ScoreFactory

FIELDS = ("strengths", "weaknesses", "offer", "price_index", "market_share", "positioning", "checked_on")


def company_data(**changes) -> dict:
    return {"name": "Nextia"} | dict.fromkeys(FIELDS, "") | changes


def test_a_company_is_added_with_figures_as_people_write_them(as_alice, plan, htmx):
    data = company_data(price_index="82,5", market_share="13 %")

    response = as_alice.post(reverse("analysis:competitor_add", args=[plan.pk]), data, headers=htmx("competitor-board"))

    company = Competitor.objects.get()
    assert response.status_code == 200
    assert (float(company.price_index), float(company.market_share)) == (82.5, 13)


def test_a_reader_cannot_add_a_company(as_bob, plan):
    response = as_bob.post(reverse("analysis:competitor_add", args=[plan.pk]), company_data())

    assert response.status_code == 403
    assert Competitor.objects.count() == 0


@pytest.mark.parametrize(
    "wrong",
    [
        {"market_share": "101"},
        {"market_share": "-1"},
        {"price_index": "-5"},
        {"price_index": "1e30"},
        {"price_index": "cheap"},
        {"name": ""},
        {"name": "x" * 10_000},
        {"offer": "x" * 10_000},
        {"checked_on": "2026-02-31"},
    ],
)
def test_a_wrong_company_is_explained_and_nothing_is_saved(as_alice, plan, htmx, wrong):
    url = reverse("analysis:competitor_add", args=[plan.pk])

    response = as_alice.post(url, company_data(**wrong), headers=htmx("competitor-board"))

    assert response.status_code == 422
    assert list(response.context["form"].errors) == list(wrong)
    assert Competitor.objects.count() == 0


def test_there_is_one_own_company(as_alice, plan):
    CompetitorFactory(plan=plan, name="Innovatech", is_us=True)

    response = as_alice.post(reverse("analysis:competitor_add", args=[plan.pk]), company_data(is_us="on"))

    assert response.status_code == 422
    assert "Innovatech is marked as your own company already." in response.text
    assert Competitor.objects.count() == 1


def test_the_database_holds_the_rule_of_one_own_company(plan):
    CompetitorFactory(plan=plan, is_us=True)
    other = CompetitorFactory(plan=plan)
    other.is_us = True

    with pytest.raises(IntegrityError), transaction.atomic():
        other.save()


def test_a_copy_of_our_own_company_is_another_company(as_alice, plan):
    ours = CompetitorFactory(plan=plan, is_us=True)
    ScoreFactory(competitor=ours, value=7)

    as_alice.post(reverse("analysis:competitor_duplicate", args=[ours.pk]))

    assert [company.is_us for company in Competitor.objects.all()] == [True, False]
    assert Score.objects.count() == 2


def test_the_form_of_a_row_opens_in_a_cell_as_wide_as_the_table(as_alice, plan, htmx):
    company = CompetitorFactory(plan=plan)
    AxisFactory(plan=plan)

    response = as_alice.get(reverse("analysis:competitor_edit", args=[company.pk]), headers=htmx())

    assert response.text.startswith('<td class="form-cell" colspan="9">')


def test_a_deleted_axis_comes_back_with_its_scores(as_alice, plan):
    score = ScoreFactory(competitor__plan=plan, value=7)
    as_alice.post(reverse("analysis:axis_delete", args=[score.axis_id]))
    assert Score.objects.count() == 0

    as_alice.post(reverse("plans:item_restore", args=[BinnedItem.objects.get().pk]))

    assert Score.objects.get().value == 7


def test_a_reader_cannot_add_an_axis(as_bob, plan):
    response = as_bob.post(reverse("analysis:axis_add", args=[plan.pk]), {"name": "Speed"})

    assert response.status_code == 403
    assert Axis.objects.count() == 0


def test_html_in_a_name_is_text(as_alice, plan):
    CompetitorFactory(plan=plan, name="<img src=x onerror=alert(1)> & Co 🎯")

    page = as_alice.get(reverse("analysis:competitors", args=[plan.pk])).text

    assert "<img src=x" not in page
    assert "&lt;img src=x onerror=alert(1)&gt; &amp; Co 🎯" in page


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_costs_the_same_with_one_company_and_with_three(as_alice, plan, rows, django_assert_num_queries):
    axes = AxisFactory.create_batch(rows, plan=plan)
    for company in CompetitorFactory.create_batch(rows, plan=plan, price_index=100):
        for axis in axes:
            ScoreFactory(competitor=company, axis=axis)
    url = reverse("analysis:competitors", args=[plan.pk])

    with django_assert_num_queries(9):  # session, user, plan, axes, companies, scores, completeness, workspaces, week
        as_alice.get(url)
