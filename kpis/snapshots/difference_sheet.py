"""The differences of a plan as comma-separated text, a line for each value that is another.

Numbers and days are such that one can compute with them.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from kpis.snapshots.differences import ADDED, CHANGED, REMOVED, Differences, Pair
from kpis.snapshots.saying import Section
from salesplan.lib.csv_text import BYTE_ORDER_MARK, Dialect, guard


def difference_sheet(differences: Differences, sections: Sequence[Section], dialect: Dialect) -> str:
    heads = [_("Kind"), _("Name"), _("What happened"), _("Field"), _("Before"), _("After")]
    return BYTE_ORDER_MARK + dialect.lines([heads, *_rows(differences, sections, dialect)])


def _rows(differences: Differences, sections: Sequence[Section], dialect: Dialect) -> Iterator[list[str]]:
    for section in sections:
        for pair in differences.changes[section.key]:
            name, what = guard(getattr(pair.row, section.name)), what_words(pair.what)
            for column in _told(section, pair):
                words = differences.say(section, pair, column)
                sides = zip((pair.before, pair.after), words, strict=True)
                values = [_cell(row, column, said, dialect) for row, said in sides]
                yield [str(section.title), name, what, section.label(column), *values]


def _told(section: Section, pair: Pair) -> Iterator[str]:
    if pair.what != CHANGED:
        return iter(section.columns)
    columns = (*section.columns, *section.others)
    return (column for column in columns if section.differ(column, pair.before, pair.after))


def _cell(row: Any, column: str, said: str, dialect: Dialect) -> str:
    match getattr(row, column, None):
        case None:
            return ""
        case Decimal() as number:
            return dialect.number(number)
        case dt.date() as day:
            return day.isoformat()
    return guard(said)


def what_words(what: str) -> str:
    return {ADDED: _("added"), REMOVED: _("deleted")}.get(what, _("changed"))
