"""What the pipeline must hold at each stage for the objective to be met, solved backwards from the deals needed.

Pure, and in whole numbers: half a customer buys nothing, so every stage rounds up.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

#: Percent and amounts become integers, so that nothing is lost however large or small they are.
SCALE = 10_000
DAYS_OF_WEEK, DAYS_OF_MONTH = 7, Decimal(365) / 12


@dataclass(frozen=True)
class StageInput:
    """`conversion` is the percent of those who enter that go on; `days` how long the stage takes."""

    kind: str
    conversion: Decimal | None = None
    days: int | None = None


@dataclass(frozen=True)
class StageLoad:
    """`entrants` is None where a conversion on the way to closing is missing."""

    kind: str
    entrants: int | None = None
    #: The last day on which one can enter and still be closed in time.
    enter_by: dt.date | None = None
    per_week: Decimal | None = None
    per_month: Decimal | None = None
    #: Share of the largest stage, in percent, for its bar.
    share: Decimal = Decimal(0)


@dataclass(frozen=True)
class Pipeline:
    loads: tuple[StageLoad, ...] = ()
    deals: int | None = None
    days: int = 0
    #: There is not one full cycle left before the deadline.
    too_late: bool = False


def solve_pipeline(
    stages: Sequence[StageInput],
    *,
    needed: Decimal | None,
    deal_size: Decimal | None,
    start: dt.date,
    deadline: dt.date | None,
) -> Pipeline:
    """`stages` from prospecting to closing; `start` is the first day on which prospects can come in."""
    days = sum(stage.days or 0 for stage in stages)
    deals = deals_needed(needed, deal_size)
    loads, going_on, days_left = [], deals, 0
    for stage in reversed(stages):
        days_left += stage.days or 0
        going_on = entrants_needed(going_on, stage.conversion)
        loads.append(_load(stage.kind, going_on, days_left, start, deadline))
    too_late = deadline is not None and start + dt.timedelta(days=days) > deadline
    return Pipeline(_with_shares(loads[::-1]), deals, days, too_late)


def deals_needed(needed: Decimal | None, deal_size: Decimal | None) -> int | None:
    if needed is None or deal_size is None or deal_size <= 0:
        return None
    return max(_ceil_div(int(needed * SCALE), int(deal_size * SCALE)), 0)


def entrants_needed(going_on: int | None, conversion: Decimal | None) -> int | None:
    """How many must enter for `going_on` to leave; unknown without a conversion, impossible at 0 %."""
    if going_on is None or conversion is None or conversion <= 0:
        return None
    return _ceil_div(going_on * 100 * SCALE, int(conversion * SCALE))


def _ceil_div(number: int, by: int) -> int:
    return -(-number // by)


def _load(kind: str, entrants: int | None, days_left: int, start: dt.date, deadline: dt.date | None) -> StageLoad:
    if deadline is None:
        return StageLoad(kind, entrants)
    enter_by = max(deadline - dt.timedelta(days=min(days_left, (deadline - dt.date.min).days)), start)
    if entrants is None:
        return StageLoad(kind, None, enter_by)
    days = Decimal((enter_by - start).days + 1)
    weeks, months = max(days / DAYS_OF_WEEK, Decimal(1)), max(days / DAYS_OF_MONTH, Decimal(1))
    return StageLoad(kind, entrants, enter_by, entrants / weeks, entrants / months)


def _with_shares(loads: list[StageLoad]) -> tuple[StageLoad, ...]:
    largest = max((load.entrants or 0 for load in loads), default=0)
    return tuple(replace(load, share=_share(load, largest)) for load in loads)


def _share(load: StageLoad, largest: int) -> Decimal:
    return Decimal(load.entrants * 1000 // largest) / 10 if load.entrants and largest else Decimal(0)
