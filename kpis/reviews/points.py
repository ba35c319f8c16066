"""What stands on an agenda, before it is written down."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import groupby
from typing import Any

from django.utils.text import Truncator

from kpis.reviews.models import AgendaItem

Section = AgendaItem.Section
TITLE_LENGTH = 240
#: Of each section one talks about so many; what is beyond is one point that counts and names some of it.
MOST, NAMED = 20, 5
MORE = "more"


@dataclass(frozen=True)
class Point:
    """`facts` are plain values, kept as JSON; `off` ranks where there is no money: the greater the further off."""

    section: str
    key: str
    title: str
    facts: dict[str, Any] = field(default_factory=dict)
    money: Decimal | None = None
    off: Decimal | int = 0

    def item(self, position: int) -> AgendaItem:
        title = Truncator(self.title).chars(TITLE_LENGTH)
        return AgendaItem(
            section=self.section, key=self.key, title=title, facts=self.facts, money=self.money, position=position
        )


def ranked(points: Iterable[Point]) -> list[Point]:
    """Section by section: the most money at risk first, then what has none, the furthest off first."""
    sections = list(Section)
    return sorted(
        points,
        key=lambda one: (sections.index(Section(one.section)), one.money is None, -(one.money or 0), -one.off, one.key),
    )


def shortened(points: Iterable[Point]) -> list[Point]:
    """Ranked points as one can talk them through."""
    found: list[Point] = []
    for section, group in groupby(points, key=lambda one: one.section):
        rows = list(group)
        found += rows[:MOST]
        if beyond := rows[MOST:]:
            found.append(_more(section, beyond))
    return found


def _more(section: str, beyond: Sequence[Point]) -> Point:
    names = [point.title for point in beyond[:NAMED]]
    facts = {"count": len(beyond), "names": names, "keys": [point.key for point in beyond]}
    return Point(section, MORE, "", facts, sum((point.money or Decimal(0) for point in beyond), Decimal(0)) or None)
