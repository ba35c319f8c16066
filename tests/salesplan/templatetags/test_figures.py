import datetime as dt
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.utils.translation import override

from salesplan.templatetags.figures import day, money, quantity, signed

PLAN = SimpleNamespace(starts_on=dt.date(2026, 1, 1), ends_on=dt.date(2026, 12, 31))


@pytest.mark.parametrize("show", [lambda: money(None, "EUR"), lambda: quantity(None, "%"), lambda: day(None)])
def test_a_missing_value_is_a_dash(show):
    assert show() == "–"


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [(Decimal(4), "pt", "+4\xa0pt"), (Decimal("-1.9"), "%", "−1.9%"), (0, "", "0"), (4000, "EUR", "+4,000\xa0€")],
)
def test_changes_carry_their_sign(value, unit, expected):
    assert signed(value, unit) == expected


@pytest.mark.parametrize(
    ("date", "english", "polish"),
    [(dt.date(2026, 9, 30), "30 Sep", "30 wrz"), (dt.date(2027, 1, 5), "5 Jan 2027", "5 sty 2027")],
)
def test_a_day_names_its_year_only_when_it_is_not_the_plans(date, english, polish):
    with override("en"):
        assert day(date, PLAN) == english
    with override("pl"):
        assert day(date, PLAN).lower() == polish
