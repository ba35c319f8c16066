"""A change as people say it, read in two languages."""

import contextlib
import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from plans.objectives.change import Change, Kind, parse_change

# A busy machine is no failure.
patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

NEW_YEAR = dt.date(2026, 1, 1)
PLAN_END = dt.date(2026, 11, 30)


def due(text: str, start: dt.date = NEW_YEAR) -> dt.date:
    change = parse_change(text)
    assert change.due is not None
    return change.due.day_from(start, PLAN_END)


@pytest.mark.parametrize(
    ("text", "kind", "amount", "sign"),
    [
        ("+15 % by year end", Kind.PERCENT, "15", 1),
        ("+15 % do końca roku", Kind.PERCENT, "15", 1),
        ("-12,5% w 9 miesięcy", Kind.PERCENT, "12.5", -1),
        ("−5 pt by 30 June", Kind.POINTS, "5", -1),
        ("+10 pp in a year", Kind.POINTS, "10", 1),
        ("+10 p.p. w rok", Kind.POINTS, "10", 1),
        ("+10 pkt proc. do 30 czerwca", Kind.POINTS, "10", 1),
        ("+10 punktów procentowych do grudnia", Kind.POINTS, "10", 1),
        ("+2 percentage points by June", Kind.POINTS, "2", 1),
        ("500 new customers in six months", Kind.BY, "500", 1),
        ("500 nowych klientów w ciągu sześciu miesięcy", Kind.BY, "500", 1),
        ("500 w ciągu sześciu miesięcy", Kind.PLAIN, "500", 0),
        ("3 by quarter end", Kind.PLAIN, "3", 0),
        ("three launches by quarter end", Kind.PLAIN, "3", 0),
        ("to 2 M by Q3", Kind.TO, "2000000", 0),
        ("do 500 w pół roku", Kind.TO, "500", 0),
        ("+1 234,5 by June 30, 2027", Kind.BY, "1234.5", 1),
        ("+3 tys. do końca III kwartału", Kind.BY, "3000", 1),
        ("zmniejszyć o 5 % do końca czerwca", Kind.PERCENT, "5", -1),
        ("increase by 20 % within the next nine months", Kind.PERCENT, "20", 1),
    ],
)
def test_the_amount_is_read_with_its_kind_and_sign(text, kind, amount, sign):
    change = parse_change(text)

    assert (change.kind, change.amount, change.sign) == (kind, Decimal(amount), sign)
    assert change.due is not None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("by year end", "2026-12-31"),
        ("by the end of the year", "2026-12-31"),
        ("do końca roku", "2026-12-31"),
        ("do konca 2027 roku", "2027-12-31"),
        ("by the end of 2027", "2027-12-31"),
        ("by quarter end", "2026-03-31"),
        ("do końca kwartału", "2026-03-31"),
        ("do końca III kwartału", "2026-09-30"),
        ("by Q3", "2026-09-30"),
        ("by month end", "2026-01-31"),
        ("by the end of the plan", "2026-11-30"),
        ("do końca planu", "2026-11-30"),
        ("in six months", "2026-06-30"),
        ("in twelve months", "2026-12-31"),
        ("over the next nine months", "2026-09-30"),
        ("w ciągu najbliższych dziewięciu miesięcy", "2026-09-30"),
        ("w 9 miesięcy", "2026-09-30"),
        ("w pół roku", "2026-06-30"),
        ("in a year", "2026-12-31"),
        ("w rok", "2026-12-31"),
        ("in 2 weeks", "2026-01-14"),
        ("by 30 June", "2026-06-30"),
        ("by June 30, 2027", "2027-06-30"),
        ("do 30 czerwca 2027 r.", "2027-06-30"),
        ("by 2026-06-30", "2026-06-30"),
        ("do 30.06.2026", "2026-06-30"),
        ("by June", "2026-06-30"),
        ("do końca czerwca", "2026-06-30"),
    ],
)
def test_the_deadline_is_counted_from_new_year(text, day):
    assert due(text) == dt.date.fromisoformat(day)


def test_a_day_without_a_year_is_the_next_one():
    assert due("by 30 June", dt.date(2026, 7, 1)) == dt.date(2027, 6, 30)


def test_months_that_are_too_short_end_on_their_last_day():
    assert due("in six months", dt.date(2026, 8, 31)) == dt.date(2027, 2, 28)


@pytest.mark.parametrize("text", ["by 31 February", "do 31 lutego", "by 2026-02-31", "in 9999 years", "by 30.13.2026"])
def test_a_day_that_does_not_exist_is_found_but_has_no_date(text):
    with pytest.raises(ValueError, match=r".*"):
        due(text)


@pytest.mark.parametrize("text", ["🎉", "as much as we can", "1e30 by year end", "<b>lots</b>", "x" * 10_000])
def test_what_cannot_be_read_is_said(text):
    change = parse_change(text)

    assert change.amount is None
    assert change.unread


def test_a_deadline_alone_is_a_change_of_nothing_but_the_day():
    assert parse_change("by year end").unread == ""
    assert parse_change("").unread == ""


@patient
@given(st.text(max_size=300))
@example("q" * 9999)
@example("+٣ by year end")
@example("² in ² months")
@example("3 by 99 99")
def test_nothing_anybody_types_breaks_it(text):
    change = parse_change(text)

    assert isinstance(change, Change)
    if change.due:
        with contextlib.suppress(ValueError):  # a day that does not exist: the form says so
            assert change.due.day_from(NEW_YEAR, PLAN_END).year >= 1


WORDS = {Kind.PERCENT: [" %", "%", " proc."], Kind.POINTS: [" pt", " pp", " pkt proc."], Kind.BY: [""]}
PHRASES = ["by year end", "in six months", "do końca kwartału", "w 9 miesięcy", "by 30 June", "do 30 czerwca 2027"]


@patient
@given(
    kind=st.sampled_from(sorted(WORDS)),
    sign=st.sampled_from([1, -1]),
    amount=st.decimals(min_value="0.0001", max_value=10**9, places=4),
    phrase=st.sampled_from(PHRASES),
    data=st.data(),
)
def test_what_is_written_is_what_is_read(kind, sign, amount, phrase, data):
    word = data.draw(st.sampled_from(WORDS[kind]))

    change = parse_change(f"{'+' if sign > 0 else '-'}{amount}{word} {phrase}")

    assert (change.kind, change.amount, change.sign) == (kind, amount, sign)
    assert change.due == parse_change(phrase).due
