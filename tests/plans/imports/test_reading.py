"""Files people bring: what is read, and what is refused with which words."""

import contextlib
import datetime as dt
import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from plans.imports import limits, xlsx_reading
from plans.imports.limits import Unreadable
from plans.imports.reading import read_sheet


def workbook(*rows, change=lambda sheet: None) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    change(book.active)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def repacked(content: bytes, **parts: bytes) -> bytes:
    """The archive with some more parts."""
    file = io.BytesIO(content)
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name.replace("__", "/"), part)
    return file.getvalue()


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"Action,Status\r\nCall,Done\r\n", [["Action", "Status"], ["Call", "Done"]]),
        (
            "\ufeffDziałanie;Termin\nZadzwoń;30.09.2026\n\n".encode(),
            [["Działanie", "Termin"], ["Zadzwoń", "30.09.2026"]],
        ),
        ("Działanie;Termin\nZadzwoń;x".encode("cp1250"), [["Działanie", "Termin"], ["Zadzwoń", "x"]]),
        ("Action\tStatus\nCall\tDone".encode("utf-16"), [["Action", "Status"], ["Call", "Done"]]),
        (b'"Action; what",Status\nCall,', [["Action; what", "Status"], ["Call", ""]]),
        (b"Action,Note\n'=1+1,'quoted\n", [["Action", "Note"], ["=1+1", "'quoted"]]),
        (b"Action,\nCall,too many\n", [["Action", ""], ["Call", "too many"]]),
    ],
)
def test_csv_is_read_however_a_spreadsheet_writes_it(content, expected):
    assert read_sheet("actions.csv", content) == expected


def test_a_workbook_is_read_with_real_days_and_numbers():
    content = workbook(
        ["Action", "Deadline", "Return", "Version"], ["Call", dt.date(2026, 9, 30), 1234.5, 3], [None, None, None]
    )

    assert read_sheet("actions.xlsx", content) == [
        ["Action", "Deadline", "Return", "Version"],
        ["Call", "2026-09-30", "1234.5", "3"],
    ]


def test_what_a_file_is_shows_in_its_content_not_in_its_name():
    assert read_sheet("actions.csv", workbook(["Action"], ["Call"])) == [["Action"], ["Call"]]


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.xlsx", b"\xd0\xcf\x11\xe0" + b"x" * 100, "old Excel file (.xls)"),
        ("a.xlsx", b"Action,Status\nCall,Done", "no Excel workbook"),
        ("a.xlsx", b"PK\x03\x04 and then nothing", "damaged"),
        ("a.docx", repacked(b"", word__document=b"x"), "no Excel workbook"),
        ("a.csv", b"  \n ", "empty"),
        ("a.csv", b"Action,Status\n", "no rows"),
        ("a.csv", b"\x89PNG\x00\x00", "no sheet"),
    ],
)
def test_what_is_no_sheet_is_refused_with_what_to_do(name, content, words):
    with pytest.raises(Unreadable) as refused:
        read_sheet(name, content)

    assert words in str(refused.value)


def test_macros_are_refused():
    content = repacked(workbook(["Action"], ["Call"]), **{"xl/vbaProject.bin": b"x"})

    with pytest.raises(Unreadable, match="macros"):
        read_sheet("a.xlsm", content)


def test_formulas_are_refused_with_their_cell():
    with pytest.raises(Unreadable, match="Cell B2 holds a formula"):
        read_sheet("a.xlsx", workbook(["Action", "Return"], ["Call", "=1+1"]))


def test_merged_cells_are_refused():
    merged = workbook(["Action", "Return"], ["Call", 1], change=lambda sheet: sheet.merge_cells("A2:B2"))

    with pytest.raises(Unreadable, match="merged cells"):
        read_sheet("a.xlsx", merged)


def test_a_bomb_is_refused_before_it_is_unpacked():
    bomb = repacked(workbook(["Action"], ["Call"]), xl__bomb=b"0" * (xlsx_reading.MOST_UNPACKED + 1))

    assert len(bomb) < 1_000_000
    with pytest.raises(Unreadable, match="too large"):
        read_sheet("a.xlsx", bomb)


def test_a_sheet_that_lies_about_its_size_is_read_no_further_than_allowed():
    far = workbook(["Action"], ["Call"], change=lambda sheet: sheet.cell(1_048_576, 1, "far away"))

    assert read_sheet("a.xlsx", far) == [["Action"], ["Call"]]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"Action\n" + b"Call\n" * (limits.MOST_ROWS + 1), "more than 10000 rows"),
        (b"Action" + b",x" * limits.MOST_COLUMNS + b"\nCall", "more than 60 columns"),
        (b"Action\n" + b"x" * (limits.MOST_LETTERS + 1), "more than 10000 characters"),
    ],
)
def test_what_is_too_large_is_refused_with_the_limit(content, words):
    with pytest.raises(Unreadable, match=words):
        read_sheet("a.csv", content)


@given(st.binary(max_size=300), st.sampled_from([b"", b"PK\x03\x04", b"Action,Status\n"]))
def test_no_bytes_do_anything_but_be_read_or_refused(content, start):
    rows = [[]]
    with contextlib.suppress(Unreadable):
        rows = read_sheet("a.csv", start + content)

    assert len({len(row) for row in rows}) == 1
