"""What is not the same at two moments of a plan, row by row."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator

from kpis.snapshots.saying import SECTIONS, Saying, Section
from kpis.snapshots.state import PlanState

ADDED, REMOVED, CHANGED, SAME = "added", "removed", "changed", "same"


@dataclass(frozen=True, slots=True)
class Pair:
    """One row at both moments; None where it was not there."""

    before: Any
    after: Any

    @property
    def what(self) -> str:
        if self.before is None:
            return ADDED
        if self.after is None:
            return REMOVED
        return SAME if self.before == self.after else CHANGED

    @property
    def row(self) -> Any:
        return self.after or self.before


@dataclass(frozen=True)
class Cell:
    label: str
    old: str
    new: str
    changed: bool
    is_figure: bool = False


@dataclass(frozen=True)
class Line:
    """A row of the table, in words."""

    what: str
    name: str
    cells: list[Cell]
    others: list[Cell]


@dataclass(frozen=True)
class Table:
    section: Section
    #: All of its rows that are shown, of which `page` holds as many as one reads.
    count: int
    changed: int
    heads: list[tuple[str, bool]]
    page: Page
    lines: list[Line]

    @property
    def beyond(self) -> int:
        return self.count - len(self.lines)


class Differences:
    def __init__(self, before: PlanState, after: PlanState):
        self.before, self.after = before, after
        self._old, self._new = Saying(before), Saying(after)

    @cached_property
    def pairs(self) -> dict[str, list[Pair]]:
        """By the key of the section, in the order the rows were made in."""
        return {section.key: list(self._pairs(section)) for section in SECTIONS}

    @cached_property
    def changes(self) -> dict[str, list[Pair]]:
        return {key: [pair for pair in pairs if pair.what != SAME] for key, pairs in self.pairs.items()}

    @property
    def is_nothing(self) -> bool:
        return not any(self.changes.values())

    def tables(self, sections: Sequence[Section], *, every: bool, page: int, size: int) -> list[Table]:
        """`every` row, or those that changed."""
        source = self.pairs if every else self.changes
        return [self._table(section, source[section.key], page, size) for section in sections if source[section.key]]

    def line(self, section: Section, pair: Pair) -> Line:
        cells = [self._cell(section, pair, column) for column in section.columns]
        others = [self._cell(section, pair, column) for column in section.others] if pair.what == CHANGED else []
        name = getattr(pair.row, section.name)
        return Line(pair.what, name, cells, [cell for cell in others if cell.changed])

    def say(self, section: Section, pair: Pair, column: str) -> tuple[str, str]:
        old = self._old.say(section, pair.before, column) if pair.before else ""
        return old, self._new.say(section, pair.after, column) if pair.after else ""

    def _pairs(self, section: Section) -> Iterator[Pair]:
        old, new = section.rows_of(self.before), section.rows_of(self.after)
        for pk in sorted(old.keys() | new.keys()):
            yield Pair(old.get(pk), new.get(pk))

    def _table(self, section: Section, pairs: list[Pair], number: int, size: int) -> Table:
        page = Paginator(pairs, size).get_page(number)
        return Table(
            section,
            count=len(pairs),
            changed=len(self.changes[section.key]),
            heads=[(section.label(column), column in section.is_figure) for column in section.columns],
            page=page,
            lines=[self.line(section, pair) for pair in page],
        )

    def _cell(self, section: Section, pair: Pair, column: str) -> Cell:
        changed = pair.what == CHANGED and section.differ(column, pair.before, pair.after)
        old, new = self.say(section, pair, column)
        return Cell(section.label(column), old, new, changed, column in section.is_figure)
