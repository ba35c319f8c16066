"""The surveys of a plan, made and kept by its managers."""

import datetime as dt

import pytest
from django.urls import reverse

from kpis.models import Answer, Survey
from plans.items.services import duplicate_plan
from tests.factories import AnswerFactory, KpiFactory, SurveyFactory


def make(client, plan, **values):
    given = {"title": "How was it?", "scale": "nps"}
    return client.post(reverse("kpis:survey_add", args=[plan.pk]), given | values)


def test_a_manager_makes_a_survey(as_mark, plan):
    make(as_mark, plan, language="pl", closes_on="2026-12-31", asks_segment="on")

    survey = Survey.objects.get()
    assert (survey.language, survey.closes_on, survey.asks_segment) == ("pl", dt.date(2026, 12, 31), True)


def test_a_member_makes_none(as_mia, plan):
    assert make(as_mia, plan).status_code == 403
    assert not Survey.objects.exists()


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"title": ""}, "This field is required."),
        ({"opens_on": "2026-05-02", "closes_on": "2026-05-01"}, "A survey cannot close before it opens."),
        ({"language": "xx"}, "Select a valid choice."),
    ],
)
def test_a_survey_that_cannot_be_is_explained(as_mark, plan, values, said):
    page = make(as_mark, plan, **{"question": "Would you come back?"} | values)

    assert page.status_code == 422
    assert said in page.text
    assert "Would you come back?" in page.text
    assert not Survey.objects.exists()


def test_the_scale_stays_once_there_are_answers(as_mark, plan):
    survey = SurveyFactory(plan=plan)
    AnswerFactory(plan=plan, survey=survey, scale="nps", score=3)

    page = as_mark.post(
        reverse("kpis:survey_edit", args=[survey.pk]),
        {"title": survey.title, "scale": "csat", "version": survey.version},
    )

    assert "It has answers already." in page.text
    survey.refresh_from_db()
    assert survey.scale == "nps"


def test_the_usual_questions_are_asked_in_the_language_of_the_survey(plan):
    english, polish = SurveyFactory(plan=plan, language="en"), SurveyFactory(plan=plan, language="pl")

    assert english.asked[0] == "How likely are you to recommend us to a friend or colleague?"
    assert SurveyFactory(plan=plan, scale="csat", language="en").asked[0] == "How satisfied are you with us?"
    assert SurveyFactory(plan=plan, question="Coming back?", language="en").asked[0] == "Coming back?"
    assert polish.spoken == "pl"


def test_a_survey_is_paused_and_opened_again(as_mark, client, plan):
    survey = SurveyFactory(plan=plan)
    url = reverse("kpis:survey_pause", args=[survey.pk])

    as_mark.post(url, {"paused": "yes"})
    survey.refresh_from_db()
    paused = survey.is_paused
    as_mark.post(url, {"paused": "no"})
    survey.refresh_from_db()

    assert (paused, survey.is_paused) == (True, False)


def test_a_copied_plan_takes_the_questions_and_not_the_answers(plan, alice):
    kpi = KpiFactory(plan=plan)
    survey = SurveyFactory(plan=plan, closes_on=dt.date(2026, 6, 30), kpi=kpi)
    AnswerFactory(plan=plan, survey=survey, scale="nps", score=3)

    starts_on = plan.starts_on.replace(year=plan.starts_on.year + 1)
    copy = duplicate_plan(plan, name="Next year", starts_on=starts_on, owner=alice)

    asked = Survey.objects.get(plan=copy)
    assert (asked.title, asked.closes_on.year, asked.is_paused) == (survey.title, 2027, True)
    assert asked.kpi.plan == copy
    assert asked.answer_url != survey.answer_url
    assert not Answer.objects.filter(plan=copy).exists()


def test_a_duplicate_has_a_link_of_its_own(as_mark, plan):
    survey = SurveyFactory(plan=plan)

    as_mark.post(reverse("kpis:survey_duplicate", args=[survey.pk]))

    first, second = Survey.objects.order_by("pk")
    assert first.answer_url == survey.answer_url != second.answer_url


def test_a_deleted_survey_comes_back_with_its_answers_and_its_link(as_mark, plan):
    survey = SurveyFactory(plan=plan)
    AnswerFactory(plan=plan, survey=survey)

    as_mark.post(reverse("kpis:survey_delete", args=[survey.pk]))
    gone = not Answer.objects.exists()
    as_mark.post(reverse("plans:item_restore", args=[plan.bin.get().pk]))

    assert gone
    assert Survey.objects.get().answer_url == survey.answer_url
    assert Answer.objects.get().survey_id == survey.pk


def test_a_renewed_link_is_not_brought_back_with_a_former_state(as_mark, plan):
    survey = SurveyFactory(plan=plan, title="Old title")
    record = survey.history.first()
    survey.title, survey.link_number = "New title", 2
    survey.save()

    as_mark.post(
        reverse("kpis:survey_restore", args=[survey.pk], query={"state": record.version}), {"version": survey.version}
    )

    survey.refresh_from_db()
    assert (survey.title, survey.link_number) == ("Old title", 2)


def test_the_example_is_added_once(as_mark, plan):
    for _ in range(2):
        as_mark.post(reverse("kpis:survey_example", args=[plan.pk]))

    assert Survey.objects.count() == 1


def test_the_page_of_a_survey_shows_how_many_gave_each_answer(as_bob, plan):
    survey = SurveyFactory(plan=plan, language="en")
    for score in (10, 10, 4):
        AnswerFactory(plan=plan, survey=survey, scale="nps", score=score)

    page = as_bob.get(survey.get_absolute_url())

    assert {score: number for score, number, _share in page.context["bars"] if number} == {10: 2, 4: 1}
    assert "NPS 33" in page.text
    assert "Renew the link" not in page.text


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_of_surveys_asks_as_often_for_one_as_for_three(as_bob, plan, count, django_assert_num_queries):
    for _ in range(count):
        AnswerFactory(plan=plan, survey=SurveyFactory(plan=plan, kpi=KpiFactory(plan=plan)), scale="nps", score=4)

    # (7): session, user, plan, completeness, companies, the week, surveys with their KPIs and counts.
    with django_assert_num_queries(7):
        as_bob.get(reverse("kpis:surveys", args=[plan.pk]))


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_of_a_survey_asks_as_often_for_one_answer_as_for_three(as_bob, plan, count, django_assert_num_queries):
    survey = SurveyFactory(plan=plan, kpi=KpiFactory(plan=plan))
    for number in range(count):
        AnswerFactory(plan=plan, survey=survey, scale="nps", score=number)

    # (11): session, user, survey, plan, completeness, companies, the week; counts, answers, the KPI.
    with django_assert_num_queries(11):
        as_bob.get(survey.get_absolute_url())
