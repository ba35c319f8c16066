"""The differences of a plan as comma-separated text, a line for each value that is another."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from kpis.snapshots.differences import ADDED, REMOVED, Differences, Line
from kpis.snapshots.saying import Section
from salesplan.lib.csv_text import BYTE_ORDER_MARK, Dialect, guard


def difference_sheet(differences: Differences, sections: Sequence[Section], dialect: Dialect) -> str:
    heads = [_("Kind"), _("Name"), _("What happened"), _("Field"), _("Before"), _("After")]
    return BYTE_ORDER_MARK + dialect.lines([heads, *_rows(differences, sections)])


def _rows(differences: Differences, sections: Sequence[Section]) -> Iterator[list[str]]:
    for section in sections:
        for pair in differences.changes[section.key]:
            line = differences.line(section, pair)
            for cells in _told(line):
                yield [guard(text) for text in (str(section.title), line.name, what_words(line.what), *cells)]


def _told(line: Line) -> Iterator[tuple[str, str, str]]:
    for cell in (*line.cells, *line.others):
        if cell.changed or line.what in (ADDED, REMOVED):
            yield cell.label, cell.old, cell.new


def what_words(what: str) -> str:
    return {ADDED: _("added"), REMOVED: _("deleted")}.get(what, _("changed"))
