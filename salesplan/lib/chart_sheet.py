"""The figures of a chart as comma-separated text: what its table says, with numbers and days one can compute with."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from salesplan.lib.charts import Cell, Chart, Measured
from salesplan.lib.csv_text import BYTE_ORDER_MARK, Dialect, guard
from salesplan.lib.numbers import NO_VALUE

#: What is divided has no end; what is entered has four decimals at most.
DECIMALS = 4


def chart_sheet(chart: Chart, dialect: Dialect) -> str:
    columns = [
        column
        for place, heading in enumerate(chart.columns)
        for column in _columns(str(heading), [row[place] for row in chart.rows], dialect)
    ]
    rows = zip(*(column.cells for column in columns), strict=True)
    return BYTE_ORDER_MARK + dialect.lines([[guard(column.heading) for column in columns], *rows])


@dataclass(frozen=True)
class _Column:
    heading: str
    cells: list[str]


def _columns(heading: str, cells: list[Cell], dialect: Dialect) -> Iterator[_Column]:
    """The unit of all cells stands in the heading; where they have several, in a column of its own."""
    units = [cell.unit if isinstance(cell, Measured) else "" for cell in cells]
    known = {unit for unit in units if unit}
    texts = [_text(cell, dialect) for cell in cells]
    if len(known) > 1:
        yield _Column(heading, texts)
        yield _Column(_("%(column)s, unit") % {"column": heading}, [guard(unit) for unit in units])
    else:
        yield _Column(f"{heading} ({known.pop()})" if known else heading, texts)


def _text(cell: Cell, dialect: Dialect) -> str:
    value = cell.value if isinstance(cell, Measured) else cell
    if value is None or value == NO_VALUE:
        return ""
    if isinstance(value, dt.date):
        return value.isoformat()
    return guard(value) if isinstance(value, str) else dialect.number(round(Decimal(value), DECIMALS))
