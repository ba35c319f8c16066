"""Where each company stands on the map: what its two directions measure, who has a place, what stays empty."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import hypot
from statistics import fmean

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from analysis.competitors.models import Axis, Competitor


@dataclass(frozen=True)
class Scale:
    """What one direction of the map measures, and what its two ends are called."""

    key: str
    name: str | Promise
    low: str | Promise
    high: str | Promise
    #: Where the market stands; the mean of the companies when nothing says so.
    market: float | None = None
    unit: str = ""
    #: The whole scale, where it has an end.
    whole: tuple[float, float] | None = None

    def of(self, company: Competitor) -> float | None:
        if self.key == "price":
            value = company.price_index
        elif self.key == "share":
            value = company.market_share
        else:
            score = company.by_axis.get(int(self.key.removeprefix("axis-")))  # type: ignore[attr-defined]
            value = score.value if score else None
        return None if value is None else float(value)


PRICE = Scale(
    "price",
    gettext_lazy("Price index"),
    gettext_lazy("below market price"),
    gettext_lazy("above market price"),
    market=100,
)
SHARE = Scale(
    "share",
    gettext_lazy("Market share"),
    gettext_lazy("small market share"),
    gettext_lazy("large market share"),
    unit="%",
)


@dataclass(frozen=True)
class Spot:
    """A company on the map; `size` is None when its figure is not known."""

    name: str
    is_us: bool
    x: float
    y: float
    size: float | None = None


def scales_of(axes: Iterable[Axis]) -> list[Scale]:
    """Price, share, and one's own axes from 0 to 10."""
    return [PRICE, SHARE, *map(_scale, axes)]


def _scale(axis: Axis) -> Scale:
    low = axis.low_label or _("low: %(axis)s") % {"axis": axis}
    high = axis.high_label or _("high: %(axis)s") % {"axis": axis}
    return Scale(f"axis-{axis.pk}", axis.name, low, high, whole=(0, 10))


def choose_scales(scales: Sequence[Scale], *, x: str, y: str, size: str) -> tuple[Scale, Scale, Scale]:
    """The scales one asked for; what does not exist becomes price, one's own first axis, and market share."""
    by_key = {scale.key: scale for scale in scales}
    across = by_key.get(x, PRICE)
    others = [scale for scale in (*scales[2:], SHARE, PRICE) if scale.key != across.key]
    up = by_key.get(y, others[0])
    return across, others[0] if up.key == across.key else up, by_key.get(size, SHARE)


def place(companies: Iterable[Competitor], *, x: Scale, y: Scale, size: Scale) -> tuple[list[Spot], list[str]]:
    """Those that have a place on the map, and the names of those without one of the two figures."""
    spots, left_out = [], []
    for company in companies:
        across, up = x.of(company), y.of(company)
        if across is None or up is None:
            left_out.append(company.name)
        else:
            spots.append(Spot(company.name, company.is_us, across, up, size.of(company)))
    return spots, left_out


def middle_of(scale: Scale, values: Sequence[float]) -> float:
    return fmean(values) if scale.market is None else scale.market


#: Which empty corner is worth a word first, as (is it high across, is it high up).
CORNERS = ((True, True), (False, True), (True, False), (False, False))
#: Paying less is the better end of a price.
PRICE_CORNERS = ((False, True), (True, True), (False, False), (True, False))


def open_corner(spots: Sequence[Spot], *, x: Scale, y: Scale) -> tuple[bool, bool] | None:
    """A quarter of the map, by the market's lines, in which nobody stands."""
    across, up = middle_of(x, [spot.x for spot in spots]), middle_of(y, [spot.y for spot in spots])
    taken = {(spot.x >= across, spot.y >= up) for spot in spots}
    order = PRICE_CORNERS if x.key == PRICE.key else CORNERS
    return next((corner for corner in order if corner not in taken), None)


def nearest_to_us(spots: Sequence[Spot]) -> tuple[Spot, Spot] | None:
    """Our own company and the one that stands nearest, each direction counted by its spread."""
    us = next((spot for spot in spots if spot.is_us), None)
    others = [spot for spot in spots if not spot.is_us]
    if us is None or not others:
        return None
    wide, high = _spread([spot.x for spot in spots]), _spread([spot.y for spot in spots])
    return us, min(others, key=lambda spot: hypot((spot.x - us.x) / wide, (spot.y - us.y) / high))


def _spread(values: Sequence[float]) -> float:
    return (max(values) - min(values)) or 1.0


def what_it_says(spots: Sequence[Spot], *, x: Scale, y: Scale) -> str:
    """The one thing to see on the map, as a sentence."""
    if corner := open_corner(spots, x=x, y=y):
        ends = {"x": x.high if corner[0] else x.low, "y": y.high if corner[1] else y.low}
        return _("Nobody stands here yet: %(y)s, %(x)s.") % ends
    if pair := nearest_to_us(spots):
        return _("%(company)s stands nearest to %(us)s.") % {"us": pair[0].name, "company": pair[1].name}
    return _("Every corner of the market is taken. Mark your own company to see who stands nearest.")
