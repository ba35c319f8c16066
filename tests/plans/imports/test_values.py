"""How headings, words, days and amounts of anybody's sheet are understood."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.actions.models import Action
from plans.imports.fields import FIELDS, guess_columns
from plans.imports.values import BadValue, find_amount, find_choice, find_day, find_hours, order_of_days


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ([str(label) for label in FIELDS.values()], list(FIELDS)),
        (["Cel", "Działanie", "Odpowiedzialny", "Termin"], ["objective", "title", "responsible", "deadline"]),
        (["Task name", "Assignee", "Due date", "Notes"], ["title", "responsible", "deadline", "description"]),
        (["Expected return (EUR)", "Budget (EUR)", "ROI"], ["expected_return", "", ""]),
        (["Effort (h)", "Godziny"], ["effort", ""]),
        (["Task", "Estimated hours"], ["title", "effort"]),
        (["Action", "Action"], ["title", ""]),
        (["Colour", ""], ["", ""]),
    ],
)
def test_columns_are_guessed_by_their_headings(head, expected):
    assert guess_columns(head) == expected


@pytest.mark.parametrize("text", ["In progress", "in progress", "W toku", "in_progress"])
def test_a_status_is_understood_in_either_language(text):
    assert find_choice(Action.Status, text) == "in_progress"


@pytest.mark.parametrize(("enum", "text", "expected"), [("Status", "To do", "not_started"), ("Priority", "Medium", 3)])
def test_a_choice_is_understood_in_the_words_of_other_tools(enum, text, expected):
    assert find_choice(getattr(Action, enum), text) == expected


def test_an_unknown_status_is_answered_with_those_there_are():
    with pytest.raises(BadValue, match="“Soonish” is none of: Not started, In progress"):
        find_choice(Action.Status, "Soonish")


@pytest.mark.parametrize("text", ["7.5", "7,5 h", "7:30", "7.50"])
def test_hours_are_understood_however_they_are_written(text):
    assert find_hours(text) == Decimal("7.5")


@pytest.mark.parametrize("text", ["a lot", "-1", "10000.25", "7.3", "1e99", "7:61"])
def test_what_is_no_effort_is_said(text):
    with pytest.raises(BadValue):
        find_hours(text)


@pytest.mark.parametrize("text", ["2026-04-03", "3.4.2026", "03. 04. 26", "03/04/2026", "3-4-2026", "2026-04-03T10:00"])
def test_a_day_is_understood_however_it_is_written(text):
    assert find_day(text, day_first=True) == dt.date(2026, 4, 3)


def test_the_month_comes_first_where_somebody_says_so():
    assert find_day("03/04/2026", day_first=False) == dt.date(2026, 3, 4)
    assert find_day("03.04.2026", day_first=False) == dt.date(2026, 4, 3)


@pytest.mark.parametrize("text", ["soon", "31.2.2026", "2026-13-01", "1.1.1850", "45000"])
def test_what_is_no_day_is_said(text):
    with pytest.raises(BadValue):
        find_day(text, day_first=True)


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["03/04/2026", "25/04/2026"], (True, "")),
        (["03/04/2026", "04/25/2026"], (False, "")),
        (["03/04/2026", "05/05/2026"], (None, "03/04/2026")),
        (["05/05/2026", "2026-04-03", "3.4.2026", ""], (None, "")),
        (["25/04/2026", "04/25/2026", "03/04/2026"], (None, "03/04/2026")),
    ],
)
def test_the_order_of_day_and_month_is_asked_only_where_the_sheet_does_not_tell(texts, expected):
    assert order_of_days(texts) == expected


@given(st.dates(dt.date(1900, 1, 1), dt.date(2199, 12, 31)), st.booleans())
def test_every_day_is_read_back_in_every_way_of_writing_it(day, day_first):
    slashes = f"{day:%d/%m}/{day.year}" if day_first else f"{day:%m/%d}/{day.year}"

    for text in (day.isoformat(), f"{day.day}.{day.month}.{day.year}", slashes):
        assert find_day(text, day_first=day_first) == day


@pytest.mark.parametrize(
    ("text", "expected"), [("1 234,50", "1234.5"), ("1,234.50 €", "1234.5"), ("12000 EUR", "12000")]
)
def test_an_amount_is_read_as_people_write_it(text, expected):
    assert find_amount(text) == Decimal(expected)


@pytest.mark.parametrize("text", ["much", "-5", "1e15", "nan"])
def test_what_is_no_amount_is_said(text):
    with pytest.raises(BadValue, match="“"):
        find_amount(text)
