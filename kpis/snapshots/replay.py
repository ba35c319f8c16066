"""A plan as it was at the end of a week, and what changed in that week."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kpis.kpi.pace import AT_RISK, NO_DATA, OFF_TRACK, ON_TRACK
from kpis.kpi.words import LOOKS, Look
from kpis.snapshots.differences import SAME, Differences, Line, Pair
from kpis.snapshots.saying import ACTIONS, KPIS, LINES, OBJECTIVES
from kpis.snapshots.sentences import Group, groups_of
from kpis.snapshots.state import KpiState, PlanState
from plans.actions.models import Action
from salesplan.lib.money import format_money
from salesplan.lib.numbers import format_number

#: So many actions of a status are read one by one, so many KPIs stand as tiles.
MOST_ACTIONS = 15
MOST_TILES = 12
#: Where nobody chose tiles, as on the overview.
TILES = 4

Status = Action.Status
#: What needs somebody comes first.
ORDER = (Status.BLOCKED, Status.AT_RISK, Status.IN_PROGRESS, Status.NOT_STARTED, Status.DONE, Status.CANCELLED)


@dataclass(frozen=True)
class Shown:
    """A row in words, with how it stood."""

    line: Line
    status: str
    look: Look | None = None
    is_late: bool = False


@dataclass(frozen=True)
class Heap:
    """The actions of one status: how many there are, and the first of them."""

    status: str
    count: int
    rows: list[Shown]

    @property
    def beyond(self) -> int:
        return self.count - len(self.rows)


@dataclass(frozen=True)
class Replay:
    state: PlanState
    verdict: list[str]
    news: list[Group]
    objectives: list[Shown]
    tiles: list[Shown]
    heaps: list[Heap]
    lines: list[Shown]
    money: list[tuple[str, str]]


def replay_of(before: PlanState | None, state: PlanState) -> Replay:
    """`before` is the plan a week earlier; None when there was none, and then nothing is marked."""
    differences = Differences(before or state, state)
    there = {key: [pair for pair in pairs if pair.after] for key, pairs in differences.pairs.items()}
    return Replay(
        state=state,
        verdict=list(_verdict(state)),
        news=groups_of(differences),
        objectives=[_shown(differences, OBJECTIVES, pair) for pair in there[OBJECTIVES.key]],
        tiles=[_shown(differences, KPIS, pair) for pair in _tiles(there[KPIS.key])],
        heaps=list(_heaps(differences, there[ACTIONS.key])),
        lines=[_shown(differences, LINES, pair) for pair in there[LINES.key]],
        money=list(_money(state)),
    )


def _shown(differences: Differences, section: Any, pair: Pair) -> Shown:
    status = getattr(pair.after, "status", "")
    return Shown(differences.line(section, pair), status, LOOKS.get(status))


def _tiles(pairs: list[Pair]) -> list[Pair]:
    chosen = [pair for pair in pairs if pair.after.on_dashboard]
    return chosen[:MOST_TILES] or pairs[:TILES]


def _heaps(differences: Differences, pairs: list[Pair]) -> Iterator[Heap]:
    """In each, what changed in the week comes first, then by deadline."""
    on = differences.after.on
    for status in ORDER:
        mine = [pair for pair in pairs if pair.after.status == status]
        mine.sort(key=lambda pair: (pair.what == SAME, pair.after.deadline is None, pair.after.deadline, pair.after.pk))
        if mine:
            rows = [
                Shown(differences.line(ACTIONS, pair), status, is_late=pair.after.is_late(on))
                for pair in mine[:MOST_ACTIONS]
            ]
            yield Heap(status, len(mine), rows)


def _verdict(state: PlanState) -> Iterator[str]:
    yield from _kpi_words(state.kpis)
    planned = [action for action in state.actions if action.status != Status.CANCELLED]
    if planned:
        done = sum(action.status == Status.DONE for action in planned)
        words = {"done": done, "count": len(planned)}
        yield (
            ngettext("%(done)d of %(count)d action is done.", "%(done)d of %(count)d actions are done.", len(planned))
            % words
        )
    late = sum(action.is_late(state.on) for action in planned)
    if late:
        yield ngettext("%(count)d action is late.", "%(count)d actions are late.", late) % {"count": late}


def _kpi_words(kpis: tuple[KpiState, ...]) -> Iterator[str]:
    judged = [kpi for kpi in kpis if kpi.status != NO_DATA]
    if not judged:
        yield _("No KPI has a value to compare with its pace yet.")
        return
    good = sum(kpi.status == ON_TRACK for kpi in judged)
    words = {"good": format_number(good), "count": len(judged)}
    yield (
        ngettext("%(good)s of %(count)d KPI is on track.", "%(good)s of %(count)d KPIs are on track.", len(judged))
        % words
    )
    off = [kpi.name for kpi in judged if kpi.status == OFF_TRACK] or [
        kpi.name for kpi in judged if kpi.status == AT_RISK
    ]
    if off:
        yield _("The weak point is %(kpi)s.") % {"kpi": off[0]}


def _money(state: PlanState) -> Iterator[tuple[str, str]]:
    for column in ("adjusted", "committed", "spent"):
        whole = sum((getattr(line, column) for line in state.lines), Decimal(0))
        yield LINES.label(column), format_money(whole, state.plan.currency)
