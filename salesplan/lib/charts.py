"""One look for every plot, and what a plot needs beside its picture.

Figures are built here in Python and drawn by static/js/charts.js. Colours are written as "token:NAME"
and become the theme's --sp-NAME in the browser, so that one figure serves light and dark.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import plotly.graph_objects as go

type Cell = str | int | float

TOKEN = re.compile(r"token:[a-z0-9-]+")


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


def base_figure(**layout: Any) -> "go.Figure":
    """An empty figure in the house look: no template (Plotly's is 8 KB of JSON), horizontal hairlines, ink text."""
    import plotly.graph_objects as go  # the first figure costs 100 ms: not at start, not for pages without plots

    _let_plotly_accept_tokens()
    axis = {"linecolor": "token:line-2", "tickfont": {"color": "token:ink-3", "size": 12}, "zeroline": False}
    look: dict[str, Any] = {
        "template": {},  # None would mean the default one
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"family": "Inter Variable, sans-serif", "size": 12, "color": "token:ink-2"},
        "margin": {"l": 48, "r": 16, "t": 8, "b": 32},
        "showlegend": False,
        "hoverlabel": {"bgcolor": "token:surface", "bordercolor": "token:line-2", "font": {"color": "token:ink"}},
        "xaxis": {**axis, "showgrid": False, "fixedrange": True},
        "yaxis": {**axis, "gridcolor": "token:line", "showline": False, "fixedrange": True},
    }
    # In one go: each update_layout() would cost five times as much as the figure.
    return go.Figure(layout=_merge(look, layout))


def _merge(under: dict[str, Any], over: dict[str, Any]) -> dict[str, Any]:
    """Objects key by key, as static/js/charts.js does; anything else of `over` replaces what was there."""
    both = {key: _merge(under[key], over[key]) for key in under.keys() & over.keys() if isinstance(under[key], dict)}
    return {**under, **over, **both}


def _let_plotly_accept_tokens() -> None:
    """Plotly checks colours, and knows names of themes only as var(--name)."""
    from _plotly_utils.basevalidators import ColorValidator

    ColorValidator.re_ddk = TOKEN


def as_json(figure: "go.Figure") -> dict[str, Any]:
    """The figure as plain data for {{ figure|json_script }}: dates, Decimals and arrays become JSON."""
    return json.loads(figure.to_json())
