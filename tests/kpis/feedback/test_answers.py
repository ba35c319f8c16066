"""The list of answers: recorded, found, sorted by theme."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from kpis.models import Answer, Improvement
from tests.factories import AnswerFactory, ImprovementFactory, SegmentFactory, SurveyFactory, ThemeFactory

TODAY = timezone.localdate()


def record(client, plan, **values):
    given = {"source": "conversation", "on": TODAY.isoformat(), "text": "Too slow.", "scale": "", "score": ""}
    return client.post(reverse("kpis:answer_add", args=[plan.pk]), given | values)


def page_of(client, plan, **query):
    return client.get(reverse("kpis:feedback", args=[plan.pk], query=query))


def texts(page) -> set[str]:
    return {answer.text for answer in page.context["answers"]}


def test_a_member_records_what_a_customer_said(as_mia, mia, plan):
    segment, theme = SegmentFactory(plan=plan), ThemeFactory(plan=plan)

    response = record(as_mia, plan, score="4", scale="csat", customer="K. Nowak", segment=segment.pk, themes=[theme.pk])

    answer = Answer.objects.get()
    assert response.status_code == 302
    assert (answer.text, answer.score, answer.customer, answer.segment) == ("Too slow.", 4, "K. Nowak", segment)
    assert (list(answer.themes.all()), answer.recorded_by) == ([theme], mia)


def test_a_reader_reads_and_records_nothing(as_bob, plan):
    AnswerFactory(plan=plan, text="Quick help.")

    assert texts(page_of(as_bob, plan)) == {"Quick help."}
    assert record(as_bob, plan).status_code == 403
    assert Answer.objects.count() == 1


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"text": ""}, "Write down what was said, or give the score."),
        ({"score": "4"}, "Say from which scale the score is."),
        ({"score": "7", "scale": "csat"}, "The score is from 1 to 5."),
        ({"score": "11", "scale": "nps"}, "The score is from 0 to 10."),
        ({"score": "0", "scale": "csat"}, "The score is from 1 to 5."),
        ({"on": (TODAY + dt.timedelta(days=1)).isoformat()}, "This day is still to come."),
        ({"source": "survey"}, "Select a valid choice."),
    ],
)
def test_what_cannot_be_recorded_is_explained_and_kept_in_the_form(as_mia, plan, values, said):
    page = record(as_mia, plan, **{"customer": "K. Nowak"} | values)

    assert page.status_code == 422
    assert said in page.text
    assert "K. Nowak" in page.text
    assert not Answer.objects.exists()


def test_what_a_customer_wrote_in_a_survey_stays_as_it_was_written(as_alice, plan):
    survey = SurveyFactory(plan=plan)
    answer = AnswerFactory(plan=plan, survey=survey, source="survey", text="Too slow.", scale="nps", score=3)

    as_alice.post(
        reverse("kpis:answer_edit", args=[answer.pk]),
        {"text": "Great.", "score": "10", "scale": "nps", "customer": "K. Nowak", "version": answer.version},
    )

    answer.refresh_from_db()
    assert (answer.text, answer.score, answer.customer) == ("Too slow.", 3, "K. Nowak")


def test_a_deleted_answer_comes_back_with_its_themes(as_mia, plan):
    theme = ThemeFactory(plan=plan)
    answer = AnswerFactory(plan=plan)
    answer.themes.add(theme)

    as_mia.post(reverse("kpis:answer_delete", args=[answer.pk]))
    gone = not Answer.objects.exists()
    as_mia.post(reverse("plans:item_restore", args=[plan.bin.get().pk]))

    assert gone
    assert list(Answer.objects.get().themes.all()) == [theme]


# Finding


@pytest.fixture
def said(plan):
    survey = SurveyFactory(plan=plan)
    delivery = ThemeFactory(plan=plan)
    old = dt.date(2026, 1, 10)
    unhappy = AnswerFactory(plan=plan, text="Too late", scale="nps", score=2, on=old, survey=survey, source="survey")
    unhappy.themes.add(delivery)
    AnswerFactory(plan=plan, text="Świetna obsługa", scale="csat", score=5, on=dt.date(2026, 3, 1), source="review")
    AnswerFactory(plan=plan, text="Fine", scale="nps", score=8, on=dt.date(2026, 3, 2))
    AnswerFactory(plan=plan, text="By the way", on=dt.date(2026, 3, 3), customer="Łukasz")
    AnswerFactory(text="Somebody else's")
    return {"survey": survey.pk, "theme": delivery.pk}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, {"Too late", "Świetna obsługa", "Fine", "By the way"}),
        ({"theme": "theme"}, {"Too late"}),
        ({"theme": "none"}, {"Świetna obsługa", "Fine", "By the way"}),
        ({"survey": "survey"}, {"Too late"}),
        ({"source": "review"}, {"Świetna obsługa"}),
        ({"mood": "unhappy"}, {"Too late"}),
        ({"mood": "neutral"}, {"Fine"}),
        ({"mood": "happy"}, {"Świetna obsługa"}),
        ({"mood": "none"}, {"By the way"}),
        ({"since": "2026-03-01", "until": "2026-03-02"}, {"Świetna obsługa", "Fine"}),
        ({"q": "swietna obsluga"}, {"Świetna obsługa"}),
        ({"q": "lukasz"}, {"By the way"}),
        ({"q": "a.*b"}, set()),
    ],
)
def test_answers_are_filtered(as_bob, plan, said, query, found):
    asked = {name: said.get(value, value) for name, value in query.items()}

    page = page_of(as_bob, plan, **asked)

    assert texts(page) == found
    assert page.context["number"] == len(found)


@pytest.mark.parametrize(
    "query", [{"theme": "999"}, {"since": "2026-02-31"}, {"mood": "x"}, {"survey": "9" * 30}, {"kpi": "9" * 30}]
)
def test_a_filter_that_makes_no_sense_lets_everything_through(as_bob, plan, said, query):
    page = page_of(as_bob, plan, **query)

    assert page.context["number"] == 4


def test_a_filter_from_late_to_early_says_so(as_bob, plan):
    page = page_of(as_bob, plan, since="2026-03-02", until="2026-03-01")

    assert "This day comes before the first." in page.text


def test_the_score_is_that_of_the_answers_shown(as_bob, plan):
    for score in (10, 9, 3):
        AnswerFactory(plan=plan, scale="nps", score=score, source="review" if score == 3 else "letter")

    everything, reviews = page_of(as_bob, plan), page_of(as_bob, plan, source="review")

    assert [words[0] for words in everything.context["scores"]] == ["NPS 33"]
    assert [words[0] for words in reviews.context["scores"]] == ["NPS −100"]
    assert "Only 3 answers: read it as a hint." in everything.text


def test_an_answer_under_two_themes_counts_once(as_bob, plan):
    answer = AnswerFactory(plan=plan, scale="nps", score=10)
    answer.themes.add(ThemeFactory(plan=plan, name="Price"), ThemeFactory(plan=plan, name="Help"))

    page = page_of(as_bob, plan)

    assert (page.context["number"], len(page.context["answers"])) == (1, 1)


def test_a_long_list_comes_in_pieces(as_bob, plan, htmx):
    AnswerFactory.create_batch(60, plan=plan)

    first = page_of(as_bob, plan)
    url = reverse("kpis:feedback", args=[plan.pk], query={"seen": 25})
    second = as_bob.get(url, headers=htmx("answer-more"))

    assert (len(first.context["answers"]), first.context["more"]) == (25, 35)
    assert (second.text.count('id="answer-'), second.context["more"]) == (26, 10)
    assert not {a.pk for a in first.context["answers"]} & {a.pk for a in second.context["answers"]}


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_asks_as_often_for_one_answer_as_for_three(as_bob, plan, count, django_assert_num_queries):
    for number in range(count):
        theme = ThemeFactory(plan=plan, name=f"Theme {number}")
        answer = AnswerFactory(plan=plan, survey=SurveyFactory(plan=plan), scale="nps", score=number)
        answer.themes.add(theme)
        ImprovementFactory(action__objective__plan=plan, plan=plan, theme=None, answer=answer)

    # (12): session, user, plan, completeness, companies, the week; themes, surveys, figures, answers and what each has.
    with django_assert_num_queries(12):
        page_of(as_bob, plan)


# Themes of an answer


def test_a_theme_is_suggested_by_its_words_and_set_by_somebody(as_mia, plan, htmx):
    theme = ThemeFactory(plan=plan, name="Delivery", words="deliver, late")
    answer = AnswerFactory(plan=plan, text="Delivered two weeks too LATE")
    before = page_of(as_mia, plan)

    row = as_mia.post(reverse("kpis:answer_theme", args=[answer.pk]), {"put": theme.pk}, headers=htmx())

    assert "Suggested: it says “delivered”" in before.text
    assert list(answer.themes.all()) == [theme]
    assert "Remove theme Delivery" in row.text
    assert "Suggested" not in row.text


def test_setting_a_theme_twice_is_one_version_of_the_answer(as_mia, plan):
    theme, answer = ThemeFactory(plan=plan), AnswerFactory(plan=plan)

    for _ in range(2):
        as_mia.post(reverse("kpis:answer_theme", args=[answer.pk]), {"put": theme.pk})

    assert answer.history.count() == 2
    assert answer.history.first().links == {"themes": [[], [theme.pk]]}


def test_a_theme_is_taken_off_again(as_mia, plan):
    theme, answer = ThemeFactory(plan=plan), AnswerFactory(plan=plan)
    answer.themes.add(theme)

    as_mia.post(reverse("kpis:answer_theme", args=[answer.pk]), {"take": theme.pk})

    assert not answer.themes.exists()


@pytest.mark.parametrize("add", ["", "x", "9" * 40])
def test_a_theme_that_is_none_changes_nothing(as_mia, plan, add):
    answer, others = AnswerFactory(plan=plan), ThemeFactory()

    for value in (add, others.pk):
        as_mia.post(reverse("kpis:answer_theme", args=[answer.pk]), {"put": value})

    assert (answer.themes.count(), answer.history.count()) == (0, 1)


def test_the_page_of_an_answer_says_all_about_it(as_bob, plan):
    answer = AnswerFactory(plan=plan, text="First line.\n\nSecond <b>line</b>.", scale="nps", score=2)
    made = ImprovementFactory(action__objective__plan=plan, plan=plan, theme=None, answer=answer)

    page = as_bob.get(answer.get_absolute_url())

    assert "Second &lt;b&gt;line&lt;/b&gt;." in page.text
    assert "2 of 10" in page.text
    assert str(made.action) in page.text


def test_a_closed_plan_is_read_only(as_alice, plan):
    answer = AnswerFactory(plan=plan)
    plan.status = "closed"
    plan.save()

    assert record(as_alice, plan).status_code == 403
    assert as_alice.post(reverse("kpis:answer_theme", args=[answer.pk]), {"put": 1}).status_code == 403
    assert Improvement.objects.count() == 0
