"""A block of cells as spreadsheets put it on the clipboard: tabs between the cells, each row on a line of its own."""

import re
from collections.abc import Iterable

MOST_ROWS = 1000
MOST_LETTERS = 200_000

# A cell stands in quotes only where it holds what would end it. All other quotes are its own, as in: 5" pipe.
_QUOTED = re.compile(r'"((?:[^"]|"")*+)"(?=[\t\r\n]|\Z)')
_BARE = re.compile(r"[^\t\r\n]*")
_ENDS_CELL = re.compile(r"[\t\r\n]")
_NEEDS_QUOTES = re.compile(r'[\t\r\n"]')


def read_block(text: str) -> list[list[str]]:
    """Rows need not be equally long. The line break after the last one begins no row."""
    rows: list[list[str]] = []
    row: list[str] = []
    at = 0
    while at < len(text):
        cell, at = _cell(text, at)
        row.append(cell)
        if text.startswith("\t", at):
            at += 1
            if at < len(text):
                continue
            row.append("")
        else:
            at += 2 if text.startswith("\r\n", at) else 1
        rows.append(row)
        row = []
    return rows


def _cell(text: str, at: int) -> tuple[str, int]:
    quoted = _QUOTED.match(text, at)
    if quoted and _NEEDS_QUOTES.search(quoted[1]):
        return quoted[1].replace('""', '"'), quoted.end()
    bare = _BARE.match(text, at)
    return (bare[0], bare.end()) if bare else ("", at)


def write_block(rows: Iterable[Iterable[str]]) -> str:
    return "".join("\t".join(map(_written, row)) + "\r\n" for row in rows)


def _written(cell: str) -> str:
    if cell.startswith('"') or _ENDS_CELL.search(cell):
        return '"' + cell.replace('"', '""') + '"'
    return cell
