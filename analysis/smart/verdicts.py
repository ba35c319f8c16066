"""The five letters of SMART, each with an answer and a verdict computed from what is there (S2.2).

Facts in, answers out; nothing here asks the database. Only what is said in the plan counts.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from analysis.smart.facts import Facts
from analysis.smart.letters import achievable, measurable, relevant, specific, time_bound
from analysis.smart.notes import Note


class Verdict(StrEnum):
    PASS = "pass"  # noqa: S105 (no password)
    CHECK = "check"
    MISSING = "missing"


@dataclass(frozen=True)
class Answer:
    """The notes of one letter, what speaks for it first."""

    key: str
    title: str | Promise
    notes: list[Note] = field(default_factory=list)

    @property
    def verdict(self) -> Verdict:
        if any(note.missing for note in self.notes):
            return Verdict.MISSING
        return Verdict.CHECK if any(note.gap for note in self.notes) else Verdict.PASS

    @property
    def word(self) -> str | Promise:
        return WORDS[self.verdict]

    @property
    def css(self) -> str:
        return {Verdict.PASS: "ok", Verdict.CHECK: "wn", Verdict.MISSING: "ms"}[self.verdict]


WORDS = {Verdict.PASS: _("Pass"), Verdict.CHECK: _("Check"), Verdict.MISSING: _("Missing")}
LETTERS: list[tuple[str, str | Promise, Callable[[Facts], list[Note]]]] = [
    ("specific", _("Specific"), specific),
    ("measurable", _("Measurable"), measurable),
    ("achievable", _("Achievable"), achievable),
    ("relevant", _("Relevant"), relevant),
    ("time_bound", _("Time-bound"), time_bound),
]


def smart_answers(facts: Facts) -> list[Answer]:
    return [Answer(key, title, sorted(read(facts), key=_good_first)) for key, title, read in LETTERS]


def passes(answers: list[Answer]) -> int:
    return sum(answer.verdict == Verdict.PASS for answer in answers)


def _good_first(note: Note) -> int:
    return 2 * note.missing + note.gap
