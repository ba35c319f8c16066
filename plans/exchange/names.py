"""Several names in one cell of a sheet."""

import csv
import io
import re

_NEEDS_QUOTES = re.compile(r'[;"\r\n]|^\s|\s$')


def join_names(names: list[str]) -> str:
    """Leads; "Visits; unique": a name with a semicolon stands in quotes, so that the list can be taken apart again."""
    return "; ".join(_quoted(name) if _NEEDS_QUOTES.search(name) else name for name in names)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def split_names(text: str) -> list[str]:
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=";", skipinitialspace=True)
    return [name for line in lines for name in line if name]
