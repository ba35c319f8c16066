"""Calendar arithmetic, checked on days worked out by hand and on any day hypothesis thinks of."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from kpis.kpi.periods import (
    count_periods,
    first_day,
    last_day,
    latest_week_start,
    next_period,
    period_label,
    period_of,
    periods_between,
    previous_period,
    week_code,
    week_from_code,
)

patient = settings(deadline=None)
DAYS = st.dates(dt.date(1990, 1, 1), dt.date(2090, 12, 31))
RHYTHMS = st.sampled_from(["weekly", "monthly", "quarterly"])
MONDAY, SATURDAY, SUNDAY = 0, 5, 6
ZONES = st.sampled_from([ZoneInfo("Europe/Warsaw"), ZoneInfo("America/New_York")])
STARTS = st.sampled_from([MONDAY, SATURDAY, SUNDAY])


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


@patient
@given(DAYS, RHYTHMS, STARTS)
def test_every_day_lies_in_exactly_one_period(day, rhythm, start):
    period = period_of(day, rhythm, start)

    assert first_day(period, rhythm, start) <= day <= last_day(period, rhythm, start)
    assert period_of(first_day(period, rhythm, start), rhythm, start) == period
    assert period_of(last_day(period, rhythm, start), rhythm, start) == period
    assert period_of(period, rhythm, start) == period


@patient
@given(DAYS, RHYTHMS, STARTS)
def test_periods_follow_each_other_without_gap_or_overlap(day, rhythm, start):
    period = period_of(day, rhythm, start)
    following, before = next_period(period, rhythm), previous_period(period, rhythm)

    assert first_day(following, rhythm, start) == last_day(period, rhythm, start) + dt.timedelta(days=1)
    assert last_day(before, rhythm, start) == first_day(period, rhythm, start) - dt.timedelta(days=1)
    assert previous_period(following, rhythm) == next_period(before, rhythm) == period


@patient
@given(DAYS, STARTS)
def test_a_week_begins_on_the_day_the_company_says_and_has_seven_days(day, start):
    week = period_of(day, "weekly", start)

    assert first_day(week, "weekly", start).weekday() == start
    assert (last_day(week, "weekly", start) - first_day(week, "weekly", start)).days == 6


@patient
@given(DAYS, STARTS, STARTS)
def test_a_week_keeps_its_name_whichever_day_it_begins_on(day, start, other):
    week = period_of(day, "weekly", start)

    assert period_of(week, "weekly", other) == week
    assert period_label(week, "weekly") == period_label(period_of(week, "weekly", other), "weekly")
    assert week_from_code(week_code(week)) == week


@patient
@given(DAYS, st.integers(0, 4000), RHYTHMS, STARTS)
def test_counting_periods_equals_walking_through_them(first, days, rhythm, start):
    last = first + dt.timedelta(days=days)

    assert count_periods(first, last, rhythm, start) == len(periods_between(first, last, rhythm, start))


@patient
@given(st.integers(0, 4_000_000_000), ZONES, STARTS)
def test_an_hour_later_is_the_same_week_or_the_next_whatever_the_clocks_do(second, zone, start):
    """The hour in which clocks change is passed by: days are what is counted."""
    now = dt.datetime.fromtimestamp(second, dt.UTC)
    weeks = [period_of(at.astimezone(zone).date(), "weekly", start) for at in (now, now + dt.timedelta(hours=1))]

    assert weeks[1] in {weeks[0], next_period(weeks[0], "weekly")}


@pytest.mark.parametrize(
    ("zone", "midnight"),
    [
        ("Europe/Warsaw", dt.datetime(2026, 3, 29, 22, tzinfo=dt.UTC)),  # summer time since that morning: UTC+2
        ("Europe/Warsaw", dt.datetime(2026, 10, 25, 23, tzinfo=dt.UTC)),  # winter time since that morning: UTC+1
        ("America/New_York", dt.datetime(2026, 3, 9, 4, tzinfo=dt.UTC)),
        ("America/New_York", dt.datetime(2026, 11, 2, 5, tzinfo=dt.UTC)),
    ],
)
def test_a_week_ends_at_midnight_after_the_clocks_have_changed(zone, midnight):
    before, after = ((midnight - dt.timedelta(seconds=late)).astimezone(ZoneInfo(zone)).date() for late in (1, 0))

    assert period_of(after, "weekly") == next_period(period_of(before, "weekly"), "weekly") == after


@pytest.mark.parametrize(("year", "weeks"), [(2020, 53), (2024, 52), (2025, 52), (2026, 53), (2032, 53)])
def test_years_of_52_and_of_53_weeks(year, weeks):
    """The fourth of January and the 28th of December lie in the first and the last of them."""
    last = dt.date(year, 12, 28)

    assert week_code(last) == f"{year}-W{weeks}"
    assert count_periods(dt.date(year, 1, 4), dt.date(year, 12, 28), "weekly") == weeks


@pytest.mark.parametrize(
    ("start", "first", "last"),
    [
        (MONDAY, dt.date(2024, 2, 26), dt.date(2024, 3, 3)),
        (SUNDAY, dt.date(2024, 2, 25), dt.date(2024, 3, 2)),
        (SATURDAY, dt.date(2024, 2, 24), dt.date(2024, 3, 1)),
    ],
)
def test_a_leap_day_is_a_day_like_any_other(start, first, last):
    week = period_of(dt.date(2024, 2, 29), "weekly", start)

    assert week_code(week) == "2024-W09"
    assert (first_day(week, "weekly", start), last_day(week, "weekly", start)) == (first, last)
    assert last_day(dt.date(2024, 2, 1), "monthly") == dt.date(2024, 2, 29)


def test_of_several_companies_the_weeks_that_begin_last_are_shown():
    assert latest_week_start([SATURDAY, SUNDAY]) == SUNDAY
    assert latest_week_start([SATURDAY, MONDAY]) == MONDAY
    assert latest_week_start([]) == MONDAY


@patient
@given(DAYS)
def test_a_week_comes_back_from_its_code(day):
    assert week_from_code(week_code(day)) == period_of(day, "weekly")
