"""Target paths, worked out by hand: what a KPI should be on a day when it does not go straight."""

import datetime as dt
from decimal import Decimal
from itertools import accumulate

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kpis.kpi.pace import judge
from kpis.kpi.path import Path, fill_levels
from kpis.kpi.track import Track
from kpis.kpi.words import due_words

YEAR: dict = {"starts_on": dt.date(2026, 1, 1), "deadline": dt.date(2026, 12, 31), "rhythm": "monthly"}


def a_path(*points, seasonal=False, begins_on=YEAR["starts_on"]):
    numbers = tuple(Decimal(point) for point in points)
    return Path(seasonal, begins_on, numbers, tuple(accumulate(numbers)))


def a_track(path, **given):
    return Track(**YEAR | {"target": Decimal(1200), "path": path} | given)


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (dt.date(2025, 12, 31), 0),
        (dt.date(2026, 1, 1), 50),  # the period one is in counts, its value is part of the sum
        (dt.date(2026, 2, 28), 150),
        (dt.date(2026, 3, 1), 400),
        (dt.date(2026, 12, 31), 400),  # nothing typed for the rest of the year adds nothing
        (dt.date(2027, 6, 1), 400),
    ],
)
def test_a_typed_total_is_what_its_periods_come_to(on, expected):
    assert a_track(a_path(50, 100, 250), measure="total").expected(on) == expected


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (dt.date(2026, 1, 31), 120),  # a tenth of the year's 1,200
        (dt.date(2026, 2, 10), 480),
        (dt.date(2026, 12, 31), 1200),
    ],
)
def test_a_seasonal_total_takes_each_periods_share_of_the_target(on, expected):
    shares = a_path("0.1", "0.3", *["0.06"] * 10, seasonal=True)

    assert a_track(shares, measure="total").expected(on) == expected


def test_a_season_ends_at_the_target_though_the_track_takes_a_part_of_the_year_only():
    shares = a_path(*["0.1"] * 8, *["0.05"] * 4, seasonal=True)
    track = a_track(shares, measure="total", starts_on=dt.date(2026, 7, 1))  # 0.1, 0.1 and four times 0.05

    assert track.expected(dt.date(2026, 7, 31)) == 300
    assert track.expected(dt.date(2026, 12, 31)) == 1200


def test_another_target_stretches_a_season_and_leaves_what_was_typed():
    day = dt.date(2026, 1, 31)

    assert a_track(a_path("0.5", "0.5", seasonal=True), measure="total", target=Decimal(100)).expected(day) == 50
    assert a_track(a_path(7, 7), measure="total", target=Decimal(100)).expected(day) == 7


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (dt.date(2026, 1, 1), "80"),  # the baseline
        (dt.date(2026, 2, 15), "85"),  # 45 of 89 days to 31 March: 80 + 10 * 45 / 89, rounded
        (dt.date(2026, 3, 31), "90"),
        (dt.date(2026, 6, 30), "86"),
        (dt.date(2026, 8, 15), "88"),  # 46 of 92 days from 86 to 90
        (dt.date(2026, 12, 31), "100"),
        (dt.date(2027, 2, 1), "100"),
    ],
)
def test_a_typed_level_goes_straight_from_the_end_of_one_period_to_the_next(on, expected):
    track = a_track(a_path(90, 86, 90, 100), rhythm="quarterly", baseline=Decimal(80), target=Decimal(100))

    assert round(track.expected(on)) == Decimal(expected)


def test_a_seasonal_level_is_the_straight_line_times_how_last_year_stood_off_its_own():
    track = a_track(
        a_path("1", "1.1", "0.9", "1", seasonal=True), rhythm="quarterly", baseline=Decimal(100), target=Decimal(464)
    )  # the line grows by one a day: 364 days from 1 January to 31 December

    assert track.expected(dt.date(2026, 3, 31)) == 189
    assert track.expected(dt.date(2026, 6, 30)) == Decimal("308")  # 280 * 1.1
    assert track.expected(dt.date(2026, 9, 30)) == Decimal("334.8")  # 372 * 0.9
    assert track.expected(dt.date(2026, 12, 31)) == 464


def test_without_a_baseline_a_typed_level_begins_at_its_first_value():
    assert a_track(a_path(5, 6), baseline=None).expected(dt.date(2026, 1, 1)) == 5


def test_a_path_of_weeks_counts_them_from_the_day_the_company_says():
    weekly = {"starts_on": dt.date(2026, 8, 1), "deadline": dt.date(2026, 9, 30), "rhythm": "weekly"}
    path = a_path(1, 10, 100, begins_on=dt.date(2026, 8, 1))
    sunday = dt.date(2026, 8, 2)

    assert a_track(path, **weekly, measure="total").expected(sunday) == 1
    assert a_track(path, **weekly, measure="total", week_start=6).expected(sunday) == 11


def test_a_path_counts_from_its_own_first_period_though_the_track_begins_later():
    track = a_track(a_path(1, 10, 100), measure="total", starts_on=dt.date(2026, 2, 1))

    assert track.expected(dt.date(2026, 2, 28)) == 10
    assert track.expected(dt.date(2026, 3, 31)) == 110


def test_a_kpi_is_judged_by_its_path():
    """300 by March: straight that is the pace; after a slow typed start it is far ahead."""
    straight, typed = a_track(None, measure="total"), a_track(a_path(50, 50, 100, *[100] * 9), measure="total")
    march = dt.date(2026, 3, 31)

    assert judge(straight, Decimal(200), march).status == "off_track"
    assert judge(typed, Decimal(200), march).status == "on_track"


@pytest.mark.parametrize(
    ("track", "words"),
    [
        (a_track(None, measure="total", unit="€"), "asks for 100 €"),
        (a_track(a_path(50, 60, 250), measure="total", unit="€"), "asks for 60 €"),
        (a_track(a_path(50, 60, 250), unit="%"), "asks for 60%"),
        (a_track(None), ""),  # without a baseline the target is asked for all along, and stands there already
        (a_track(None, target=None), ""),
    ],
)
def test_what_a_period_asks_for_is_said(track, words):
    assert due_words(track, dt.date(2026, 2, 1)).replace("\xa0", " ") == words


def test_holes_of_a_level_lie_on_the_line_between_their_neighbours():
    typed = [None, Decimal(20), None, None, Decimal(50), None]

    assert fill_levels(typed, start=Decimal(10)) == [15, 20, 30, 40, 50, 50]
    assert fill_levels(typed, start=None) == [20, 20, 30, 40, 50, 50]
    assert fill_levels([None, None], start=None) == [0, 0]


patient = settings(deadline=None)
POINTS = st.lists(st.decimals(0, 1000, places=2), min_size=1, max_size=60)
DAYS = st.dates(dt.date(2025, 6, 1), dt.date(2027, 6, 1))
RHYTHMS = st.sampled_from(["weekly", "monthly", "quarterly"])


@patient
@given(POINTS, RHYTHMS, st.sampled_from([0, 5, 6]), DAYS, DAYS)
def test_a_total_never_falls_on_its_path(points, rhythm, week_start, one, other):
    track = a_track(a_path(*points), measure="total", rhythm=rhythm, week_start=week_start)
    earlier, later = sorted([one, other])

    assert 0 <= track.expected(earlier) <= track.expected(later) <= sum(points)


@patient
@given(POINTS, RHYTHMS, st.booleans(), DAYS)
def test_a_level_stays_between_the_points_of_its_path(points, rhythm, has_baseline, day):
    baseline = Decimal(10) if has_baseline else None
    track = a_track(a_path(*points), rhythm=rhythm, baseline=baseline)
    ends = [*points, baseline or points[0]]

    assert min(ends) - Decimal("0.001") <= track.expected(day) <= max(ends) + Decimal("0.001")
