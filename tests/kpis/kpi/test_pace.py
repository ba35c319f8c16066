"""Worked examples: each expected figure was computed by hand, beside it stands how."""

import datetime as dt
from decimal import Decimal

import pytest

from kpis.kpi.pace import freshness, judge
from kpis.kpi.rules import Rules
from kpis.kpi.track import Track
from kpis.kpi.words import gap_words, pace_words, rule_words

START, END = dt.date(2026, 1, 1), dt.date(2026, 4, 11)  # 100 days apart


def a_track(**given):
    numbers = {"baseline", "target", "band_low", "band_high"}
    given = {key: Decimal(value) if key in numbers else value for key, value in given.items()}
    return Track(**{"starts_on": START, "deadline": END} | given)


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (dt.date(2025, 12, 1), "80"),  # before the start: the baseline
        (START, "80"),
        (dt.date(2026, 1, 31), "83"),  # 30 of 100 days: 80 + 0.3 * 10
        (END, "90"),
        (dt.date(2026, 6, 1), "90"),  # after the deadline: the target
    ],
)
def test_a_level_is_expected_on_the_line_from_baseline_to_target(on, expected):
    assert a_track(baseline=80, target=90).expected(on) == Decimal(expected)


def test_a_total_is_expected_to_grow_by_the_same_share_each_period():
    track = a_track(measure="total", target=1200, starts_on=START, deadline=dt.date(2026, 12, 31), rhythm="monthly")

    assert track.expected(dt.date(2026, 3, 31)) == 300  # 3 of 12 months
    assert track.expected(dt.date(2026, 4, 1)) == 400  # April has begun, its reading is part of the sum


def test_a_level_without_baseline_is_expected_at_its_target_all_along():
    assert a_track(target=90).expected(START) == 90


@pytest.mark.parametrize(
    ("actual", "status", "words"),
    [
        ("85", "on_track", "2 pt ahead"),
        ("83", "on_track", "on pace"),
        ("82.3", "on_track", "on pace"),  # 82.3 / 83 = 0.992: within one percent
        ("82.1", "at_risk", "0.9 pt behind"),  # 82.1 / 83 = 0.989
        ("74.7", "at_risk", "8.3 pt behind"),  # 74.7 / 83 = 0.9 exactly
        ("74.6", "off_track", "8.4 pt behind"),
        ("0", "off_track", "83 pt behind"),
    ],
)
def test_more_is_better_by_the_share_of_what_is_expected(actual, status, words):
    pace = judge(a_track(baseline=80, target=90, unit="%"), Decimal(actual), dt.date(2026, 1, 31))

    assert pace.expected == 83
    assert (pace.status, gap_words(pace)) == (status, words)


@pytest.mark.parametrize(
    ("actual", "status", "words"),
    [
        ("50", "on_track", "8 € below"),
        ("58.5", "on_track", "on pace"),  # 58 / 58.5 = 0.991
        ("61", "at_risk", "3 € too high"),  # 58 / 61 = 0.951
        ("65", "off_track", "7 € too high"),  # 58 / 65 = 0.892
        ("0", "on_track", "58 € below"),
    ],
)
def test_less_is_better_turns_the_share_round(actual, status, words):
    track = a_track(baseline=68, target=48, direction="less", unit="€")  # 58 after 50 of 100 days

    pace = judge(track, Decimal(actual), dt.date(2026, 2, 20))

    assert pace.expected == 58
    assert (pace.status, gap_words(pace).replace("\xa0", " ")) == (status, words)


@pytest.mark.parametrize(
    ("actual", "status", "words"),
    [
        ("40", "on_track", "inside the band"),
        ("60", "on_track", "inside the band"),
        ("62", "at_risk", "2 above the band"),  # a tenth of the width of 20
        ("38", "at_risk", "2 below the band"),
        ("62.1", "off_track", "2.1 above the band"),
    ],
)
def test_staying_within_a_band(actual, status, words):
    pace = judge(a_track(direction="within", band_low=40, band_high=60), Decimal(actual), START)

    assert (pace.status, gap_words(pace)) == (status, words)
    assert pace_words(pace) == "band 40 to 60"


def test_falling_but_above_the_target_is_not_red():
    track = a_track(baseline=95, target=80)  # 95 may fall to 80; 87.5 expected after 50 days

    pace = judge(track, Decimal(81), dt.date(2026, 2, 20))

    assert pace.ratio < Decimal("0.93")
    assert (pace.status, pace.reached) == ("on_track", True)


def test_a_total_that_should_stay_small_is_not_reached_before_its_end():
    track = a_track(measure="total", direction="less", target=100, rhythm="monthly", deadline=dt.date(2026, 4, 30))

    pace = judge(track, Decimal(60), dt.date(2026, 1, 31))  # 25 expected after one of four months

    assert pace.status == "off_track"


@pytest.mark.parametrize(
    ("actual", "status"),
    [
        ("-5", "on_track"),  # the line from -20 to 10 is at -5 after half the time
        ("-6", "at_risk"),  # 1 of 30 behind
        ("-8", "at_risk"),  # 3 of 30 behind
        ("-9", "off_track"),
    ],
)
def test_a_track_that_crosses_zero_is_judged_by_its_length(actual, status):
    assert judge(a_track(baseline=-20, target=10), Decimal(actual), dt.date(2026, 2, 20)).status == status


@pytest.mark.parametrize(
    ("track", "actual", "rule"),
    [
        (a_track(), "5", "No target is set"),
        (a_track(target=10), None, "No value yet"),
        (a_track(direction="within"), "5", "No target is set"),
    ],
)
def test_no_data_is_grey_and_never_red(track, actual, rule):
    pace = judge(track, None if actual is None else Decimal(actual), START)

    assert pace.status == "no_data"
    assert gap_words(pace) == ""
    assert rule in rule_words(pace)


def test_the_rule_shows_its_numbers():
    pace = judge(a_track(baseline=0, target=100, unit="leads"), Decimal(46), dt.date(2026, 2, 20))

    assert rule_words(pace).replace("\xa0", " ") == (
        "46 leads against 50 leads expected: 92% of pace. "
        "On track from 100%, at risk from 90%. Within 1% counts as on pace."
    )


@pytest.mark.parametrize(
    ("rhythm", "period", "last_fresh_day"),
    [
        ("weekly", dt.date(2026, 1, 5), dt.date(2026, 1, 19)),  # the week ends on the 11th, 8 days on
        ("monthly", dt.date(2026, 1, 1), dt.date(2026, 3, 4)),  # 31 January and 32 days
        ("quarterly", dt.date(2025, 7, 1), dt.date(2026, 1, 3)),  # 30 September and 95 days
    ],
)
def test_a_value_grows_stale_after_its_rhythm(rhythm, period, last_fresh_day):
    track = a_track(rhythm=rhythm, target=1)

    assert not freshness(track, period, last_fresh_day).stale
    assert freshness(track, period, last_fresh_day + dt.timedelta(days=1)).stale


def test_without_any_value_it_is_stale_once_the_first_period_is_long_over():
    track = a_track(target=1)  # the first week ends on Sunday, 4 January

    assert not freshness(track, None, dt.date(2026, 1, 12)).stale
    assert freshness(track, None, dt.date(2026, 1, 13)).stale


def test_nothing_grows_stale_after_the_deadline():
    assert not freshness(a_track(target=1), dt.date(2026, 4, 6), dt.date(2027, 1, 1)).stale


@pytest.mark.parametrize(
    ("rules", "actual", "status"),
    [
        (Rules(95, 80), "95", "on_track"),
        (Rules(95, 80), "94.9", "at_risk"),
        (Rules(95, 80), "80", "at_risk"),
        (Rules(95, 80), "79.9", "off_track"),
        (Rules(100, 90), "99", "on_track"),  # within one percent of the whole pace
        (Rules(100, 90), "98.9", "at_risk"),
        (Rules(110, 100), "109", "at_risk"),  # more than the pace is asked for, so nothing is let off
        (Rules(110, 100), "110", "on_track"),
        (Rules(110, 100), "99.9", "off_track"),
    ],
)
def test_a_company_says_from_which_share_of_the_pace_a_kpi_is_what(rules, actual, status):
    track = a_track(target=200, baseline=0, rules=rules)  # 100 expected after half the time

    assert judge(track, Decimal(actual), dt.date(2026, 2, 20)).status == status


@pytest.mark.parametrize(("actual", "status"), [("105", "on_track"), ("105.3", "at_risk"), ("125.1", "off_track")])
def test_the_rules_of_less_is_better_turn_the_share_round_too(actual, status):
    track = a_track(target=0, baseline=200, direction="less", rules=Rules(95, 80))  # 100 expected: 100 / 105.3 = 0.9497

    assert judge(track, Decimal(actual), dt.date(2026, 2, 20)).status == status


@pytest.mark.parametrize(
    ("actual", "status"),
    [("-10", "on_track"), ("-11", "on_track"), ("-12", "at_risk"), ("-14", "at_risk"), ("-14.1", "off_track")],
)
def test_a_track_all_below_zero_is_judged_by_its_length(actual, status):
    """From -30 to 10 below zero: -10 is expected after half the way of 40, so 1 behind is 97.5% of pace."""
    track = a_track(baseline=-30, target=10, rules=Rules(97, 90))

    assert judge(track, Decimal(actual), dt.date(2026, 2, 20)).status == status


def test_a_kpi_with_rules_of_its_own_says_so():
    pace = judge(a_track(baseline=0, target=100, rules=Rules(95, 80, own=True)), Decimal(46), dt.date(2026, 2, 20))

    assert rule_words(pace) == "46 against 50 expected: 92% of pace. For this KPI: on track from 95%, at risk from 80%."
