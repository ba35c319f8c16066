"""One look for every plot, and what a plot needs beside its picture.

Figures are built here in Python and drawn by static/js/charts.js. Colours are written as "var(--sp-NAME)"
and become the theme's --sp-NAME in the browser, so that one figure serves light and dark.
"""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from html import escape
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import plotly.graph_objects as go

#: As many bars with their names as can be read under each other in the highest plot; the table has all.
MOST_BARS = 18

type Cell = str | int | float
type Table = Sequence[Sequence[Cell]]


class Measured(str):
    """A cell as the table shows it, and what a sheet takes instead: the value, as exactly as it is known.

    A day stands for itself; a value of None leaves the cell empty.
    """

    __slots__ = ("unit", "value")

    value: Decimal | float | dt.date | None
    unit: str

    def __new__(cls, words: str, value: Decimal | float | dt.date | None, unit: str = "") -> "Measured":
        cell = super().__new__(cls, words)
        cell.value, cell.unit = value, unit
        return cell

    def __reduce__(self) -> tuple[type["Measured"], tuple[Any, ...]]:
        """What stands in a table may stand in a figure too, and Plotly copies what it is given."""
        return Measured, (str(self), self.value, self.unit)


@dataclass(frozen=True)
class Chart:
    """A figure with the words that carry the same facts: templates/frame/chart.html shows the words.

    `title` says what it shows, `says` what to see in it; `columns` and `rows` are its table, already
    formatted for the reader; cells with numbers are `Measured`, for its sheet (chart_sheet.py). `draw` and
    `tabulate` are called when figure or table is asked for: a page that only has room for them waits for neither.
    `choices` is what of the page's address they depend on.
    """

    id: str
    title: str
    says: str
    draw: Callable[[], "go.Figure"]
    columns: Sequence[str]
    tabulate: Callable[[], Table]
    choices: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def figure(self) -> dict[str, Any]:
        """As plain data: dates, Decimals and arrays have become JSON."""
        return _plain(self.draw().to_plotly_json())

    @cached_property
    def rows(self) -> Table:
        return self.tabulate()


def base_figure(**layout: Any) -> "go.Figure":
    """An empty figure in the house look: no template (it is 8 KB of JSON), horizontal hairlines, ink text."""
    import plotly.graph_objects as go  # the first figure costs 100 ms: not at start, not for pages without plots

    axis = {"linecolor": "var(--sp-line-2)", "tickfont": {"color": "var(--sp-ink-3)", "size": 12}, "zeroline": False}
    hover = {"bgcolor": "var(--sp-surface)", "bordercolor": "var(--sp-line-2)", "font": {"color": "var(--sp-ink)"}}
    look: dict[str, Any] = {
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"family": "Inter Variable, sans-serif", "size": 12, "color": "var(--sp-ink-2)"},
        "margin": {"l": 48, "r": 16, "t": 8, "b": 32},
        "showlegend": False,
        "hoverlabel": hover,
        "xaxis": {**axis, "showgrid": False, "fixedrange": True},
        "yaxis": {**axis, "gridcolor": "var(--sp-line)", "showline": False, "fixedrange": True},
    }
    figure = go.Figure(layout=look).update_layout(layout)
    figure.layout.template = None
    return figure


def shorten(text: str, longest: int) -> str:
    """Plotly shortens nothing."""
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    if isinstance(value, str):
        return escape(value, quote=False)  # Plotly reads tags and entities; what people have named is neither
    if isinstance(value, dt.date):
        return value.isoformat()
    # Four decimals are what quantities have; a float may spell out seventeen.
    return round(float(value), 4) if isinstance(value, Decimal | float) else value
