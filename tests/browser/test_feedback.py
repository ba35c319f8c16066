"""A customer answers on her phone; a colleague sorts what she said and does something about it."""

import pytest
from django.core.cache import cache
from django.urls import reverse
from playwright.sync_api import expect

from kpis.feedback import public_forms
from kpis.models import Answer, Improvement
from tests.factories import AnswerFactory, ObjectiveFactory, SurveyFactory, ThemeFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def survey(plan, monkeypatch):
    """Nobody waits for the moment that people take to read."""
    monkeypatch.setattr(public_forms, "FASTEST", 0)
    cache.clear()
    return SurveyFactory(plan=plan, title="How was it?", language="en")


@pytest.mark.parametrize("options", [{"phone": True}, {"phone": True, "dark": True}, {"scripts": False}])
def test_a_customer_answers_once(window, survey, options):
    hers = window(**options)
    page = hers.open(survey.answer_url)
    if options.get("scripts", True):
        assert hers.barriers == []
    assert hers.sideways <= 1

    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("Choose one of the numbers.")).to_be_visible()
    page.get_by_label("3", exact=True).check(force=True)
    page.get_by_label("What is the main reason").fill("The quote took two weeks.")
    page.get_by_role("button", name="Send").click()

    expect(page.get_by_role("heading", name="Thank you for your answer")).to_be_visible()
    hers.open(survey.answer_url)
    expect(page.get_by_role("heading", name="You have answered already")).to_be_visible()
    assert [(answer.score, answer.text) for answer in Answer.objects.all()] == [(3, "The quote took two weeks.")]


def test_the_numbers_are_chosen_by_keys(window, survey):
    page = window().open(survey.answer_url)

    page.get_by_label("0", exact=True).focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.get_by_role("button", name="Send").click()

    expect(page.get_by_role("heading", name="Thank you for your answer")).to_be_visible()
    assert Answer.objects.get().score == 2


def test_what_was_said_is_sorted_and_answered(window, mark, plan, survey):
    ObjectiveFactory(plan=plan, title="Keep customers")
    theme = ThemeFactory(plan=plan, name="Delivery", words="quote")
    answer = AnswerFactory(plan=plan, survey=survey, scale="nps", score=3, text="The quote took two weeks.")
    AnswerFactory.create_batch(30, plan=plan, text="Quick help.")
    marks = window(mark)
    page = marks.open(reverse("kpis:feedback", args=[plan.pk]) + "?mood=unhappy")
    expect(page.get_by_text("1 answer", exact=True)).to_be_visible()
    page.get_by_role("button", name="Delivery").click()
    expect(page.get_by_role("button", name="Remove theme Delivery")).to_be_visible()
    assert list(answer.themes.all()) == [theme]
    assert marks.barriers == []

    page.get_by_label("Score").select_option("none")
    expect(page.get_by_text("30 answers", exact=True)).to_be_visible()
    page.locator("#answer-more").scroll_into_view_if_needed()
    expect(page.locator(".fb-a")).to_have_count(30)

    marks.open(reverse("kpis:answer_change", args=[answer.pk]))
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("link", name="The quote took two weeks.", exact=True).first).to_be_visible()
    assert Improvement.objects.get().action.title == "The quote took two weeks."


def test_feedback_is_recorded_where_the_list_stands(window, mia, plan):
    AnswerFactory(plan=plan)
    page = window(mia).open(reverse("kpis:feedback", args=[plan.pk]))

    page.keyboard.press("c")
    page.get_by_label("What was said").fill("They ask for training.")
    page.keyboard.press("Control+Enter")

    expect(page.locator(".fb-a", has_text="They ask for training.")).to_be_visible()
    assert Answer.objects.count() == 2
