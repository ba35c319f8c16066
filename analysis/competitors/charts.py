from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from analysis.competitors.labels import Canvas, place_labels
from analysis.competitors.positioning import Scale, Spot, middle_of, open_corner, what_it_says
from salesplan.lib.charts import Chart, Measured, base_figure, shorten
from salesplan.lib.money import format_quantity
from salesplan.lib.numbers import NO_VALUE

if TYPE_CHECKING:
    import plotly.graph_objects as go

WIDE, NARROW = Canvas(680, 320), Canvas(290, 320)
SMALLEST, LARGEST = 12.0, 46.0
LABEL_LENGTH = 26
NOTE = {"showarrow": False, "font": {"size": 11.5, "color": "var(--sp-ink-3)"}}


def positioning_chart(spots: Sequence[Spot], *, x: Scale, y: Scale, size: Scale) -> Chart:
    """Two or more companies on a map: one direction across, one up, and the third figure as the circle's area."""
    return Chart(
        id="positioning-map",
        title=_("Positioning: %(y)s against %(x)s") % {"x": x.name, "y": y.name},
        says=what_it_says(spots, x=x, y=y),
        draw=lambda: _figure(spots, x=x, y=y, size=size),
        columns=[_("Company"), str(x.name), str(y.name), *([str(size.name)] if size not in (x, y) else [])],
        tabulate=lambda: [_row(spot, x, y, size) for spot in spots],
        choices={"x": x.key, "y": y.key, "size": size.key},
    )


def _row(spot: Spot, x: Scale, y: Scale, size: Scale) -> list[str]:
    row = [spot.name, _measured(spot.x, x), _measured(spot.y, y)]
    return row if size in (x, y) else [*row, _measured(spot.size, size)]


def _measured(value: float | None, scale: Scale) -> Measured:
    return Measured(NO_VALUE if value is None else format_quantity(value, scale.unit), value, scale.unit)


def _figure(spots: Sequence[Spot], *, x: Scale, y: Scale, size: Scale) -> "go.Figure":
    xs, ys = [spot.x for spot in spots], [spot.y for spot in spots]
    across, up = _range(x, xs), _range(y, ys)
    widths = _diameters(spots)
    notes = _notes(spots, x, y, across)
    lines = middle_of(x, xs), middle_of(y, ys)
    wide, narrow = (
        [*notes, *_labels(spots, widths, lines, canvas=canvas, across=across, up=up)] for canvas in (WIDE, NARROW)
    )
    figure = base_figure(
        margin={"l": 34, "r": 14, "t": 24, "b": 28},
        hovermode="closest",
        annotations=wide,
        shapes=[*_lines(x, y, xs, ys), *_open_space(spots, x, y, across, up)],
        meta={"narrow": {"annotations": narrow, "xaxis": {"nticks": 4}}},
    )
    figure.update_xaxes(range=across, nticks=7)
    figure.update_yaxes(range=up, nticks=6, showgrid=False)
    for ours in (False, True):
        group = [(spot, width) for spot, width in zip(spots, widths, strict=True) if spot.is_us == ours]
        figure.add_scatter(**_circles(group, x, y, size, ours=ours))
    return figure


def _circles(group, x: Scale, y: Scale, size: Scale, *, ours: bool) -> dict[str, Any]:
    return {
        "x": [spot.x for spot, _width in group],
        "y": [spot.y for spot, _width in group],
        "mode": "markers",
        "cliponaxis": False,
        "hovertext": [shorten(" · ".join(_row(spot, x, y, size)), 90) for spot, _width in group],
        "hoverinfo": "text",
        "marker": {
            "size": [width for _spot, width in group],
            "opacity": 1,
            "color": "var(--sp-accent)" if ours else "var(--sp-bar-3)",
            "line": {"width": 1.5, "color": "var(--sp-surface)" if ours else "var(--sp-ink-3)"},
        },
    }


def _range(scale: Scale, values: Sequence[float]) -> list[float]:
    """All circles inside, with room for them and their names; scores show their whole scale."""
    if scale.whole:
        return [scale.whole[0] - 0.9, scale.whole[1] + 0.9]
    seen = [*values, middle_of(scale, values)]
    room = ((max(seen) - min(seen)) or abs(seen[0]) or 1.0) * 0.22
    return [min(seen) - room, max(seen) + room]


def _diameters(spots: Sequence[Spot]) -> list[float]:
    """The area shows the figure; a company without one gets the smallest circle."""
    largest = max((spot.size or 0 for spot in spots), default=0)
    if not largest:
        return [SMALLEST] * len(spots)
    return [max(SMALLEST, LARGEST * (max(spot.size or 0, 0) / largest) ** 0.5) for spot in spots]


def _lines(x: Scale, y: Scale, xs: Sequence[float], ys: Sequence[float]) -> list[dict[str, Any]]:
    across, up = middle_of(x, xs), middle_of(y, ys)
    look = {"type": "line", "layer": "below", "line": {"color": "var(--sp-line-2)", "width": 1}}
    return [
        look | {"x0": across, "x1": across, "yref": "paper", "y0": 0, "y1": 1},
        look | {"xref": "paper", "x0": 0, "x1": 1, "y0": up, "y1": up},
    ]


def _notes(spots: Sequence[Spot], x: Scale, y: Scale, across: list[float]) -> list[dict[str, Any]]:
    """What the upper ends are called, and what the two lines stand for."""
    xs, ys = [spot.x for spot in spots], [spot.y for spot in spots]
    upright = middle_of(x, xs)
    # The name of the upright line goes where neither end's name is.
    is_left = upright < sum(across) / 2
    foot = {"y": 0, "yanchor": "bottom", "yshift": 18} if is_left else {"y": 1, "yanchor": "bottom", "yshift": 4}
    return [
        _corner(f"↑ {shorten(str(y.high), 40)}", x=0, y=1, xanchor="left", yshift=4),
        _corner(f"{shorten(str(x.high), 40)} →", x=1, y=0, xanchor="right", yshift=2),
        NOTE | {"x": upright, "yref": "paper", "xanchor": "left", "xshift": 4, "text": _line_name(x, xs)} | foot,
        NOTE
        | {"xref": "paper", "x": 1, "y": middle_of(y, ys), "xanchor": "right", "yanchor": "bottom"}
        | {"text": _line_name(y, ys)},
    ]


def _corner(text: str, **place: Any) -> dict[str, Any]:
    return NOTE | {"xref": "paper", "yref": "paper", "yanchor": "bottom", "text": text} | place


def _line_name(scale: Scale, values: Sequence[float]) -> str:
    middle = format_quantity(round(middle_of(scale, values), 1), scale.unit)
    return (_("mean %(value)s") if scale.market is None else _("market = %(value)s")) % {"value": middle}


def _labels(spots, widths, lines, *, canvas: Canvas, across: list[float], up: list[float]) -> list[dict[str, Any]]:
    def right(x: float) -> float:
        return canvas.width * (x - across[0]) / (across[1] - across[0])

    def down(y: float) -> float:
        return canvas.height * (up[1] - y) / (up[1] - up[0])

    points = [(right(spot.x), down(spot.y), width / 2) for spot, width in zip(spots, widths, strict=True)]
    names = [shorten(spot.name, LABEL_LENGTH) for spot in spots]
    upright, level = right(lines[0]), down(lines[1])
    avoid = [(upright - 1, 0, upright + 1, canvas.height), (0, level - 1, canvas.width, level + 1)]
    anchors = place_labels(points, names, canvas, avoid=avoid)
    return [_label(spot, name) | anchor for spot, name, anchor in zip(spots, names, anchors, strict=True)]


def _label(spot: Spot, name: str) -> dict[str, Any]:
    font: dict[str, Any] = {"size": 12, "color": "var(--sp-accent)", "weight": 600} if spot.is_us else {"size": 12}
    return {"x": spot.x, "y": spot.y, "text": name, "showarrow": False, "font": font}


def _open_space(spots, x: Scale, y: Scale, across: list[float], up: list[float]) -> list[dict[str, Any]]:
    """A dashed ring in the quarter where nobody stands."""
    corner = open_corner(spots, x=x, y=y)
    if corner is None:
        return []
    middles = middle_of(x, [spot.x for spot in spots]), middle_of(y, [spot.y for spot in spots])
    (x0, x1), (y0, y1) = (
        _inside((middle, ends[1]) if high else (ends[0], middle))
        for middle, ends, high in zip(middles, (across, up), corner, strict=True)
    )
    look = {"color": "var(--sp-accent)", "width": 1.2, "dash": "3px,3px"}
    return [
        {"type": "circle", "x0": x0, "x1": x1, "y0": y0, "y1": y1, "line": look}
        | {"label": {"text": _("open space"), "font": {"size": 12, "color": "var(--sp-accent)"}}}
    ]


def _inside(ends: tuple[float, float]) -> tuple[float, float]:
    """The middle two thirds of a stretch."""
    sixth = (ends[1] - ends[0]) / 6
    return ends[0] + sixth, ends[1] - sixth
