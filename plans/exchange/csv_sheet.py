"""A sheet as comma-separated text, as Excel in the reader's language opens it by a double click."""

import csv
import datetime as dt
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import batched
from typing import Any

from django.utils.formats import get_format

from plans.exchange.columns import Column, Content

BYTE_ORDER_MARK = "\N{BYTE ORDER MARK}"
LINES_AT_ONCE = 200

#: What a spreadsheet takes for the beginning of a formula, and texts that look as if they were guarded already.
_FORMULA = re.compile(r"'*[=+\-@\t\r]")


@dataclass(frozen=True)
class Dialect:
    separator: str
    decimal_mark: str


def dialect_of_reader() -> Dialect:
    """Where the comma is the decimal mark, spreadsheets expect a semicolon between the columns."""
    mark = str(get_format("DECIMAL_SEPARATOR"))
    return Dialect(";" if mark == "," else ",", mark)


def csv_lines(columns: list[Column], rows: Iterable[dict[str, Any]], dialect: Dialect) -> Iterator[str]:
    yield BYTE_ORDER_MARK + _written([[column.heading for column in columns]], dialect)
    for some in batched(rows, LINES_AT_ONCE):
        yield _written([[cell_text(column, row, dialect) for column in columns] for row in some], dialect)


def guard(text: str) -> str:
    """Put an apostrophe before what a spreadsheet would run as a formula, and before what looks guarded already."""
    return f"'{text}" if _FORMULA.match(text) else text


def unguard(text: str) -> str:
    """The text behind its guard: the apostrophe goes wherever only apostrophes stand before a formula."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text


def _written(lines: list[list[str]], dialect: Dialect) -> str:
    text = io.StringIO()
    csv.writer(text, delimiter=dialect.separator).writerows(lines)
    return text.getvalue()


def cell_text(column: Column, row: dict[str, Any], dialect: Dialect) -> str:
    value = column.shown(row)
    if value is None:
        return ""
    if column.content is Content.TEXT:
        return guard(str(value))
    if isinstance(value, dt.date):
        return value.isoformat()
    if column.content is Content.SHARE:
        return _number(100 * round(value, 4), dialect) + "%"
    return _number(Decimal(value), dialect)


def _number(value: Decimal, dialect: Dialect) -> str:
    digits = f"{value:f}"
    plain = digits.rstrip("0").rstrip(".") if "." in digits else digits
    return plain.replace(".", dialect.decimal_mark)
