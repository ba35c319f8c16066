"""Amounts of money and other quantities with their unit, in the reader's language."""

from django.utils.translation import gettext as _

from salesplan.lib.numbers import NO_BREAK_SPACE, Number, format_number

SYMBOLS = {"EUR": "€", "PLN": "zł", "USD": "$", "GBP": "£", "CZK": "Kč"}
CURRENCIES = {*SYMBOLS, "CHF", "SEK", "NOK", "DKK", "HUF", "RON", "BGN", "UAH"}


def currency_symbol(currency: str) -> str:
    return SYMBOLS.get(currency, currency)


def format_money(amount: Number, currency: str, *, decimals: int | None = None) -> str:
    """50,000 €; cents only when there are any, unless `decimals` says otherwise."""
    if decimals is None:
        decimals = 2 if amount % 1 else 0
    return f"{format_number(amount, decimals)}{NO_BREAK_SPACE}{currency_symbol(currency)}"


def format_money_short(amount: Number, currency: str) -> str:
    """1.26 M€, 185 k€: three figures, for headings and the navigation."""
    size = max(amount, -amount)
    if size >= 999_500:
        pattern, scaled, decimals = _("%(number)s M%(symbol)s"), amount / 1_000_000, 2
    elif size >= 1_000:
        pattern, scaled = _("%(number)s k%(symbol)s"), amount / 1_000
        decimals = 1 if size < 10_000 and size % 1_000 >= 50 else 0
    else:
        return format_money(amount, currency, decimals=0)
    number = format_number(scaled, decimals)
    return (pattern % {"number": number, "symbol": currency_symbol(currency)}).replace(" ", NO_BREAK_SPACE)


def format_quantity(value: Number, unit: str, *, decimals: int | None = None) -> str:
    """3.1%, 46 leads, 1,200 €: the unit may be a word, a currency code, a percent sign or nothing."""
    if unit in CURRENCIES:
        return format_money(value, unit, decimals=decimals)
    number = format_number(value, decimals)
    if unit == "%":
        return f"{number}%"
    return f"{number}{NO_BREAK_SPACE}{unit}" if unit else number
