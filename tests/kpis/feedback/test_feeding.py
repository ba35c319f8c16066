"""A KPI fed by a survey."""

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from kpis.models import Kpi, Reading
from kpis.readings.services import enter_reading
from tests.factories import AnswerFactory, KpiFactory, SurveyFactory

MARCH, APRIL = dt.date(2026, 3, 1), dt.date(2026, 4, 1)


@pytest.fixture
def kpi(plan):
    return KpiFactory(plan=plan, name="NPS", rhythm="monthly", unit="points")


@pytest.fixture
def survey(plan, kpi):
    return SurveyFactory(plan=plan, kpi=kpi)


def answer(survey, score, on=dt.date(2026, 3, 5)):
    return AnswerFactory(plan=survey.plan, survey=survey, source="survey", scale=survey.scale, score=score, on=on)


def values(kpi) -> dict[dt.date, Decimal]:
    return dict(Reading.objects.filter(kpi=kpi).values_list("period", "value"))


def test_each_answer_counts_in_its_period(kpi, survey):
    for score in (10, 9, 3):
        answer(survey, score)
    answer(survey, 10, on=dt.date(2026, 4, 30))

    assert values(kpi) == {MARCH: Decimal("33.3"), APRIL: Decimal(100)}


def test_a_value_knows_its_source_how_many_answers_and_how_sure_it_is(kpi, survey):
    answer(survey, 10)
    answer(survey, 3)

    reading = Reading.objects.get()
    assert reading.source == "survey"
    assert reading.inputs == {"total": "2", "happy": "1", "unhappy": "1"}
    assert (reading.confidence, reading.entered_by) == ("low", None)


def test_satisfaction_is_the_share_of_four_and_five(plan, kpi):
    survey = SurveyFactory(plan=plan, kpi=kpi, scale="csat")
    for score in (5, 4, 3, 1):
        answer(survey, score)

    assert values(kpi) == {MARCH: Decimal(50)}


def test_a_typed_value_stays_and_is_said_to_stay(as_alice, alice, kpi, survey):
    typed = {"kpi": kpi, "by": alice, "at": timezone.now()}
    enter_reading(period=MARCH, value=Decimal(70), **typed)

    answer(survey, 3)
    page = as_alice.get(survey.get_absolute_url())

    assert values(kpi) == {MARCH: Decimal(70)}
    assert [label for label, _reading in page.context["kept"]] == ["March 2026"]
    assert "Typed values stay as they are:" in page.text


def test_a_corrected_value_is_typed_from_then_on(alice, kpi, survey):
    answer(survey, 3)
    enter_reading(kpi=kpi, period=MARCH, value=Decimal(10), by=alice, at=timezone.now())

    answer(survey, 3)

    assert values(kpi) == {MARCH: Decimal(10)}


def test_a_deleted_answer_counts_no_more_and_counts_again_when_it_is_back(as_mia, kpi, survey, plan):
    answer(survey, 10)
    unhappy = answer(survey, 0)

    as_mia.post(reverse("kpis:answer_delete", args=[unhappy.pk]))
    without = values(kpi)
    as_mia.post(reverse("plans:item_restore", args=[plan.bin.get().pk]))

    assert without == {MARCH: Decimal(100)}
    assert values(kpi) == {MARCH: Decimal(0)}


def test_a_period_whose_last_answer_is_gone_has_no_value(as_mia, kpi, survey):
    only = answer(survey, 10)

    as_mia.post(reverse("kpis:answer_delete", args=[only.pk]))

    assert values(kpi) == {}


def test_an_answer_that_says_nothing_new_writes_no_history(kpi, survey):
    first = answer(survey, 10)

    first.customer = "K. Nowak"
    first.save()

    assert Reading.objects.get().history.count() == 1


def test_a_survey_that_feeds_another_kpi_leaves_what_was_measured(plan, kpi, survey):
    answer(survey, 10)
    survey.kpi = other = KpiFactory(plan=plan, name="NPS of the year", rhythm="quarterly", unit="points")
    survey.save()

    answer(survey, 0)

    assert values(kpi) == {MARCH: Decimal(100)}
    assert values(other) == {dt.date(2026, 1, 1): Decimal(0)}


def test_a_kpi_is_made_of_a_survey_with_one_click(as_alice, plan):
    survey = SurveyFactory(plan=plan)
    answer(survey, 10)

    for _ in range(2):
        as_alice.post(reverse("kpis:survey_measure", args=[survey.pk]))

    made = Kpi.objects.get()
    assert (made.name, made.rhythm, made.owner) == (f"NPS: {survey.title}", "monthly", None)
    assert values(made) == {MARCH: Decimal(100)}


def test_a_manager_makes_no_kpi_and_fills_in_one(as_mark, plan, kpi):
    alone, fed = SurveyFactory(plan=plan), SurveyFactory(plan=plan, kpi=kpi)

    assert as_mark.post(reverse("kpis:survey_measure", args=[alone.pk])).status_code == 403
    assert as_mark.post(reverse("kpis:survey_measure", args=[fed.pk])).status_code == 302


def test_a_value_leads_to_the_answers_it_was_computed_from(as_bob, kpi, survey):
    answer(survey, 10)
    answer(survey, 9, on=dt.date(2026, 4, 2))
    reading = Reading.objects.get(period=MARCH)
    url = reverse("kpis:reading_answers", args=[reading.pk])

    on_its_page = as_bob.get(kpi.get_absolute_url())
    page = as_bob.get(url, follow=True)

    assert url in on_its_page.text
    assert [one.score for one in page.context["answers"]] == [10]


def test_two_scales_feed_no_kpi_together(as_alice, plan, kpi, survey):
    page = as_alice.post(
        reverse("kpis:survey_add", args=[plan.pk]), {"title": "Satisfied?", "scale": "csat", "kpi": kpi.pk}
    )

    assert page.status_code == 422
    assert "Another survey with other answers feeds this KPI." in page.text


def test_a_kpi_with_a_formula_is_no_choice(as_alice, plan):
    computed = KpiFactory(plan=plan, formula="retention")

    page = as_alice.post(
        reverse("kpis:survey_add", args=[plan.pk]), {"title": "Satisfied?", "scale": "csat", "kpi": computed.pk}
    )

    assert page.status_code == 422
