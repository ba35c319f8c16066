import pytest
from django.urls import reverse

from kpis.feedback.suggesting import suggestions_for
from kpis.models import Theme
from tests.factories import AnswerFactory, ThemeFactory


def suggested(text: str, **words: str) -> dict[str, str]:
    themes = [Theme(pk=number, name=name, words=said) for number, (name, said) in enumerate(words.items())]
    return {one.theme.name: one.word for one in suggestions_for(text, themes)}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Delivered too late", {"Delivery": "delivered"}),
        ("DOSTAWA była spóźniona", {"Dostawa": "dostawa"}),
        ("Relate to us", {}),
        ("", {}),
        ("two weeks of waiting", {"Delivery": "two weeks"}),
    ],
)
def test_a_theme_is_suggested_where_a_word_begins_with_one_of_its_words(text, found):
    assert suggested(text, Delivery="deliver, late, two weeks", Dostawa="") == found


def test_words_that_are_no_patterns_are_taken_as_they_stand():
    assert suggested("a+b (c", Odd="(((, +b, a.*c") == {}


def test_very_short_words_suggest_nothing():
    assert suggested("It is on time", Time="on, is") == {}


def test_a_member_names_a_theme_once(as_mia, plan):
    url = reverse("kpis:theme_add", args=[plan.pk])

    as_mia.post(url, {"name": "Delivery", "words": "late"})
    again = as_mia.post(url, {"name": "Delivery", "words": ""})

    assert again.status_code == 422
    assert "There is a theme of this name already." in again.text
    assert Theme.objects.get().words == "late"


def test_readers_name_no_themes(as_bob, plan):
    assert as_bob.post(reverse("kpis:theme_add", args=[plan.pk]), {"name": "Delivery"}).status_code == 403


def test_themes_are_counted_with_how_many_are_unhappy(as_bob, plan):
    theme = ThemeFactory(plan=plan)
    ThemeFactory(plan=plan, name="Price")
    for scale, score in (("nps", 3), ("nps", 9), ("csat", 2), ("csat", 3), ("", None)):
        AnswerFactory(plan=plan, scale=scale, score=score).themes.add(theme)

    first, second = as_bob.get(reverse("kpis:themes", args=[plan.pk])).context["themes"].rows

    assert (first.answer_count, first.scored, first.unhappy) == (5, 4, 2)
    assert (second.answer_count, second.scored, second.unhappy) == (0, 0, 0)


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_of_themes_asks_as_often_for_one_as_for_three(as_bob, plan, count, django_assert_num_queries):
    for number in range(count):
        AnswerFactory(plan=plan).themes.add(ThemeFactory(plan=plan, name=f"Theme {number}"))

    # (7): session, user, plan, completeness, companies, the week, themes.
    with django_assert_num_queries(7):
        as_bob.get(reverse("kpis:themes", args=[plan.pk]))
