"""Actions by status and week, as stacked bars with their numbers written at the end."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kpis.dashboard.weeks import OVERDUE, STATES, Week
from kpis.kpi.periods import WEEKLY, period_label
from salesplan.lib.charts import Chart, Measured, Table, base_figure

if TYPE_CHECKING:
    import plotly.graph_objects as go

WORDS = {
    "done": gettext_lazy("Done"),
    "in_progress": gettext_lazy("On track"),
    "not_started": gettext_lazy("Not started"),
    "at_risk": gettext_lazy("At risk"),
    "blocked": gettext_lazy("Blocked"),
    OVERDUE: gettext_lazy("Overdue"),
}
COLOURS = {
    "done": "var(--sp-fill-done)",
    "in_progress": "var(--sp-fill-prog)",
    "not_started": "var(--sp-fill-todo)",
    "at_risk": "var(--sp-fill-risk)",
    "blocked": "var(--sp-block)",
    OVERDUE: "var(--sp-fill-over)",
}
#: Labels closer than this share of the height would be written over each other.
LABEL_HEIGHT = 0.085


def week_chart(weeks: Sequence[Week]) -> Chart:
    """The last of `weeks` is the present one."""
    return Chart(
        id="actions-by-week",
        title=_("Actions by status and week"),
        says=week_words(weeks),
        draw=lambda: _figure(weeks),
        columns=[_("Week"), *(str(WORDS[state]) for state in STATES)],
        tabulate=lambda: _table(weeks),
    )


def _figure(weeks: Sequence[Week]) -> "go.Figure":
    figure = base_figure(**_layout(weeks))
    for state in STATES:
        figure.add_bar(**_bars(weeks, state))
    return figure


def _table(weeks: Sequence[Week]) -> Table:
    return [
        [Measured(period_label(week.monday, WEEKLY), week.monday), *(week.counts[state] for state in STATES)]
        for week in weeks
    ]


def _bars(weeks: Sequence[Week], state: str) -> dict[str, Any]:
    counts = [week.counts[state] for week in weeks]
    labels = [period_label(week.monday, WEEKLY) for week in weeks]
    return {
        "name": str(WORDS[state]),
        "x": list(range(len(weeks))),
        "y": counts,
        "marker": {"color": COLOURS[state], "line": {"color": "var(--sp-surface)", "width": 1}},
        "hovertext": [f"{label}, {WORDS[state]}: {count}" for label, count in zip(labels, counts, strict=True)],
        "hoverinfo": "text",
    }


def _layout(weeks: Sequence[Week]) -> dict[str, Any]:
    places, names = list(range(len(weeks))), [str(week.number) for week in weeks]
    names[0] = period_label(weeks[0].monday, WEEKLY)
    few, top = places[::-3][::-1], max(week.total for week in weeks)
    narrow = {"tickvals": few, "ticktext": [str(weeks[place].number) for place in few]}
    return {
        "barmode": "stack",
        "bargap": 0.28,
        "margin": {"l": 32, "r": 120, "t": 8, "b": 28},
        "xaxis": {"tickvals": places, "ticktext": names, "range": [-0.6, len(weeks) - 0.45]},
        "yaxis": {"rangemode": "tozero", "dtick": _step(top)},
        "annotations": _end_labels(weeks[-1], x=len(weeks) - 0.45, top=top),
        "meta": {"narrow": {"margin": {"l": 24, "r": 112}, "xaxis": narrow}},
    }


def _step(top: int) -> int:
    """Whole numbers, at most five of them, as round as people count."""
    return next((step for step in (1, 2, 5, 10, 20, 50, 100, 200, 500) if top <= 5 * step), 1000)


def _end_labels(week: Week, *, x: float, top: int) -> list[dict[str, Any]]:
    """Beside the middle of each part of the last bar, moved up where there is no room."""
    labels: list[dict[str, Any]] = []
    below, lowest = 0, 0.0
    for state in (state for state in STATES if week.counts[state]):
        count = week.counts[state]
        place = max(below + count / 2, lowest)
        below, lowest = below + count, place + LABEL_HEIGHT * max(top, 1)
        text = f"{count}  {WORDS[state]}"
        labels.append({"x": x, "y": place, "text": text, "showarrow": False, "xanchor": "left", "yanchor": "middle"})
    return labels


def week_words(weeks: Sequence[Week]) -> str:
    """Done: 10, up from 4 in week 23. Overdue: 2, up from 1 in week 31."""
    return f"{_done_words(weeks[0], weeks[-1])} {_overdue_words(weeks)}"


def _done_words(first: Week, last: Week) -> str:
    figures = {"done": last.counts["done"], "before": first.counts["done"], "week": first.number}
    if first is last:
        return _("Done: %(done)d.") % figures
    if figures["done"] == figures["before"]:
        return _("Done: %(done)d, as in week %(week)d.") % figures
    if figures["done"] > figures["before"]:
        return _("Done: %(done)d, up from %(before)d in week %(week)d.") % figures
    return _("Done: %(done)d, down from %(before)d in week %(week)d.") % figures


def _overdue_words(weeks: Sequence[Week]) -> str:
    late = weeks[-1].counts[OVERDUE]
    if not late:
        return _("None is overdue.")
    since = next((week for week in reversed(weeks) if week.counts[OVERDUE] != late), None)
    if since is None:
        return _("Overdue: %(late)d.") % {"late": late}
    figures = {"late": late, "before": since.counts[OVERDUE], "week": since.number}
    if late > figures["before"]:
        return _("Overdue: %(late)d, up from %(before)d in week %(week)d.") % figures
    return _("Overdue: %(late)d, down from %(before)d in week %(week)d.") % figures
