"""A sheet as an Excel workbook: real dates and numbers, lists to choose from, and nothing that is run."""

import datetime as dt
from collections.abc import Iterable
from typing import IO, TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from plans.exchange.columns import Column, Content
from salesplan.lib.csv_text import guard

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

#: Excel counts days from here, and has no others.
FIRST_DAY = dt.date(1900, 1, 1)
LAST_ROW = 1_048_575
#: Number 14 is the short date of whoever opens the workbook.
NUMBER_FORMATS: dict[Content, Any] = {Content.DATE: 14, Content.AMOUNT: "#,##0.00", Content.SHARE: "0%"}


def write_xlsx(file: IO[bytes], columns: list[Column], rows: Iterable[dict[str, Any]], *, title: str) -> None:
    """Row by row: what is written is no longer in memory."""
    import xlsxwriter

    with xlsxwriter.Workbook(file, {"constant_memory": True}) as book:
        book.set_properties({"title": title})
        sheet = book.add_worksheet(_("Actions"))
        lists = book.add_worksheet(_("Lists"))
        _offer_choices(sheet, lists, columns)
        _write_head(book, sheet, columns)
        last = _write_rows(book, sheet, columns, rows)
        sheet.autofilter(0, 0, last, len(columns) - 1)


def _write_head(book: "Workbook", sheet: "Worksheet", columns: list[Column]) -> None:
    bold = book.add_format({"bold": True, "bottom": 1, "valign": "top"})
    for place, column in enumerate(columns):
        sheet.set_column(place, place, column.width)
        sheet.write_string(0, place, column.heading, bold)
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _write_rows(book: "Workbook", sheet: "Worksheet", columns: list[Column], rows: Iterable[dict[str, Any]]) -> int:
    """The number of the last row, from 0."""
    formats = {content: book.add_format({"num_format": code}) for content, code in NUMBER_FORMATS.items()}
    # Without this mark a text like "=A1" would become a formula as soon as somebody edits its cell.
    quoted = book.add_format({"quote_prefix": True})
    number = 0
    for number, row in enumerate(rows, start=1):
        for place, column in enumerate(columns):
            _write_cell(sheet, number, place, column, column.shown(row), formats, quoted)
    return number


def _write_cell(
    sheet: "Worksheet",
    number: int,
    place: int,
    column: Column,
    value: Any,
    formats: dict[Content, "Format"],
    quoted: "Format",
) -> None:
    if value is None or value == "":
        return
    if isinstance(value, dt.date) and value >= FIRST_DAY:
        sheet.write_datetime(number, place, value, formats[column.content])
    elif column.content in {Content.AMOUNT, Content.SHARE, Content.COUNT}:
        sheet.write_number(number, place, float(value), formats.get(column.content))
    else:
        text = str(value)
        sheet.write_string(number, place, text, quoted if guard(text) != text else None)


def _offer_choices(sheet: "Worksheet", lists: "Worksheet", columns: list[Column]) -> None:
    """Each list stands in a column of a hidden sheet: written into the rule itself, 255 characters are the limit."""
    offered = [(place, column) for place, column in enumerate(columns) if column.words and not column.computed]
    for row in range(max(len(column.words) for _place, column in offered)):
        for at, (_place, column) in enumerate(offered):
            if row < len(column.words):
                lists.write_string(row, at, list(column.words.values())[row])
    for at, (place, column) in enumerate(offered):
        sheet.data_validation(1, place, LAST_ROW, place, _one_of(lists.get_name(), at, column))
    lists.hide()


def _one_of(lists: str, at: int, column: Column) -> dict[str, Any]:
    from xlsxwriter.utility import xl_range_abs

    return {
        "validate": "list",
        "source": f"='{lists}'!{xl_range_abs(0, at, len(column.words) - 1, at)}",
        "error_title": column.heading[:32],
        "error_message": _("Choose one from the list, so that Salesplan can read the sheet again."),
    }
