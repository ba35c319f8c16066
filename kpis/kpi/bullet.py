"""A KPI as a bullet: its value as a bar, with marks for what is expected by now and for its target, before the areas
in which its rules call it off track, at risk and on track.

Places are in percent of the width, so that the picture needs no script and no size of its own.
"""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from kpis.kpi.pace import BAND_MARGIN, NO_DATA, Pace
from kpis.kpi.words import LOOKS, coarse, pace_words
from plans.objectives.models import Direction
from salesplan.lib.money import format_quantity

ZERO, HUNDRED = Decimal(0), Decimal(100)
#: A bullet reaches a little beyond the last of its marks.
ROOM = Decimal("0.06")
#: A value stretches the scale by at most this share of it.
STRETCH = Decimal("0.5")
#: Beyond its edges a band shows so much of its width; with one edge, of what that is.
AROUND = Decimal("0.5")


@dataclass(frozen=True)
class Area:
    """From `x` on; the one before it ends there. `css` is "g" on track, "r" at risk or "o" off track."""

    css: str
    x: str
    width: str


@dataclass(frozen=True)
class Bullet:
    """`beyond` says at which end the value leaves the scale: "lo", "hi" or nowhere."""

    areas: tuple[Area, ...]
    bar_x: str
    bar_width: str
    #: A value of a band, which has no zero to reach from, is a point.
    point: str
    expected: str
    targets: tuple[str, ...]
    beyond: str
    css: str
    words: str


def bullet_of(pace: Pace) -> Bullet | None:
    """None where there is nothing to compare with."""
    if not pace.track.is_set:
        return None
    edges = _band_edges(pace) if pace.track.has_band else _edges(pace)
    if edges is None:
        return None
    return _drawn(pace, *edges)


type _Edges = tuple[list[tuple[str, Decimal]], list[Decimal]]


def _edges(pace: Pace) -> _Edges | None:
    """Where each area ends, from the left, and the marks that have to lie on the scale."""
    track, expected = pace.track, pace.expected
    if track.target is None or expected is None:
        return None
    rules = track.rules
    good, risk = (_value_at(pace, share) for share in (rules.on_track_from, rules.at_risk_from))
    ends = [("g", good), ("r", risk)] if track.direction == Direction.LESS else [("o", risk), ("r", good)]
    return ends, [ZERO, track.target, expected, track.start or ZERO, *(end for _css, end in ends)]


def _value_at(pace: Pace, share: Decimal) -> Decimal:
    """The value that is `share` of the pace, by the rule of kpis/kpi/pace.py turned round."""
    track, expected = pace.track, pace.expected or ZERO
    ends = [end for end in (track.start, track.target, expected) if end is not None]
    sign = -1 if track.direction == Direction.LESS else 1
    if min(ends) < 0:
        length = (max(ends) - min(ends)) or abs(expected)
        return expected + sign * (share - 1) * length
    return expected / share if sign < 0 else expected * share


def _band_edges(pace: Pace) -> _Edges:
    low, high = pace.track.band_low, pace.track.band_high
    known = [edge for edge in (low, high) if edge is not None]
    width = high - low if low is not None and high is not None else abs(known[0])
    width = width or Decimal(1)
    margin = width * BAND_MARGIN
    ends: list[tuple[str, Decimal]] = []
    if low is not None:
        ends += [("o", low - margin), ("r", low)]
    if high is not None:
        ends += [("g", high), ("r", high + margin)]
    return ends, [known[0] - width * AROUND, known[-1] + width * AROUND]


def _drawn(pace: Pace, ends: list[tuple[str, Decimal]], marks: list[Decimal]) -> Bullet:
    track, value = pace.track, pace.actual
    first, last = _scale(marks, value)
    length = last - first

    def place(at: Decimal) -> Decimal:
        return HUNDRED * (min(max(at, first), last) - first) / length

    beyond = "" if value is None or first <= value <= last else "hi" if value > last else "lo"
    low, high = sorted((place(value or ZERO), place(ZERO)))
    is_bar = value is not None and not track.has_band
    targets = (track.band_low, track.band_high) if track.has_band else (track.target,)
    return Bullet(
        areas=_areas([(css, place(end)) for css, end in ends]),
        bar_x=_percent(low) if is_bar and low else "",
        bar_width=_percent(high - low) if is_bar else "",
        point=_percent(place(value)) if value is not None and track.has_band else "",
        expected="" if pace.expected is None or track.has_band else _percent(place(pace.expected)),
        targets=tuple(_percent(place(edge)) for edge in targets if edge is not None),
        beyond=beyond,
        css=LOOKS[pace.status].css,
        words=bullet_words(pace, is_beyond=bool(beyond)),
    )


def _scale(marks: list[Decimal], value: Decimal | None) -> tuple[Decimal, Decimal]:
    """From the first of the marks to the last; a value stretches it a little, and far beyond it leaves the scale."""
    first, last = min(marks), max(marks)
    length = (last - first) or Decimal(1)
    if value is not None:
        first = min(first, max(value, first - length * STRETCH))
        last = max(last, min(value, last + length * STRETCH))
    room = (last - first or length) * ROOM
    return first if first == 0 else first - room, last + room


def _areas(ends: list[tuple[str, Decimal]]) -> tuple[Area, ...]:
    """Only where more is better does the last area know no end on the good side."""
    last = "g" if [css for css, _end in ends] == ["o", "r"] else "o"
    areas, x = [], ZERO
    for css, end in [*ends, (last, HUNDRED)]:
        if end > x:
            areas.append(Area(css, _percent(x), _percent(end - x)))
        x = max(x, end)
    return tuple(areas)


def _percent(number: Decimal) -> str:
    return f"{float(round(number, 1)):g}%"


def bullet_words(pace: Pace, *, is_beyond: bool) -> str:
    """What the picture shows, for those who cannot see it."""
    track = pace.track
    value = _("no value yet") if pace.actual is None else format_quantity(pace.actual, track.unit)
    parts = [value, pace_words(pace)]
    if not track.has_band and track.target is not None:
        parts.append(_("target %(target)s") % {"target": format_quantity(coarse(track.target), track.unit)})
    if pace.status != NO_DATA:
        parts.append(str(LOOKS[pace.status].word))
    if is_beyond:
        parts.append(_("beyond the scale"))
    return ", ".join(part for part in parts if part)
