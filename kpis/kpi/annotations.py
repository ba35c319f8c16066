"""What happened while a KPI ran: annotations of its run chart, gathered from whoever registers a source of them.

A source is registered when its app starts: `register_annotations("decisions", _("Decisions"), decisions_about)`.
"""

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import ngettext

from kpis.kpi.models import Kpi
from kpis.kpi.periods import MONTHLY, QUARTERLY, WEEKLY, period_label, period_of

#: The address says by this name which kinds are shown; by none of them, all are.
SHOWN = "events"
#: What stands there when none is.
NOTHING = "none"
#: As many marks as can be told apart; where there would be more, a mark stands for a month or a quarter.
MOST_MARKS = 24
#: So many events of a mark are said where it is drawn; the list has all.
SAID = 3


@dataclass(frozen=True)
class Annotation:
    """`url` leads to what it is about."""

    day: dt.date
    text: str
    url: str = ""


@dataclass(frozen=True)
class Source:
    """`is_public` says whether what it tells may stand in pictures that people outside get to see."""

    kind: str
    label: str | Promise
    find: Callable[[Kpi], Iterable[Annotation]]
    is_public: bool = False


@dataclass(frozen=True)
class Event:
    annotation: Annotation
    source: Source


@dataclass(frozen=True)
class Mark:
    """The events of a week, or of a longer time where there are many; `day` is when the last of them was."""

    number: int
    when: str
    events: Sequence[Event]

    @property
    def day(self) -> dt.date:
        return self.events[-1].annotation.day

    @property
    def words(self) -> str:
        """A call; a letter; and 2 more"""
        said = [event.annotation.text for event in self.events[:SAID]]
        if more := len(self.events) - len(said):
            said.append(ngettext("and %(count)d more", "and %(count)d more", more) % {"count": more})
        return "; ".join(said)


_sources: dict[str, Source] = {}


def register_annotations(
    kind: str, label: str | Promise, find: Callable[[Kpi], Iterable[Annotation]], *, is_public: bool = False
) -> None:
    """`find` asks one query, or none, however much there is; its KPI knows its plan."""
    _sources[kind] = Source(kind, label, find, is_public)


def sources() -> Sequence[Source]:
    return list(_sources.values())


def public_kinds() -> list[str]:
    return [source.kind for source in sources() if source.is_public]


def read_kinds(text: str | None) -> list[str]:
    """Those the address names; all where it says nothing of them."""
    named = text.split(",") if text else list(_sources)
    return [kind for kind in _sources if kind in named]


def write_kinds(kinds: Collection[str]) -> str:
    return ",".join(kind for kind in _sources if kind in kinds) or NOTHING


def marks_of(kpi: Kpi, kinds: Collection[str]) -> list[Mark]:
    """In order of time, numbered as they are drawn: one query for each kind at most."""
    events = [
        Event(annotation, source) for source in sources() if source.kind in kinds for annotation in source.find(kpi)
    ]
    events.sort(key=lambda event: event.annotation.day)
    week_start = kpi.plan.workspace.week_starts_on
    by_rhythm = (_marks(events, rhythm, week_start) for rhythm in (WEEKLY, MONTHLY))
    few = (marks for marks in by_rhythm if len(marks) <= MOST_MARKS)
    return next(few, None) or _marks(events, QUARTERLY, week_start)


def _marks(events: Iterable[Event], rhythm: str, week_start: int) -> list[Mark]:
    periods = groupby(events, key=lambda event: period_of(event.annotation.day, rhythm, week_start))
    groups = ((period, list(found)) for period, found in periods)
    return [Mark(number, _when(period, rhythm, found), found) for number, (period, found) in enumerate(groups, start=1)]


def _when(period: dt.date, rhythm: str, events: Sequence[Event]) -> str:
    """The day where all were on one, else the week or what stands for it."""
    first, last = events[0].annotation.day, events[-1].annotation.day
    return date_format(first, "SHORT_DATE_FORMAT") if first == last else period_label(period, rhythm)
