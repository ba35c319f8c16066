"""Values as short as a tile or a table can show them."""

import re
from decimal import Decimal

from kpis.kpi.words import coarse
from salesplan.lib.charts import Measured
from salesplan.lib.money import CURRENCIES, SYMBOLS, format_money_short, format_quantity
from salesplan.lib.numbers import MINUS, NO_BREAK_SPACE, NO_VALUE

MONEY = CURRENCIES | set(SYMBOLS.values())
FIGURES = re.compile(rf"[{MINUS}\d.,{NO_BREAK_SPACE}]+")


def short(value: Decimal | None, unit: str, *, exact: bool = False) -> Measured:
    """1.26 M€, 84.6%, 46 leads; `exact` as it was entered, else as precise as one reads an expected value."""
    if value is None:
        return Measured(NO_VALUE, None, unit)
    if unit in MONEY:
        return Measured(format_money_short(value, unit), value, unit)
    return Measured(format_quantity(value if exact else coarse(value), unit), value, unit)


def figures_and_unit(words: str) -> tuple[str, str]:
    """The number in large type, what it counts in small: ("1.26", "M€")."""
    match = FIGURES.match(words)
    figures = match[0] if match else words
    return figures.strip(NO_BREAK_SPACE), words[len(figures) :]


def percent(share: Decimal | None) -> Measured:
    if share is None:
        return Measured(NO_VALUE, None, "%")
    return Measured(format_quantity(round(100 * share), "%"), 100 * share, "%")
