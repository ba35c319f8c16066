"""A season worked out by hand from the year before."""

import datetime as dt
from decimal import Decimal

import pytest

from kpis.kpi.track import Track
from kpis.paths.seasons import NoSeasonError, season_of


def a_track(**given):
    year = {"starts_on": dt.date(2026, 1, 1), "deadline": dt.date(2026, 12, 31), "rhythm": "quarterly"}
    return Track(**year | {"target": Decimal(1000), "measure": "total"} | given)


def quarters(*values, year=2025):
    firsts = [dt.date(year, month, 1) for month in (1, 4, 7, 10)]
    return {day: Decimal(value) for day, value in zip(firsts, values, strict=True) if value is not None}


def test_each_period_of_a_total_takes_its_share_of_the_year_before():
    season = season_of(a_track(), quarters(10, 20, 30, 40))

    assert season.points == [Decimal("0.1"), Decimal("0.2"), Decimal("0.3"), Decimal("0.4")]
    assert season.words == "All 4 values from Jan. 1, 2025 to Dec. 31, 2025 are used." or "2025" in season.words


def test_a_missing_value_lies_between_its_neighbours_and_is_said():
    season = season_of(a_track(), quarters(10, None, 30, 40))

    assert season.points == [Decimal("0.1"), Decimal("0.2"), Decimal("0.3"), Decimal("0.4")]
    assert (season.used, season.of) == (3, 4)
    assert season.words.startswith("3 of 4 values from")


def test_a_level_keeps_how_many_times_its_straight_line_it_stood_at():
    """From 100 at the end of 2024 to 140 the line is at 110, 120, 130, 140."""
    values = {dt.date(2024, 10, 1): Decimal(100)} | quarters(121, 120, 117, 140)

    season = season_of(a_track(measure="level"), values)

    assert season.points == [Decimal("1.1"), 1, Decimal("0.9"), 1]


def test_without_an_earlier_level_the_line_begins_at_the_first_of_the_year():
    season = season_of(a_track(measure="level"), quarters(100, 132, 100, 140))  # 110, 120, 130, 140

    assert [round(point, 4) for point in season.points] == [Decimal("0.9091"), Decimal("1.1"), Decimal("0.7692"), 1]


@pytest.mark.parametrize(
    ("measure", "values", "reason"),
    [
        ("total", quarters(None, None, None, None), "No value of the year before is known; at least 3 of 4"),
        ("total", quarters(1, None, None, None), "Only 1 of 4 values of the year before is known; at least 3"),
        ("total", quarters(1, 2, None, None), "Only 2 of 4 values of the year before are known; at least 3"),
        ("total", quarters(0, 0, 0, 0), "All values of the year before are zero"),
        ("total", quarters(5, -1, 5, 5), "A value below zero has no share"),
        ("level", quarters(5, 0, 5, 5), "A level of zero or below has no season"),
        ("level", quarters(5, 4, 5, -5), "A level of zero or below has no season"),
    ],
)
def test_what_has_no_shape_is_refused_with_the_reason(measure, values, reason):
    with pytest.raises(NoSeasonError, match=reason):
        season_of(a_track(measure=measure), values)


def test_one_period_has_no_season():
    with pytest.raises(NoSeasonError, match="a single period long"):
        season_of(a_track(deadline=dt.date(2026, 3, 31)), quarters(1, 2, 3, 4))


def test_weeks_follow_the_same_weeks_of_the_year_before_and_week_53_the_one_after_week_52():
    weeks = {dt.date(2024, 12, 30) + dt.timedelta(weeks=week): Decimal(week + 1) for week in range(52)}

    season = season_of(a_track(rhythm="weekly"), weeks)

    assert (len(season.points), season.of) == (53, 53)
    assert season.points[0] == season.points[52]  # 53 falls on week 1 of 2025, 104 weeks before
    assert round(season.points[51] / season.points[0]) == 52
    assert (season.first, season.last) == (dt.date(2024, 12, 30), dt.date(2025, 12, 28))


def test_a_way_of_two_years_follows_the_year_before_twice():
    season = season_of(a_track(deadline=dt.date(2027, 12, 31)), quarters(10, 20, 30, 40))

    assert season.points == [Decimal(share) / 20 for share in (1, 2, 3, 4)] * 2
