"""Cells of the action table for the clipboard: as tabbed text, and as a table for programs that prefer one."""

from collections.abc import Sequence
from html import escape

from plans.exchange.columns import sheet_columns
from plans.exchange.csv_sheet import cell_text
from plans.exchange.queries import rows_of
from plans.paste.block import write_block
from plans.paste.columns import FIELDS
from plans.plan.models import Plan
from salesplan.lib.csv_text import dialect_of_reader


def copied_cells(plan: Plan, pks: Sequence[int], cells: Sequence[str]) -> list[list[str]]:
    """As sheets write them; text that a spreadsheet would run is guarded as there.

    What sheets do not have leaves its place empty, so that the columns stay those of the table.
    """
    columns = {column.name: column for column in sheet_columns(plan)}
    wanted, dialect = [columns.get(FIELDS.get(cell, cell)) for cell in cells], dialect_of_reader()
    return [[cell_text(column, row, dialect) if column else "" for column in wanted] for row in rows_of(pks)]


def as_clipboard(rows: list[list[str]]) -> dict[str, str]:
    """By the name that browsers have for the kind of content."""
    lines = ("<tr>" + "".join(f"<td>{_html(cell)}</td>" for cell in row) + "</tr>" for row in rows)
    return {"text/plain": write_block(rows), "text/html": f"<table>{''.join(lines)}</table>"}


def _html(cell: str) -> str:
    return "<br>".join(escape(cell).splitlines())
