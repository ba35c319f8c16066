"""What a change comes to: the article's five objectives, and what is said when there is no answer."""

import datetime as dt
from decimal import Decimal

import pytest

from plans.objectives.change import Kind
from plans.objectives.models import Objective
from plans.objectives.outcome import outcome_of


def outcome(ambition, baseline, *, measure="level", unit="", direction="more"):
    objective = Objective(
        ambition=ambition,
        baseline=None if baseline is None else Decimal(baseline),
        measure=measure,
        unit=unit,
        direction=direction,
    )
    return outcome_of(objective, starts_on=dt.date(2026, 1, 1), plan_end=dt.date(2026, 12, 31))


@pytest.mark.parametrize(
    ("ambition", "baseline", "measure", "unit", "target", "deadline"),
    [
        ("+15 % by year end", "1670000", "total", "€", "1920500", "2026-12-31"),
        ("500 new customers in six months", None, "count", "customers", "500", "2026-06-30"),
        ("+10 % in twelve months", "80", "ratio", "%", "88", "2026-12-31"),
        ("3 by quarter end", None, "milestones", "launches", "3", "2026-03-31"),
        ("+20 % in nine months", "60", "level", "€", "72", "2026-09-30"),
    ],
)
def test_the_five_objectives_of_the_article(ambition, baseline, measure, unit, target, deadline):
    found = outcome(ambition, baseline, measure=measure, unit=unit)

    assert found.target == Decimal(target)
    assert found.deadline == dt.date.fromisoformat(deadline)
    assert found.problem == ""


def test_ten_percent_and_ten_points_of_a_rate_differ():
    relative = outcome("+10 % in a year", "80", measure="ratio", unit="%")
    points = outcome("+10 pt in a year", "80", measure="ratio", unit="%")

    assert (relative.target, relative.kind) == (88, Kind.PERCENT)
    assert (points.target, points.kind) == (90, Kind.POINTS)


def test_a_bare_percentage_of_a_rate_is_the_level_to_reach():
    assert outcome("85 % by year end", "80", measure="ratio", unit="%").target == 85


def test_less_is_better_makes_a_change_without_sign_a_reduction():
    assert outcome("20 % by year end", "50", unit="days", direction="less").target == 40


def test_a_bare_number_adds_to_a_count_and_is_the_level_of_anything_else():
    assert outcome("500 in six months", "1200", measure="count").target == 1700
    assert outcome("500 in six months", "1200", measure="level").target == 500


def test_a_percentage_without_a_baseline_asks_for_it_and_still_knows_the_day():
    found = outcome("+15 % by year end", None)

    assert found.target is None
    assert found.deadline == dt.date(2026, 12, 31)
    assert "baseline" in found.missing
    assert found.problem == ""


@pytest.mark.parametrize(
    ("ambition", "words"),
    [
        ("🎉", "not clear"),
        ("+5 by 31 February", "no such day"),
        ("+99999999999999999999 by year end", "14 digits"),
    ],
)
def test_problems_are_said_in_words(ambition, words):
    assert words in outcome(ambition, "80").problem


def test_no_change_is_no_problem():
    assert outcome("", "80").problem == ""
