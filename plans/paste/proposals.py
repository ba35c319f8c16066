"""What a block of cells would change, cell by cell and why."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from plans.actions.models import Action
from plans.paste.columns import DAYS, LABELS


class Kind(StrEnum):
    CHANGE = "change"
    SAME = "same"
    PROBLEM = "problem"


@dataclass
class Pasted:
    """What was on the clipboard, where it goes, and what has been answered about it."""

    rows: list[list[str]]
    #: The columns it is laid over, from the chosen one to the right.
    cells: list[str]
    #: Places of the block that a merged cell covers, by line and column from 0.
    covered: set[tuple[int, int]] = field(default_factory=set)
    #: One line for all the actions.
    fill: bool = False
    day_first: bool | None = None
    #: What is meant by a word that nothing is called: by the key of the question.
    answers: dict[str, str] = field(default_factory=dict)
    #: Whether lines below the last action become new ones.
    add: bool = True

    @property
    def day_texts(self) -> Iterator[str]:
        places = [place for place, cell in enumerate(self.cells) if cell in DAYS]
        return (row[place].strip() for row in self.rows for place in places if place < len(row))


@dataclass
class Cell:
    label: str
    kind: Kind
    before: str = ""
    after: str = ""
    problem: str = ""
    values: dict[str, Any] = field(default_factory=dict)


@dataclass
class Line:
    title: str
    cells: list[Cell]
    #: None for an action that is added.
    action: Action | None = None
    #: Why nothing of it is taken.
    reason: str = ""

    @property
    def values(self) -> dict[str, Any]:
        changes = (cell.values for cell in self.cells if cell.kind is Kind.CHANGE)
        return {name: value for values in changes for name, value in values.items()}

    @property
    def says_something(self) -> bool:
        return bool(self.reason) or any(cell.kind is not Kind.SAME for cell in self.cells)


@dataclass
class Question:
    """A word that nothing is called, and what may be meant by it."""

    key: str
    cell: str
    text: str
    problem: str
    #: What one sends to say so, the words for it, and what an action is then given.
    choices: list[tuple[str, str, dict[str, Any]]]
    answer: str = ""
    #: In how many cells it stands.
    count: int = 0

    @property
    def label(self) -> str:
        return str(LABELS[self.cell])


@dataclass
class Proposal:
    lines: list[Line]
    questions: list[Question]
    #: An example of a day that could be two, and how it is read.
    ambiguous: str = ""
    day_first: bool | None = None

    @property
    def changed(self) -> list[Line]:
        return [line for line in self.lines if line.action and line.values and not line.reason]

    @property
    def added(self) -> list[Line]:
        return [line for line in self.lines if not line.action and not line.reason]

    @property
    def count_of_cells(self) -> int:
        return sum(cell.kind is Kind.CHANGE for line in self.changed for cell in line.cells)

    @property
    def count_of_problems(self) -> int:
        cells = Counter(cell.kind for line in self.lines if not line.reason for cell in line.cells)
        return cells[Kind.PROBLEM] + sum(bool(line.reason) for line in self.lines)
