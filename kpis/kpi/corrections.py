"""Values that were changed after they had settled: what stood before, who changed it, when and why."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from salesplan.lib.money import format_quantity
from salesplan.lib.numbers import NO_VALUE

#: Typing again within the same sitting is no correction: a value has settled so long after it was entered.
SITTING = dt.timedelta(hours=1)


class Version(NamedTuple):
    """A value as it was saved: `who` entered it `entered_at`, `by` saved it `at`."""

    period: dt.date
    value: Decimal | None
    who: str
    entered_at: dt.datetime
    by: str
    at: dt.datetime
    reason: str


@dataclass(frozen=True)
class Correction:
    """`who` entered the old value `entered_at`; `by` replaced it `at`."""

    value: Decimal | None
    words: str
    who: str
    entered_at: dt.datetime
    by: str
    at: dt.datetime
    reason: str


def has_settled(entered_at: dt.datetime, now: dt.datetime) -> bool:
    return now - entered_at > SITTING


def corrections_in(versions: Iterable[Version], unit: str) -> dict[dt.date, list[Correction]]:
    """By period, latest first; `versions` are those of one KPI's values, in order of time. By period and not by
    reading: deleting a value and entering it anew corrects it too.
    """
    found: dict[dt.date, list[Correction]] = {}
    last: dict[dt.date, Version] = {}
    for version in versions:
        before = last.get(version.period)
        if before and before.value != version.value and has_settled(before.entered_at, version.at):
            found.setdefault(version.period, []).insert(0, _correction(before, version, unit))
        if before is None or before.value != version.value:
            last[version.period] = version
    return found


def _correction(old: Version, new: Version, unit: str) -> Correction:
    words = NO_VALUE if old.value is None else format_quantity(old.value, unit)
    return Correction(old.value, words, old.who, old.entered_at, new.by, new.at, new.reason)
