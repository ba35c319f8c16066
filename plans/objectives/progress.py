"""How far an objective is, and how far it should be by a day."""

import datetime as dt
from decimal import Decimal

from plans.objectives.models import Direction, Measure, Objective


def pace_share(start: dt.date, deadline: dt.date, today: dt.date) -> Decimal:
    """The share of the time from `start` to `deadline` that is over on the evening of `today`, from 0 to 1."""
    days = (deadline - start).days + 1
    over = (today - start).days + 1
    return min(max(Decimal(over) / days, Decimal(0)), Decimal(1)) if days > 0 else Decimal(1)


def way_share(objective: Objective, current: Decimal) -> Decimal | None:
    """The share of the way that is done; None while there is nothing to measure it against.

    A total starts at nothing each period, so its way begins at zero; the others begin at the baseline.
    A band is either kept (1) or left (0). The share may pass 1, and fall below 0.
    """
    if objective.direction == Direction.WITHIN:
        return _kept(objective, current)
    start = way_begins(objective)
    if start is None or objective.target is None or objective.target == start:
        return None
    return (current - start) / (objective.target - start)


def way_begins(objective: Objective) -> Decimal | None:
    if objective.measure == Measure.TOTAL:
        return Decimal(0)
    if objective.measure in {Measure.COUNT, Measure.MILESTONES}:
        return objective.baseline or Decimal(0)
    return objective.baseline


def expected_value(objective: Objective, pace: Decimal) -> Decimal | None:
    """What the objective should stand at when the share `pace` of its time is over; None for a band."""
    start = way_begins(objective)
    if objective.direction == Direction.WITHIN or start is None or objective.target is None:
        return None
    return start + (objective.target - start) * pace


def is_on_pace(objective: Objective, current: Decimal, pace: Decimal) -> bool | None:
    """Whether `current` is at least as good as the straight way asks for; None when that is unknown."""
    if objective.direction == Direction.WITHIN:
        kept = _kept(objective, current)
        return None if kept is None else kept == 1
    expected = expected_value(objective, pace)
    if expected is None:
        return None
    return current <= expected if objective.direction == Direction.LESS else current >= expected


def _kept(objective: Objective, current: Decimal) -> Decimal | None:
    if objective.band_low is None or objective.band_high is None:
        return None
    return Decimal(objective.band_low <= current <= objective.band_high)
