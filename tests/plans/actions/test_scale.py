"""Where a day lies in a drawing."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.actions.scale import Scale, add_months, read_month

YEAR = Scale(dt.date(2026, 1, 1), dt.date(2026, 12, 31))
DAYS = st.dates(dt.date(2020, 1, 1), dt.date(2035, 12, 31))


def test_the_first_morning_is_at_the_left_edge_and_the_last_evening_at_the_right():
    assert YEAR.at(dt.date(2026, 1, 1)) == "0.00%"
    assert YEAR.at(dt.date(2027, 1, 1)) == "100.00%"


@given(first=DAYS, last=DAYS, day=DAYS)
def test_a_day_lies_between_the_edges_exactly_when_it_is_shown(first, last, day):
    scale = Scale(min(first, last), max(first, last))

    assert (0 <= scale.share(day) < 100) == scale.shows(day)


@given(first=DAYS, last=DAYS)
def test_lines_stand_in_their_order_within_the_edges_and_there_are_never_many(first, last):
    scale = Scale(min(first, last), max(first, last))

    places = [float(tick.x.rstrip("%")) for tick in scale.ticks(first)]

    assert places == sorted(places)
    assert places[0] == 0
    assert places[-1] < 100.01
    assert len(places) <= 26


@pytest.mark.parametrize(
    ("scale", "labels"),
    [
        (Scale(dt.date(2026, 3, 1), dt.date(2026, 3, 31)), ["", "2 Mar", "9 Mar", "16 Mar", "23 Mar", ""]),
        (Scale(dt.date(2026, 11, 1), dt.date(2027, 2, 28)), ["Nov 2026", "Dec", "Jan 2027", "Feb"]),
        (
            Scale(dt.date(2025, 1, 1), dt.date(2026, 12, 31)),
            ["Jan 2025", "Apr", "Jul", "Oct", "Jan 2026", "Apr", "Jul", "Oct"],
        ),
        (Scale(dt.date(2020, 1, 1), dt.date(2029, 12, 31)), [str(year) for year in range(2020, 2030)]),
    ],
    ids=["weeks", "months", "quarters", "years"],
)
def test_what_stands_above_depends_on_how_much_is_shown(scale, labels):
    assert [tick.label for tick in scale.ticks(dt.date(2026, 3, 4))][: len(labels)] == labels


@pytest.mark.parametrize(
    ("text", "month"),
    [("2026-03", dt.date(2026, 3, 1)), ("2026-13", None), ("March", None), ("", None), ("9999-12", None)],
)
def test_a_month_is_read_from_an_address(text, month):
    assert read_month(text) == month


@pytest.mark.parametrize(("number", "month"), [(0, (2026, 11)), (2, (2027, 1)), (-11, (2025, 12))])
def test_months_are_added_over_the_year(number, month):
    assert add_months(dt.date(2026, 11, 1), number) == dt.date(*month, 1)
