"""How many hours somebody has in a week: what is usual for her, less holidays of the country and time away."""

import datetime as dt
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal

from plans.plan.completeness import completeness_of
from plans.plan.models import Plan

#: What is read of each row of a plan, joined with its times away.
COLUMNS = ("person", "name", "hours", "times_away__starts_on", "times_away__ends_on", "times_away__hours")
CENT = Decimal("0.01")

#: Who has them: the id of a member, or the name of somebody who is none, in small letters.
type Key = int | str


@dataclass(frozen=True)
class Away:
    first: dt.date
    last: dt.date
    hours: Decimal


@dataclass(frozen=True)
class Hours:
    """A week's hours of one person, when nothing keeps her, and when something does."""

    usual: Decimal
    away: tuple[Away, ...] = ()

    def on(self, day: dt.date) -> Decimal:
        """By the week, as they hold on that day; where two times away meet, the fewer count."""
        return min([self.usual, *(away.hours for away in self.away if away.first <= day <= away.last)])

    def within(self, days: Collection[dt.date], *, days_a_week: int) -> Decimal:
        """On these working days; a whole week without a holiday has `days_a_week` of them."""
        if not self.away:
            return (self.usual * len(days) / days_a_week).quantize(CENT)
        return (sum((self.on(day) for day in days), Decimal(0)) / days_a_week).quantize(CENT)


@dataclass(frozen=True)
class Capacities:
    """Those of a plan: of people it says something about, and what is usual for all others."""

    usual: Hours
    own: Mapping[Key, Hours]

    def of(self, key: Key) -> Hours:
        return self.own.get(key, self.usual)


def name_key(name: str) -> str:
    return " ".join(name.split()).casefold()


def capacities_of(plan: Plan) -> Capacities:
    """Read with how complete the plan is, which every page of it asks for (plans/capacity/completeness.py)."""
    usual = plan.workspace.hours_per_week
    hours: dict[Key, Decimal] = {}
    away: dict[Key, list[Away]] = {}
    text = completeness_of(plan).kept["capacities"] or ""
    for person, name, own, first, last, left in json.loads(f"[{text}]", parse_float=Decimal):
        key = person or name_key(name)
        hours[key] = usual if own is None else Decimal(own)
        if first:
            days = dt.date.fromisoformat(first), dt.date.fromisoformat(last)
            away.setdefault(key, []).append(Away(*days, Decimal(left)))
    own_hours = {key: Hours(value, tuple(away.get(key, ()))) for key, value in hours.items()}
    return Capacities(Hours(usual), own_hours)
