import re
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesplan.lib.matching import LETTERS, MOST_WORDS, Asked, plain


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("lojalnosc", "Program Lojalność+"),
        ("LOJALNOŚĆ", "lojalnosc"),
        ("sprzedaz", "Wzrost sprzedaży o 20 %"),
        ("zażółć", "ZAZOLC GESLA JAZN"),
        ("lodz", "Łódź"),
        ("munchen", "Händler in München"),
        ("prog loy", "Roll out a loyalty programme"),
        ("сбыт", "План СБЫТА"),
        ("2026", "Sales growth plan 2026"),
    ],
)
def test_a_name_is_found_whatever_the_accents_the_capitals_and_the_order(typed, name):
    assert Asked(typed).rank(name) is not None


@pytest.mark.parametrize(
    ("typed", "name"), [("loyal", "Sales"), ("loyal sales", "Loyalty"), ("l", "Sales"), (".*", "x")]
)
def test_a_name_that_lacks_a_word_is_not_found(typed, name):
    assert Asked(typed).rank(name) is None or Asked(typed).words == []


@pytest.mark.parametrize(("name", "rank"), [("Action table", 0), ("Re-action", 0), ("“Action”", 0), ("Reactions", 1)])
def test_where_a_word_begins_so_it_ranks_before_where_it_stands_within(name, rank):
    assert Asked("action").rank(name) == rank


def test_signs_alone_are_no_words():
    assert Asked("%_ (…)").words == []


def test_no_more_words_are_asked_for_than_a_name_needs():
    assert len(Asked(" ".join("abcdefghij")).words) == MOST_WORDS


@given(st.text(max_size=40))
def test_whatever_is_typed_makes_patterns_that_can_be_asked(text):
    asked = Asked(text)

    assert all(re.compile(pattern) for pattern in (*asked.anywhere, *asked.at_starts))


ACCENTED = [letter for letter in LETTERS if plain(letter) in set(string.ascii_lowercase)]


@given(st.text(alphabet=[*ACCENTED, *string.ascii_letters], min_size=1, max_size=20))
def test_a_word_is_found_by_itself_without_its_accents(word):
    assert Asked(plain(word)).rank(word) == 0
