import datetime as dt
import io
import zipfile
from typing import Any

from django.utils.translation import gettext as _

from plans.imports.limits import MOST_COLUMNS, MOST_ROWS, Unreadable

#: A workbook of ten thousand rows unpacks to twenty megabytes.
MOST_UNPACKED = 50_000_000
MOST_PARTS = 2_000
PART = 1_000_000


def xlsx_rows(content: bytes) -> list[list[str]]:
    """The first sheet."""
    _check_archive(content)
    from openpyxl import load_workbook

    try:
        book = load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
        sheet = book.worksheets[0]
        _refuse_merged_cells(sheet)
        sheet.reset_dimensions()  # what the file says about its size need not be true
        found = sheet.iter_rows(max_row=MOST_ROWS + 2, max_col=MOST_COLUMNS + 1)
        return [[_text(cell) for cell in row] for row in found]
    except Unreadable:
        raise
    except Exception as error:  # whatever openpyxl stumbles over in a damaged or made-up file
        raise Unreadable(_("This workbook is damaged. Open it in your spreadsheet and save it anew.")) from error


def _check_archive(content: bytes) -> None:
    try:
        parts = zipfile.ZipFile(io.BytesIO(content)).infolist()
    except zipfile.BadZipFile as error:
        raise Unreadable(_("This workbook is damaged. Open it in your spreadsheet and save it anew.")) from error
    names = {part.filename.lower() for part in parts}
    if "xl/workbook.xml" not in names:
        raise Unreadable(_("This is no Excel workbook, whatever its name says. Save it as .xlsx or .csv."))
    if any(name.endswith("vbaproject.bin") for name in names):
        raise Unreadable(_("This workbook holds macros. Save it as an Excel workbook without macros (.xlsx)."))
    if sum(part.file_size for part in parts) > MOST_UNPACKED or len(parts) > MOST_PARTS:
        raise Unreadable(_("Unpacked, this workbook is too large. Copy the rows into a new one."))


def _refuse_merged_cells(sheet: Any) -> None:
    """openpyxl does not tell when it reads row by row, and reading the sheet whole takes ten times the memory."""
    kept = b""
    with sheet._get_source() as source:
        while part := source.read(PART):
            if b"<mergeCell " in kept + part:
                raise Unreadable(_("The sheet has merged cells. Unmerge them, so that every row has its own values."))
            kept = part[-len(b"<mergeCell ") :]


def _text(cell: Any) -> str:
    value = cell.value
    if value is None:
        return ""
    if cell.data_type == "f":
        raise Unreadable(
            _("Cell %(cell)s holds a formula. Copy the sheet and paste it as values only.") % {"cell": cell.coordinate}
        )
    if isinstance(value, dt.datetime | dt.date):
        return value.isoformat()[:10]
    if isinstance(value, float):
        return f"{value:.10f}".rstrip("0").rstrip(".")
    return _unescaped(str(value)).strip()


def _unescaped(text: str) -> str:
    """Control characters stand in workbooks as _x0001_."""
    from openpyxl.utils.escape import unescape  # openpyxl is loaded already

    return unescape(text) if "_x" in text else text
