"""When a value is asked about, by examples worked out by hand."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpis.readings.usual import doubt

STEADY = [Decimal(value) for value in ("3.0", "3.2", "3.1", "2.9", "3.1")]  # median 3.1, deviation 0.1


@pytest.mark.parametrize("value", ["2.2", "3.1", "4.0"])
def test_what_is_near_the_median_is_believed(value):
    """A deviation of 0.1 counts as at least 5 % of 3.1, 0.155; six of them reach 0.93 to each side."""
    assert doubt(Decimal(value), STEADY) is None


@pytest.mark.parametrize(("value", "meant"), [("31", "3.1"), ("310", "3.1"), ("0.31", "3.1"), ("5", None)])
def test_what_is_far_is_asked_about_with_what_may_have_been_meant(value, meant):
    found = doubt(Decimal(value), STEADY)

    assert found.meant == (Decimal(meant) if meant else None)


def test_ten_times_the_last_value_says_so():
    assert doubt(Decimal(31), STEADY).factor == 10


def test_with_few_values_only_a_leap_is_asked_about():
    past = [Decimal(3), Decimal(3)]

    assert doubt(Decimal(29), past) is None
    assert doubt(Decimal(30), past).factor == 10
    assert doubt(Decimal("0.3"), past).factor == Decimal("0.1")


def test_one_odd_value_in_the_past_does_not_widen_the_usual():
    assert doubt(Decimal(31), [*STEADY, Decimal(31), Decimal("3.1")]) is not None


def test_the_first_value_is_believed():
    assert doubt(Decimal(10) ** 9, []) is None


def test_after_zero_there_is_no_ten_times():
    assert doubt(Decimal(5), [Decimal(0)]) is None


@given(st.decimals("-1e9", "1e9", places=4), st.lists(st.decimals("-1e9", "1e9", places=4), max_size=20))
def test_what_is_suggested_would_be_believed(value, past):
    found = doubt(value, past)

    if found and found.meant is not None:
        assert doubt(found.meant, past) is None
