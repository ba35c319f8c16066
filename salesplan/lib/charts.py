"""One look for every plot, and what a plot needs beside its picture.

Figures are built here in Python and drawn by static/js/charts.js. Colours are written as "token:NAME"
and become the theme's --sp-NAME in the browser, so that one figure serves light and dark.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

type Cell = str | int | float


@dataclass(frozen=True)
class Chart:
    """A figure with the words that carry the same facts: templates/frame/chart.html shows it all.

    `title` says what it shows, `says` what to see in it; `columns` and `rows` are its table, already
    formatted for the reader.
    """

    id: str
    title: str
    says: str
    figure: dict[str, Any]
    columns: Sequence[str]
    rows: Sequence[Sequence[Cell]] = field(default_factory=list)

    @property
    def figure_id(self) -> str:
        return f"{self.id}-figure"


class Figure:
    """A Plotly figure as plain data, with the few methods of plotly.graph_objects.Figure that ours need.

    Plotly's own class checks every property as it is set: 4 to 15 ms a figure, and 30 MB a process. In the tests
    it checks each figure that any of them draws (tests/conftest.py); a page need not pay for it again.
    """

    def __init__(self, layout: dict[str, Any]):
        self.data: list[dict[str, Any]] = []
        self.layout = layout

    def add_bar(self, **trace: Any) -> None:
        self.data.append({"type": "bar", **trace})

    def add_scatter(self, **trace: Any) -> None:
        self.data.append({"type": "scatter", **trace})

    def add_waterfall(self, **trace: Any) -> None:
        self.data.append({"type": "waterfall", **trace})

    def add_vline(self, *, x: Any, **shape: Any) -> None:
        place = {"type": "line", "x0": x, "x1": x, "y0": 0, "y1": 1, "yref": "y domain"}
        self.layout.setdefault("shapes", []).append({**place, **shape})

    def add_annotation(self, **note: Any) -> None:
        self.layout.setdefault("annotations", []).append(note)

    def update_xaxes(self, **axis: Any) -> None:
        self.layout["xaxis"] = _merge(self.layout["xaxis"], axis)

    def update_yaxes(self, **axis: Any) -> None:
        self.layout["yaxis"] = _merge(self.layout["yaxis"], axis)

    def as_dict(self) -> dict[str, Any]:
        return _plain({"data": self.data, "layout": self.layout})


def base_figure(**layout: Any) -> Figure:
    """An empty figure in the house look: no template (Plotly's is 8 KB of JSON), horizontal hairlines, ink text."""
    axis = {"linecolor": "token:line-2", "tickfont": {"color": "token:ink-3", "size": 12}, "zeroline": False}
    look: dict[str, Any] = {
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"family": "Inter Variable, sans-serif", "size": 12, "color": "token:ink-2"},
        "margin": {"l": 48, "r": 16, "t": 8, "b": 32},
        "showlegend": False,
        "hoverlabel": {"bgcolor": "token:surface", "bordercolor": "token:line-2", "font": {"color": "token:ink"}},
        "xaxis": {**axis, "showgrid": False, "fixedrange": True},
        "yaxis": {**axis, "gridcolor": "token:line", "showline": False, "fixedrange": True},
    }
    return Figure(_merge(look, layout))


def _merge(under: dict[str, Any], over: dict[str, Any]) -> dict[str, Any]:
    """Objects key by key, as static/js/charts.js does; anything else of `over` replaces what was there."""
    both = {key: _merge(under[key], over[key]) for key in under.keys() & over.keys() if isinstance(under[key], dict)}
    return {**under, **over, **both}


def as_json(figure: Figure) -> dict[str, Any]:
    """The figure as plain data for {{ figure|json_script }}: dates and Decimals become JSON."""
    return figure.as_dict()


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    if isinstance(value, dt.date):
        return value.isoformat()
    # Four decimals are what quantities have; a float may spell out seventeen.
    return round(float(value), 4) if isinstance(value, Decimal | float) else value
