"""What a rule is, and which there are: each registers itself when its module is loaded (kpis/apps.py).

Another rule is a class in a module of its own that is loaded there.
"""

import datetime as dt
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise

from kpis.alerts.facts import PlanFacts
from kpis.alerts.models import Alert

type Words = str | Promise


@dataclass(frozen=True)
class Finding:
    """What a rule finds wrong with one thing.

    `level` says how bad it is by the rule's own measure, more being worse; `figures` are plain values that JSON can
    hold, and among them the `name` of the thing. Without `since` it is so from the day on which it was found.
    """

    subject: str
    level: Decimal
    figures: dict[str, Any]
    since: dt.date | None = None
    #: The ids of the people it concerns.
    people: Sequence[int] = ()
    #: Added to the weight of the rule, for what is worse than its others.
    heavier: int = 0


@dataclass(frozen=True)
class Way:
    """Where something is mended, and by which verb."""

    url: str
    verb: str


@dataclass
class Found:
    findings: list[Finding] = field(default_factory=list)
    looked_at: int = 0


class Rule(ABC):
    """Looks at a plan and finds what is wrong in one way.

    What it finds becomes an `Alert`; from its figures the rule says what is wrong, what would clear it and where.
    """

    key: str
    #: Ranks what it finds among what others find, as the weights of plans.plan.attention do.
    weight: int
    #: As a mark of kpis.alerts.cards.
    icon: str
    css: str
    title: Words
    #: The whole rule in a sentence, with its limits.
    explains: Words

    def judge(self, facts: PlanFacts) -> Found:
        found = Found()
        for finding in self.look(facts):
            found.looked_at += 1
            if finding:
                found.findings.append(finding)
        return found

    @abstractmethod
    def look(self, facts: PlanFacts) -> Iterator[Finding | None]:
        """For each thing it looks at, what it finds: mostly nothing."""

    def name(self, alert: Alert) -> str:
        """What the thing is called."""
        return str(alert.figures.get("name") or "")

    @abstractmethod
    def says(self, alert: Alert) -> str:
        """The numbers, with their units and days."""

    @abstractmethod
    def clears(self, alert: Alert) -> str:
        """What would have to be so for it to clear."""

    @abstractmethod
    def about_url(self, alert: Alert) -> str:
        """The page of the thing it is about."""

    @abstractmethod
    def way(self, alert: Alert) -> Way: ...

    @abstractmethod
    def deeds(self, alert: Alert) -> list[QuerySet]:
        """Records of history that bear on it, of any time: was one made while it was open, it was acted upon."""


_rules: dict[str, Rule] = {}


def register_rule(rule: Rule) -> None:
    _rules[rule.key] = rule


def all_rules() -> list[Rule]:
    """The weightiest first."""
    return sorted(_rules.values(), key=lambda rule: -rule.weight)


def rule_named(key: str) -> Rule | None:
    """None for one that an older release had."""
    return _rules.get(key)
