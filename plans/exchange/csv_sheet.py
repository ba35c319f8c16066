"""A sheet as comma-separated text."""

import datetime as dt
from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import batched
from typing import Any

from plans.exchange.columns import Column, Content
from salesplan.lib.csv_text import BYTE_ORDER_MARK, Dialect, guard

LINES_AT_ONCE = 200


def csv_lines(columns: list[Column], rows: Iterable[dict[str, Any]], dialect: Dialect) -> Iterator[str]:
    yield BYTE_ORDER_MARK + dialect.lines([[column.heading for column in columns]])
    for some in batched(rows, LINES_AT_ONCE):
        yield dialect.lines([[cell_text(column, row, dialect) for column in columns] for row in some])


def cell_text(column: Column, row: dict[str, Any], dialect: Dialect) -> str:
    value = column.shown(row)
    if value is None:
        return ""
    if column.content is Content.TEXT:
        return guard(str(value))
    if isinstance(value, dt.date):
        return value.isoformat()
    if column.content is Content.SHARE:
        return dialect.number(100 * round(value, 4)) + "%"
    return dialect.number(Decimal(value))
