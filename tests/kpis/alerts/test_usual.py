"""What is usual for a KPI is read from the median of its past, which one odd value does not bend."""

from decimal import Decimal

import pytest

from kpis.alerts.usual import ENOUGH, usual_of


def decimals(*values):
    return [Decimal(value) for value in values]


def test_usual_is_three_and_a_half_scaled_deviations_around_the_median():
    # Deviations from 100: 3, 2, 1, 0, 0, 1, 2, 3; their median is 1.5.
    usual = usual_of(decimals(97, 98, 99, 100, 100, 101, 102, 103))

    assert usual.middle == 100
    assert usual.high == 100 + Decimal("3.5") * Decimal("1.4826") * Decimal("1.5")
    assert usual.low == 100 - Decimal("3.5") * Decimal("1.4826") * Decimal("1.5")
    assert usual.count == 8


def test_one_odd_value_does_not_bend_it():
    plain = usual_of(decimals(97, 98, 99, 100, 100, 101, 102, 103))
    bent = usual_of(decimals(97, 98, 99, 100, 100, 101, 102, 10_000))

    assert bent.high - plain.high < 5


def test_with_fewer_than_eight_values_nothing_is_usual():
    assert usual_of(decimals(*range(ENOUGH - 1))) is None


def test_the_last_eight_count():
    assert usual_of(decimals(1, 1, 1, 1, *[100] * 8)).middle == 100


def test_where_most_values_are_the_same_their_mean_deviation_speaks():
    # The MAD is 0; the mean deviation of 10 / 8 is not.
    usual = usual_of(decimals(100, 100, 100, 100, 100, 100, 100, 110))

    assert usual.high == 100 + Decimal("3.5") * Decimal("1.2533") * Decimal("1.25")


def test_where_all_are_the_same_five_percent_are_usual():
    usual = usual_of(decimals(*[100] * 8))

    assert (usual.low, usual.high) == (95, 105)


def test_of_nothing_but_zeros_nothing_is_usual():
    assert usual_of(decimals(*[0] * 8)) is None


def test_what_is_counted_moves_by_one_at_least():
    usual = usual_of(decimals(*[0] * 8), step=Decimal(1))

    assert (usual.low, usual.high) == (0, Decimal("3.5"))


def test_what_was_never_below_zero_is_not_expected_there():
    assert usual_of(decimals(1, 9, 1, 9, 1, 9, 1, 9)).low == 0


@pytest.mark.parametrize(("value", "distance"), [(105, 1), (110, 2), (100, 0), (90, 2)])
def test_how_far_off_is_counted_in_ranges(value, distance):
    assert usual_of(decimals(*[100] * 8)).distance(Decimal(value)) == distance
