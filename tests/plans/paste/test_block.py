"""Blocks of cells as spreadsheets put them on the clipboard."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.paste.block import read_block, write_block

TEXT = st.text(st.characters(blacklist_categories=["Cs"]), max_size=30) | st.text("\"\t\r\n='a", max_size=12)


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("Call\tDone\r\nWrite\tBlocked\r\n", [["Call", "Done"], ["Write", "Blocked"]]),
        ("Call\tDone\nWrite\tBlocked", [["Call", "Done"], ["Write", "Blocked"]]),
        ('"Call\nand write"\tDone\r\n', [["Call\nand write", "Done"]]),
        ('"Say ""yes""\ttwice"\r\n', [['Say "yes"\ttwice']]),
        ('5" pipe\t"Hot" leads\r\n', [['5" pipe', '"Hot" leads']]),
        ('"never closed\tDone\r\nWrite', [['"never closed', "Done"], ["Write"]]),
        ('"Hello"', [['"Hello"']]),
        ("Call\t\r\n\tDone\r\n", [["Call", ""], ["", "Done"]]),
        ("Call\r\n\r\n", [["Call"], [""]]),
        ("\r\n", [[""]]),
        ("", []),
    ],
)
def test_a_block_is_read_as_excel_libreoffice_and_google_sheets_write_it(text, rows):
    assert read_block(text) == rows


@given(st.lists(st.lists(TEXT, min_size=1, max_size=4), min_size=1, max_size=4))
def test_any_text_comes_back_as_it_was(rows):
    assert read_block(write_block(rows)) == rows
