"""Calendar arithmetic, checked on days worked out by hand and on any day hypothesis thinks of."""

import datetime as dt

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from kpis.kpi.periods import (
    count_periods,
    last_day,
    next_period,
    period_label,
    period_of,
    periods_between,
    previous_period,
    week_code,
    week_from_code,
)

DAYS = st.dates(dt.date(1990, 1, 1), dt.date(2090, 12, 31))
RHYTHMS = st.sampled_from(["weekly", "monthly", "quarterly"])


@pytest.mark.parametrize(
    ("day", "rhythm", "first"),
    [
        (dt.date(2026, 8, 23), "weekly", dt.date(2026, 8, 17)),
        (dt.date(2026, 8, 17), "weekly", dt.date(2026, 8, 17)),
        (dt.date(2027, 1, 3), "weekly", dt.date(2026, 12, 28)),
        (dt.date(2026, 8, 31), "monthly", dt.date(2026, 8, 1)),
        (dt.date(2026, 9, 30), "quarterly", dt.date(2026, 7, 1)),
        (dt.date(2024, 2, 29), "quarterly", dt.date(2024, 1, 1)),
    ],
)
def test_a_day_belongs_to_the_period_that_begins_on(day, rhythm, first):
    assert period_of(day, rhythm) == first


def test_2026_has_a_week_53_that_reaches_into_january():
    period = period_of(dt.date(2027, 1, 1), "weekly")

    assert period_label(period, "weekly") == "week 53"
    assert week_code(period) == "2026-W53"
    assert period_label(next_period(period, "weekly"), "weekly") == "week 1"
    assert week_from_code("2026-W53") == period
    assert week_from_code("2025-W53") is None


@pytest.mark.parametrize("change", [dt.date(2026, 3, 29), dt.date(2026, 10, 25)], ids=["spring", "autumn"])
def test_a_week_with_a_clock_change_has_seven_days_like_any_other(change):
    period = period_of(change, "weekly")

    assert (last_day(period, "weekly") - period).days == 6
    assert next_period(period, "weekly") == change + dt.timedelta(days=1)


@pytest.mark.parametrize(
    ("rhythm", "language", "label"),
    [
        ("weekly", "en", "week 34"),
        ("monthly", "en", "August 2026"),
        ("quarterly", "en", "Q3 2026"),
        ("monthly", "pl", "Sierpień 2026"),
    ],
)
def test_a_period_is_called_as_people_call_it(rhythm, language, label):
    with translation.override(language):
        assert period_label(period_of(dt.date(2026, 8, 19), rhythm), rhythm) == label


@pytest.mark.parametrize("code", ["", "2026", "2026-34", "2026-W00", "2026-W54", "0000-W01", "x", "2026-W34 "])
def test_what_is_no_week_is_none(code):
    assert week_from_code(code) is None


def test_periods_between_are_those_with_a_day_in_the_span():
    assert periods_between(dt.date(2026, 1, 15), dt.date(2026, 3, 1), "monthly") == [
        dt.date(2026, 1, 1),
        dt.date(2026, 2, 1),
        dt.date(2026, 3, 1),
    ]
    assert periods_between(dt.date(2026, 3, 1), dt.date(2026, 2, 27), "monthly") == []


@given(DAYS, RHYTHMS)
def test_every_day_lies_in_exactly_one_period(day, rhythm):
    period = period_of(day, rhythm)

    assert period <= day <= last_day(period, rhythm)
    assert period_of(period, rhythm) == period
    assert previous_period(next_period(period, rhythm), rhythm) == period
    assert last_day(previous_period(period, rhythm), rhythm) == period - dt.timedelta(days=1)


@given(DAYS, st.integers(0, 4000), RHYTHMS)
def test_counting_periods_equals_walking_through_them(first, days, rhythm):
    last = first + dt.timedelta(days=days)

    assert count_periods(first, last, rhythm) == len(periods_between(first, last, rhythm))


@given(DAYS)
def test_a_week_comes_back_from_its_code(day):
    assert week_from_code(week_code(day)) == period_of(day, "weekly")
