"""What stands in a file somebody has brought, as rows of text."""

from pathlib import PurePath

from django.utils.translation import gettext as _

from plans.imports.csv_reading import csv_rows
from plans.imports.limits import MOST_COLUMNS, MOST_LETTERS, MOST_ROWS, Unreadable
from plans.imports.xlsx_reading import xlsx_rows

ZIP, OLD_OFFICE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


def read_sheet(name: str, content: bytes) -> list[list[str]]:
    """The head and the rows under it, all equally long, without empty rows at the end.

    What a file is shows in its first bytes; its name may say something else.
    """
    if not content.strip():
        raise Unreadable(_("The file is empty."))
    if content.startswith(OLD_OFFICE):
        raise Unreadable(
            _("This is an old Excel file (.xls) or has a password. Save it as a workbook (.xlsx) without a password.")
        )
    if content.startswith(ZIP):
        return _even(xlsx_rows(content))
    if PurePath(name).suffix.lower() in {".xlsx", ".xlsm", ".ods"}:
        raise Unreadable(_("This is no Excel workbook, whatever its name says. Save it as .xlsx or .csv."))
    return _even(csv_rows(content))


def _even(rows: list[list[str]]) -> list[list[str]]:
    for row in rows:
        while row and not row[-1]:
            row.pop()
    while rows and not any(rows[-1]):
        rows.pop()
    while rows and not any(rows[0]):
        rows.pop(0)
    if len(rows) < 2:
        raise Unreadable(_("There are no rows under the head of the sheet."))
    width = max(len(row) for row in rows)
    _check_size(len(rows) - 1, width, max(len(cell) for row in rows for cell in row))
    return [row + [""] * (width - len(row)) for row in rows]


def _check_size(height: int, width: int, letters: int) -> None:
    if height > MOST_ROWS:
        raise Unreadable(_("The sheet has more than %(most)s rows. Split it in two.") % {"most": MOST_ROWS})
    if width > MOST_COLUMNS:
        raise Unreadable(_("The sheet has more than %(most)s columns. Keep those you need.") % {"most": MOST_COLUMNS})
    if letters > MOST_LETTERS:
        raise Unreadable(_("A cell holds more than %(most)s characters. Shorten it.") % {"most": MOST_LETTERS})
