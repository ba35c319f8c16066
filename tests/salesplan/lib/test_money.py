from decimal import Decimal

import pytest
from django.utils.translation import override

from salesplan.lib.money import format_money, format_money_short, format_quantity


@pytest.mark.parametrize(
    ("amount", "currency", "english", "polish"),
    [
        (Decimal(50000), "EUR", "50,000\xa0€", "50\xa0000\xa0€"),
        (Decimal("1234.50"), "PLN", "1,234.50\xa0zł", "1\xa0234,50\xa0zł"),
        (Decimal("-4000.00"), "EUR", "−4,000\xa0€", "−4\xa0000\xa0€"),
        (Decimal("0.00"), "USD", "0\xa0$", "0\xa0$"),
        (Decimal("0.005"), "USD", "0.00\xa0$", "0,00\xa0$"),
        (1200, "CHF", "1,200\xa0CHF", "1\xa0200\xa0CHF"),
    ],
)
def test_money_is_written_as_the_reader_writes_it(amount, currency, english, polish):
    with override("en"):
        assert format_money(amount, currency) == english
    with override("pl"):
        assert format_money(amount, currency) == polish


def test_cents_are_shown_when_asked_for():
    assert format_money(Decimal(5), "EUR", decimals=2) == "5.00\xa0€"


@pytest.mark.parametrize(
    ("amount", "expected"),
    [
        (Decimal(1258000), "1.26\xa0M€"),
        (Decimal(2000000), "2.00\xa0M€"),
        (Decimal(999500), "1.00\xa0M€"),
        (Decimal(999499), "999\xa0k€"),
        (Decimal(185000), "185\xa0k€"),
        (Decimal(5400), "5.4\xa0k€"),
        (Decimal(5000), "5\xa0k€"),
        (Decimal(950), "950\xa0€"),
        (Decimal(-12000), "−12\xa0k€"),
    ],
)
def test_short_money_keeps_three_figures(amount, expected):
    assert format_money_short(amount, "EUR") == expected


@pytest.mark.parametrize(
    ("value", "unit", "english", "polish"),
    [
        (Decimal("3.1000"), "%", "3.1%", "3,1%"),
        (Decimal("46.0000"), "leads", "46\xa0leads", "46\xa0leads"),
        (Decimal("61"), "EUR", "61\xa0€", "61\xa0€"),
        (Decimal("-0.1"), "pt", "−0.1\xa0pt", "−0,1\xa0pt"),
        (118000, "", "118,000", "118\xa0000"),
    ],
)
def test_quantity_carries_its_unit(value, unit, english, polish):
    with override("en"):
        assert format_quantity(value, unit) == english
    with override("pl"):
        assert format_quantity(value, unit) == polish
