"""The season of a KPI: how a year before went, as points of a target path (kpis/kpi/path.py)."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kpis.kpi.path import fill_levels
from kpis.kpi.path_words import basis_words
from kpis.kpi.periods import MONTHLY, QUARTERLY, WEEKLY
from kpis.kpi.track import Track

#: With fewer of its values a year has no shape one could trust.
ENOUGH = Decimal("0.75")
#: As exact as a share of a year need be.
PLACES = 8


class NoSeasonError(Exception):
    """Why the values of a year do not make a season, in words."""


@dataclass(frozen=True)
class Season:
    """`points` for each period of the track; `used` of `of` values are from `first` to `last`."""

    points: list[Decimal]
    first: dt.date
    last: dt.date
    used: int
    of: int

    @property
    def words(self) -> str:
        return basis_words({"first": self.first.isoformat(), "last": self.last.isoformat()} | self.counts)

    @property
    def counts(self) -> dict[str, int]:
        return {"used": self.used, "of": self.of}


def season_of(track: Track, values: Mapping[dt.date, Decimal]) -> Season:
    """`values` by period, from before the track; NoSeasonError where they have no shape to follow."""
    years_before = [_a_year_before(period, track) for period in track.periods()]
    if len(years_before) < 2:
        raise NoSeasonError(_("The way to the target is a single period long, so it has no season."))
    known = [values.get(period) for period in years_before]
    used = sum(value is not None for value in known)
    _check_enough(used, len(known))
    make = _shares if track.is_total else _factors
    start = _level_before(min(years_before), values)
    points = make(known, start)
    first, last = track.first_day(min(years_before)), track.last_day(max(years_before))
    return Season([round(point, PLACES) for point in points], first, last, used, len(known))


def _a_year_before(period: dt.date, track: Track) -> dt.date:
    """The same week, month or quarter of the last year before the track begins; a week 53 falls on the next one's."""
    first = track.period_of(track.starts_on)
    while period >= first:
        period = BACK[track.rhythm](period)
    return period


BACK: dict[str, Callable[[dt.date], dt.date]] = {
    WEEKLY: lambda week: week - dt.timedelta(weeks=52),
    MONTHLY: lambda month: month.replace(year=month.year - 1),
    QUARTERLY: lambda quarter: quarter.replace(year=quarter.year - 1),
}


def _check_enough(used: int, whole: int) -> None:
    needed = int(-(-whole * ENOUGH // 1))
    if used >= needed:
        return
    words = ngettext(
        "Only %(used)d of %(of)d values of the year before is known; at least %(needed)d are needed.",
        "Only %(used)d of %(of)d values of the year before are known; at least %(needed)d are needed.",
        used,
    )
    if not used:
        words = _("No value of the year before is known; at least %(needed)d of %(of)d are needed.")
    raise NoSeasonError(words % {"used": used, "of": whole, "needed": needed})


def _shares(known: list[Decimal | None], _start: Decimal | None) -> list[Decimal]:
    """Each period's share of what all brought."""
    values = fill_levels(known, start=None)
    _refuse(min(values) < 0, _("A value below zero has no share of its year."))
    whole = sum(values, Decimal(0))
    _refuse(whole == 0, _("All values of the year before are zero, so it has no shape to follow."))
    return [value / whole for value in values]


def _factors(known: list[Decimal | None], start: Decimal | None) -> list[Decimal]:
    """How many times the straight line through its year each level stood at."""
    levels = fill_levels(known, start=start)
    begin, end = levels[0] if start is None else start, levels[-1]
    _refuse(min(*levels, begin) <= 0, _("A level of zero or below has no season: it cannot be stretched."))
    return [level / (begin + (end - begin) * place / len(levels)) for place, level in enumerate(levels, 1)]


def _level_before(first: dt.date, values: Mapping[dt.date, Decimal]) -> Decimal | None:
    before = max((period for period in values if period < first), default=None)
    return None if before is None else values[before]


def _refuse(refused: bool, reason: str | Promise) -> None:
    if refused:
        raise NoSeasonError(reason)
