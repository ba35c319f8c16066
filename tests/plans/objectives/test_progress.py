import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from plans.objectives.models import Objective
from plans.objectives.progress import expected_value, is_on_pace, pace_share, way_share

# A busy machine is no failure.
patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

NEW_YEAR, YEAR_END = dt.date(2026, 1, 1), dt.date(2026, 12, 31)


def objective(measure="level", baseline="80", target="90", direction="more", **more):
    figures = {"baseline": baseline and Decimal(baseline), "target": target and Decimal(target)}
    return Objective(measure=measure, direction=direction, **figures, **more)


@pytest.mark.parametrize(
    ("today", "share"),
    [("2025-12-31", "0"), ("2026-01-01", "0.0027"), ("2026-07-01", "0.4986"), ("2026-12-31", "1"), ("2027-03-01", "1")],
)
def test_the_pace_is_the_share_of_the_days_that_are_over(today, share):
    found = pace_share(NEW_YEAR, YEAR_END, dt.date.fromisoformat(today))

    assert round(found, 4) == Decimal(share)


@patient
@given(st.dates(), st.dates(), st.dates())
def test_the_pace_stays_between_none_and_all(start, deadline, today):
    assert 0 <= pace_share(start, deadline, today) <= 1


@pytest.mark.parametrize(
    ("kind", "current", "share"),
    [
        (objective("total", "1670000", "1920500"), "960250", "0.5"),
        (objective("count", None, "500"), "125", "0.25"),
        (objective("ratio", "80", "88"), "82", "0.25"),
        (objective("milestones", None, "3"), "3", "1"),
        (objective("level", "60", "72"), "66", "0.5"),
        (objective("level", "50", "40", "less"), "45", "0.5"),
        (objective("level", None, None, "within", band_low=Decimal(3), band_high=Decimal(5)), "4", "1"),
        (objective("level", None, None, "within", band_low=Decimal(3), band_high=Decimal(5)), "6", "0"),
    ],
)
def test_each_kind_of_objective_knows_its_way(kind, current, share):
    assert way_share(kind, Decimal(current)) == Decimal(share)


def test_without_figures_there_is_no_way():
    assert way_share(objective(target=None), Decimal(5)) is None
    assert way_share(objective(baseline=None), Decimal(5)) is None
    assert is_on_pace(objective(direction="within"), Decimal(5), Decimal(1)) is None


def test_the_expected_value_lies_on_the_straight_way():
    assert expected_value(objective("total", "100", "200"), Decimal("0.5")) == 100
    assert expected_value(objective("level", "100", "200"), Decimal("0.5")) == 150


def test_on_pace_means_as_good_as_the_straight_way_in_either_direction():
    half = Decimal("0.5")

    assert is_on_pace(objective(), Decimal(85), half)
    assert not is_on_pace(objective(), Decimal(84), half)
    assert is_on_pace(objective("level", "50", "40", "less"), Decimal(45), half)
    assert not is_on_pace(objective("level", "50", "40", "less"), Decimal(46), half)
