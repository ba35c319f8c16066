"""The way of an objective from its start to its deadline, in words and shares for its page."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from plans.objectives.models import Measure, Objective
from plans.objectives.progress import expected_value, pace_share, way_begins
from plans.objectives.wording import way_in_words
from plans.plan.models import Plan
from salesplan.lib.money import format_quantity


@dataclass(frozen=True)
class Way:
    """`starts` and `ends` are values; `over` is the share of the time that is over, in percent."""

    baseline: str
    target: str
    #: A count may start from nothing without saying so.
    from_zero: bool
    starts_on: dt.date
    starts: str
    ends: str
    expected: str
    over: str
    over_words: str


def way_of(objective: Objective, plan: Plan, today: dt.date) -> Way:
    starts_on = objective.starts_on or plan.starts_on
    pace = pace_share(starts_on, objective.deadline, today) if objective.deadline else Decimal(0)
    target = _words(objective.target, objective)
    return Way(
        baseline=_words(objective.baseline, objective),
        target=target,
        from_zero=objective.measure in {Measure.COUNT, Measure.MILESTONES},
        starts_on=starts_on,
        starts=_words(way_begins(objective), objective) if objective.target is not None else "",
        ends=target or way_in_words(objective),
        expected=_words(_rounded(expected_value(objective, pace), objective), objective),
        over=f"{100 * pace:.1f}",
        over_words=format_quantity(100 * pace, "%", decimals=0),
    )


def _words(value: Decimal | None, objective: Objective) -> str:
    return "" if value is None else format_quantity(value, objective.unit)


def _rounded(value: Decimal | None, objective: Objective) -> Decimal | None:
    """As precise as the way is long: 1,284,312 € of 2 million, 81.3% of 80 to 88."""
    if value is None or objective.target is None:
        return None
    length = abs(objective.target - (way_begins(objective) or 0))
    return round(value, 0 if length >= 100 else 1)
