"""Numbers as people read them: grouped, in the reader's language, with a true minus sign."""

from decimal import Decimal

from django.utils.formats import get_format

MINUS = "\N{MINUS SIGN}"
NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"
NO_VALUE = "\N{EN DASH}"

type Number = Decimal | int | float


def format_number(value: Number, decimals: int | None = None) -> str:
    """Write `value` with the reader's separators; without `decimals`, as precisely as it is known, up to four."""
    digits = f"{abs(value):,.{4 if decimals is None else decimals}f}"
    if decimals is None:
        digits = digits.rstrip("0").rstrip(".")
    sign = MINUS if value < 0 and digits.strip("0.,") else ""
    thousand, point = get_format("THOUSAND_SEPARATOR"), get_format("DECIMAL_SEPARATOR")
    return sign + digits.translate({ord(","): thousand, ord("."): point})


def with_plus(text: str, value: Number) -> str:
    return f"+{text}" if value > 0 else text
