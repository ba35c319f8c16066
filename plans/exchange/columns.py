"""The columns of the action table as a sheet: what stands in them and what they are called."""

from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Any

from django.utils.translation import gettext as _

from plans.actions.models import Action
from plans.plan.models import Plan


class Content(Enum):
    TEXT = auto()
    DATE = auto()
    AMOUNT = auto()
    SHARE = auto()
    COUNT = auto()


@dataclass(frozen=True)
class Column:
    #: The value's name in a row of queries.py.
    name: str
    heading: str
    #: In characters.
    width: int
    content: Content = Content.TEXT
    #: The words for values that come from a fixed list; a sheet offers them to choose from.
    words: dict[Any, str] = field(default_factory=dict)
    #: There is nothing to choose.
    computed: bool = False

    def shown(self, row: dict[str, Any]) -> Any:
        value = row[self.name]
        return self.words.get(value, value)


def sheet_columns(plan: Plan) -> list[Column]:
    """In the language that is spoken now. They keep it: an answer that is streamed is longer than its request."""
    return [
        Column("objective", _("Objective"), 30),
        Column("title", _("Action"), 42),
        Column("kind", _("Kind"), 22, words=_words(Action.Kind.choices)),
        Column("responsible", _("Responsible"), 28),
        Column("supporters", _("Supporters"), 28),
        Column("starts_on", _("Start"), 12, Content.DATE),
        Column("deadline", _("Deadline"), 12, Content.DATE),
        Column("kpis", _("KPIs"), 30),
        Column("status", _("Status"), 14, words=_words(Action.Status.choices)),
        Column("health", _("Health"), 12, words=_words(Action.Health.choices), computed=True),
        Column("priority", _("Priority"), 11, words=_words(Action.Priority.choices)),
        Column("effort", _("Effort (h)"), 10, Content.AMOUNT),
        Column("budget", _("Budget (%(currency)s)") % {"currency": plan.currency}, 15, Content.AMOUNT),
        Column(
            "expected_return",
            _("Expected return (%(currency)s)") % {"currency": plan.currency},
            22,
            Content.AMOUNT,
        ),
        Column("roi", _("ROI"), 10, Content.SHARE),
        Column("description", _("Description"), 60),
        Column("uid", _("Row ID"), 38),
        Column("version", _("Version"), 10, Content.COUNT),
    ]


def _words(choices: list[tuple[Any, Any]]) -> dict[Any, str]:
    return {value: str(label) for value, label in choices}
