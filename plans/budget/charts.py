"""The two plots of a budget: by category, and how the planned amount became what is left."""

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from plans.budget.queries import BudgetFigures, LineFigures
from salesplan.lib.charts import MOST_BARS, Chart, Measured, Table, base_figure, shorten
from salesplan.lib.money import format_money, format_money_short

if TYPE_CHECKING:
    import plotly.graph_objects as go

LONGEST_LABEL = 34
LONGEST_LABEL_NARROW = 16


def category_chart(budget: BudgetFigures, *, currency: str) -> Chart:
    """For each line what is planned (as adjusted), committed inside it, and spent inside that."""
    return Chart(
        id="budget-by-category",
        title=_("Budget by category: planned, committed and spent"),
        says=_category_says(budget, currency),
        draw=lambda: _category_figure(_largest(budget.rows), currency),
        columns=[_("Category"), _("Planned"), _("Adjusted"), _("Committed"), _("Spent")],
        tabulate=lambda: _category_table(budget, currency),
    )


def _largest(rows: Sequence[LineFigures]) -> list[LineFigures]:
    """In the order of the page."""
    places = sorted(range(len(rows)), key=lambda place: -rows[place].adjusted)[:MOST_BARS]
    return [rows[place] for place in sorted(places)]


def _category_figure(rows: Sequence[LineFigures], currency: str) -> "go.Figure":
    figure = base_figure(**_category_layout(rows))
    for name, field, colour, width in (
        (_("Planned, as adjusted"), "adjusted", "var(--sp-bar-3)", 0.72),
        (_("Committed"), "committed", "var(--sp-bar-2)", 0.72),
        (_("Spent"), "spent", "var(--sp-bar)", 0.3),
    ):
        figure.add_bar(**_bars(rows, name, field, colour, width, currency))
    return figure


def _category_table(budget: BudgetFigures, currency: str) -> Table:
    fields = ("planned", "adjusted", "committed", "spent")
    rows = [[str(row.line), *(_amount(getattr(row, name), currency) for name in fields)] for row in budget.rows]
    return [*rows, [_("Total"), *(_amount(getattr(budget, name), currency) for name in fields)]]


def _amount(amount: Decimal, currency: str) -> Measured:
    return Measured(format_money(amount, currency), amount, currency)


def _bars(
    rows: Sequence[LineFigures], name: str, field: str, colour: str, width: float, currency: str
) -> dict[str, Any]:
    amounts = [getattr(row, field) for row in rows]
    said = [f"{row.line}: {name} {format_money(getattr(row, field), currency)}" for row in rows]
    return {
        "orientation": "h",
        "name": name,
        "y": list(range(len(rows))),
        "x": [float(amount) for amount in amounts],
        "width": width,
        "marker": {"color": colour},
        "hovertext": said,
        "hoverinfo": "text",
    }


def _category_layout(rows: Sequence[LineFigures]) -> dict[str, Any]:
    """Every line has its name, shortened where there is less room for it."""
    places = list(range(len(rows)))
    names = [shorten(str(row.line), LONGEST_LABEL) for row in rows]
    short = [shorten(str(row.line), LONGEST_LABEL_NARROW) for row in rows]
    return {
        "barmode": "overlay",
        "showlegend": True,
        "legend": {"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom", "traceorder": "reversed"},
        "margin": {"l": 220, "r": 16, "t": 30, "b": 28},
        "xaxis": {
            "tickformat": ",~s",
            "showgrid": True,
            "gridcolor": "var(--sp-line)",
            "nticks": 6,
            "rangemode": "tozero",
        },
        "yaxis": {"tickvals": places, "ticktext": names, "autorange": "reversed", "showgrid": False},
        "meta": {"narrow": {"margin": {"l": 118, "r": 8}, "xaxis": {"nticks": 4}, "yaxis": {"ticktext": short}}},
    }


def _category_says(budget: BudgetFigures, currency: str) -> str:
    figures = {
        "spent": format_money(budget.spent, currency),
        "adjusted": format_money(budget.adjusted, currency),
        "percent": budget.used or 0,
    }
    says = _("%(spent)s of %(adjusted)s is spent, %(percent)d%%.") % figures
    over = [str(row.line) for row in budget.rows if row.left < 0]
    if over:
        says += " " + _("Over budget: %(lines)s.") % {"lines": ", ".join(over)}
    if len(budget.rows) > MOST_BARS:
        drawn = {"shown": MOST_BARS, "count": len(budget.rows)}
        says += " " + _("Drawn are the %(shown)d largest of %(count)d lines; the table has all.") % drawn
    return says


def waterfall_chart(budget: BudgetFigures, *, currency: str) -> Chart:
    """Planned, plus adjustments, is adjusted; less what is ordered and not paid yet, less what is spent, is left.

    The two falling bars together are what is committed (plans.budget.queries).
    """
    steps = waterfall_steps(budget)
    figures = {
        "planned": format_money(budget.planned, currency),
        "committed": format_money(budget.committed, currency),
        "left": format_money(budget.left, currency),
    }
    return Chart(
        id="budget-waterfall",
        title=_("From the planned budget to what is left"),
        says=_("Of %(planned)s planned, %(committed)s is committed or spent; %(left)s is left.") % figures,
        draw=lambda: base_figure(**_waterfall_layout(steps)).add_waterfall(**_waterfall_bars(steps, currency)),
        columns=[_("Step"), _("Amount")],
        tabulate=lambda: [[label, _amount(amount, currency)] for label, _short, _measure, amount in steps],
    )


type Step = tuple[str, str, str, Decimal]


def waterfall_steps(budget: BudgetFigures) -> list[Step]:
    """Label, label where there is little room, Plotly's measure, amount. Relative steps lead from total to total."""
    moved = budget.adjusted - budget.planned
    return [
        (_("Planned"), _("Plan"), "absolute", budget.planned),
        (_("Adjustments"), _("Adj."), "relative", moved),
        (_("Adjusted"), _("Now"), "total", budget.adjusted),
        (_("Ordered, not paid"), _("Due"), "relative", -budget.open),
        (_("Spent"), _("Spent"), "relative", -budget.spent),
        (_("Left"), _("Left"), "total", budget.left),
    ]


def _waterfall_bars(steps: list[Step], currency: str) -> dict[str, Any]:
    return {
        "x": list(range(len(steps))),
        "y": [float(amount) for _label, _short, _measure, amount in steps],
        "measure": [measure for _label, _short, measure, _amount in steps],
        "text": [format_money_short(amount, currency) for *_words, amount in steps],
        "textposition": "outside",
        "textfont": {"color": "var(--sp-ink-2)"},
        "cliponaxis": False,
        "hovertext": [f"{label}: {format_money(amount, currency)}" for label, _short, _measure, amount in steps],
        "hoverinfo": "text",
        "connector": {"line": {"color": "var(--sp-line-2)", "width": 1}},
        "increasing": {"marker": {"color": "var(--sp-bar-2)"}},
        "decreasing": {"marker": {"color": "var(--sp-bar-2)"}},
        "totals": {"marker": {"color": "var(--sp-bar)"}},
    }


def _waterfall_layout(steps: list[Step]) -> dict[str, Any]:
    short = [short for _label, short, _measure, _amount in steps]
    return {
        "margin": {"l": 52, "r": 12, "t": 24, "b": 32},
        "xaxis": {"tickvals": list(range(len(steps))), "ticktext": [label for label, *_rest in steps], "tickangle": 0},
        "yaxis": {"tickformat": ",~s", "nticks": 6, "rangemode": "tozero"},
        "meta": {"narrow": {"margin": {"l": 40, "r": 4}, "xaxis": {"ticktext": short}, "yaxis": {"nticks": 4}}},
    }
