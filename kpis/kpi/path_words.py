"""A target path in words: what it comes to beside the target, and where it comes from."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kpis.kpi.path import Path
from kpis.kpi.track import Track
from salesplan.lib.money import format_quantity


def sum_words(track: Track, points: list[Decimal]) -> str:
    """What typed points come to: 1,150 € in all, 50 € less than the target of 1,200 €."""
    if not points:
        return ""
    reached = sum(points, Decimal(0)) if track.is_total else points[-1]
    target = track.target or Decimal(0)
    numbers = {
        "sum": format_quantity(reached, track.unit),
        "target": format_quantity(target, track.unit),
        "gap": format_quantity(abs(reached - target), track.unit),
    }
    if track.is_total:
        words = (
            _("%(sum)s in all, exactly the target.")
            if reached == target
            else _("%(sum)s in all, %(gap)s more than the target of %(target)s.")
            if reached > target
            else _("%(sum)s in all, %(gap)s less than the target of %(target)s.")
        )
    else:
        words = (
            _("It ends at %(sum)s, exactly the target.")
            if reached == target
            else _("It ends at %(sum)s, %(gap)s above the target of %(target)s.")
            if reached > target
            else _("It ends at %(sum)s, %(gap)s below the target of %(target)s.")
        )
    return words % numbers


def basis_words(basis: Mapping) -> str:
    """Which values a season was made of."""
    numbers = {
        "used": basis["used"],
        "of": basis["of"],
        "first": date_format(dt.date.fromisoformat(basis["first"]), "DATE_FORMAT"),
        "last": date_format(dt.date.fromisoformat(basis["last"]), "DATE_FORMAT"),
    }
    if basis["used"] == basis["of"]:
        return _("All %(of)d values from %(first)s to %(last)s are used.") % numbers
    return (
        _("%(used)d of %(of)d values from %(first)s to %(last)s are used; a missing one lies between its neighbours.")
        % numbers
    )


def path_problem(track: Track) -> str:
    """What is odd about a path; empty when it leads to the target."""
    if track.path is None or track.target is None:
        return ""
    if not track.path.covers(track):
        return _("The dates have changed since the target path was made: some periods have no target in it.")
    if track.path.seasonal or _end(track) == track.target:
        return ""
    return sum_words(track, own_points(track, track.path))


def own_points(track: Track, path: Path) -> list[Decimal]:
    """What is expected of each period of the track: added by a total, reached by a level."""
    followed = replace(track, path=path)
    ends = [followed.expected(min(track.last_day(period), track.deadline)) or Decimal(0) for period in track.periods()]
    if not track.is_total:
        return ends
    return [end - before for before, end in zip([Decimal(0), *ends], ends, strict=False)]


def _end(track: Track) -> Decimal | None:
    return track.expected(track.deadline)
