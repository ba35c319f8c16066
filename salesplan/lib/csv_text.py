"""Comma-separated text as Excel in the reader's language opens it by a double click, and no formulas in it."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.formats import get_format

BYTE_ORDER_MARK = "\N{BYTE ORDER MARK}"

#: What a spreadsheet takes for the beginning of a formula, and texts that look as if they were guarded already.
_FORMULA = re.compile(r"'*[=+\-@\t\r]")


@dataclass(frozen=True)
class Dialect:
    separator: str
    decimal_mark: str

    def number(self, value: Decimal) -> str:
        digits = f"{value:f}"
        plain = digits.rstrip("0").rstrip(".") if "." in digits else digits
        return plain.replace(".", self.decimal_mark)

    def lines(self, rows: Iterable[Sequence[str]]) -> str:
        text = io.StringIO()
        csv.writer(text, delimiter=self.separator).writerows(rows)
        return text.getvalue()


def dialect_of_reader() -> Dialect:
    """Where the comma is the decimal mark, spreadsheets expect a semicolon between the columns."""
    mark = str(get_format("DECIMAL_SEPARATOR"))
    return Dialect(";" if mark == "," else ",", mark)


def guard(text: str) -> str:
    """Put an apostrophe before what a spreadsheet would run as a formula, and before what looks guarded already."""
    return f"'{text}" if _FORMULA.match(text) else text


def unguard(text: str) -> str:
    """The text behind its guard: the apostrophe goes wherever only apostrophes stand before a formula."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text
