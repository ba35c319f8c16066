"""Working days: weekends, holidays and their names, and moving over them."""

import datetime as dt
import os
import subprocess
import sys

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from salesplan.lib.workdays import (
    day_off_name,
    holiday_name,
    is_holiday,
    is_working_day,
    move_by_working_days,
    working_days_between,
)

COUNTRIES = st.sampled_from(["", "PL", "DE", "GB", "US", "FR", "IL", "CN", "HU"])
DAYS = st.dates(dt.date(2020, 1, 1), dt.date(2035, 12, 31))
STEPS = st.integers(-300, 300)
SETTINGS = os.environ | {"DJANGO_SETTINGS_MODULE": "tests.settings"}


@settings(max_examples=150, deadline=None)
@given(DAYS, STEPS, COUNTRIES)
def test_moving_there_and_back_ends_where_it_began(day, number, country):
    start = move_by_working_days(day, 1, country)

    there = move_by_working_days(start, number, country)

    assert move_by_working_days(there, -number, country) == start


@settings(max_examples=150, deadline=None)
@given(DAYS, STEPS.filter(bool), COUNTRIES)
def test_moving_ends_on_a_working_day_in_the_direction_asked_for(day, number, country):
    moved = move_by_working_days(day, number, country)

    assert is_working_day(moved, country)
    assert (moved > day) == (number > 0)


@settings(max_examples=100, deadline=None)
@given(DAYS, STEPS, COUNTRIES)
def test_the_working_days_between_are_those_moved_by(day, number, country):
    start = move_by_working_days(day, 1, country)

    assert working_days_between(start, move_by_working_days(start, number, country), country) == number


@settings(max_examples=100, deadline=None)
@given(DAYS, COUNTRIES)
def test_a_day_off_has_a_name_and_a_working_day_has_none(day, country):
    assert bool(day_off_name(day, country)) != is_working_day(day, country)
    assert bool(holiday_name(day, country)) == is_holiday(day, country)


@pytest.mark.parametrize(
    ("day", "country", "language", "name"),
    [
        (dt.date(2026, 11, 11), "PL", "pl", "Narodowe Święto Niepodległości"),
        (dt.date(2026, 11, 11), "PL", "en", "National Independence Day"),
        (dt.date(2026, 5, 4), "GB", "en", "May Day"),
        (dt.date(2026, 11, 11), "", "en", ""),
        (dt.date(2026, 11, 11), "DE", "pl", ""),
        # A country whose days the package knows in no language of the reader's: English, and else its own.
        (dt.date(2026, 10, 3), "DE", "pl", "German Unity Day"),
        (dt.date(2026, 11, 14), "PL", "pl", ""),
    ],
)
def test_a_holiday_has_its_name_in_the_readers_language(day, country, language, name):
    with translation.override(language):
        assert holiday_name(day, country) == name


def test_a_day_of_the_weekend_is_named_by_its_day():
    with translation.override("en"):
        assert day_off_name(dt.date(2026, 11, 14), "PL") == "Saturday"


def test_the_weekend_is_that_of_the_country():
    friday = dt.date(2026, 11, 13)

    assert (is_working_day(friday, "PL"), is_working_day(friday, "IL")) == (True, False)


def test_moving_over_a_holiday_and_a_weekend_counts_neither():
    tuesday = dt.date(2026, 11, 10)

    assert move_by_working_days(tuesday, 3, "PL") == dt.date(2026, 11, 16)
    assert move_by_working_days(tuesday, 3, "") == dt.date(2026, 11, 13)


def test_moving_by_none_leaves_even_a_day_off_where_it_is():
    saturday = dt.date(2026, 11, 14)

    assert move_by_working_days(saturday, 0, "PL") == saturday


def test_the_application_starts_without_the_calendars():
    code = "import django; django.setup(); import sys, accounts.workspaces.forms, salesplan.urls; "
    code += "print({'holidays', 'babel'} & set(sys.modules))"

    start = [sys.executable, "-c", code]
    loaded = subprocess.run(start, capture_output=True, text=True, check=True, env=SETTINGS)  # noqa: S603 - our own

    assert loaded.stdout.strip() == "set()"
