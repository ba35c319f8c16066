"""The run chart of a KPI: what was read, the pace it should have kept, and its target at the deadline."""

import datetime as dt
from collections.abc import Callable, Collection, Mapping, Sequence
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kpis.kpi.annotations import Mark
from kpis.kpi.computing import Values
from kpis.kpi.corrections import Correction
from kpis.kpi.models import Kpi
from kpis.kpi.periods import MONTHLY, period_label, periods_between
from kpis.kpi.thinning import MOST_POINTS, thinned
from kpis.kpi.track import Track
from salesplan.lib.charts import Chart, Measured, base_figure
from salesplan.lib.dates import short_month
from salesplan.lib.money import format_quantity
from salesplan.lib.numbers import NO_VALUE, format_number

if TYPE_CHECKING:
    import plotly.graph_objects as go


def run_id(kpi: Kpi) -> str:
    return f"kpi-{kpi.pk}-run"


def run_chart(
    kpi: Kpi,
    track: Track,
    values: Values,
    *,
    today: dt.date,
    says: str,
    corrections: Mapping[dt.date, Sequence[Correction]] | None = None,
    kept: Callable[[], Collection[dt.date]] = tuple,
    skipped: Mapping[dt.date, str] | None = None,
    marks: Callable[[], Sequence[Mark]] = tuple,
    choices: Mapping[str, str] | None = None,
) -> Chart:
    """`values` by period, running totals where the KPI is one; each point stands on the last day of its period.

    Of a long run not every value is drawn (thinning.py), but those of the periods `kept` gives are, and corrected ones.
    `skipped` are the periods without a value of which is known why. `marks` gives what happened meanwhile, and is asked
    for with the figure or the table; `choices` is what in the page's address says which of that is shown.
    """
    skipped = skipped or {}
    known = {period: value for period, value in values.items() if value is not None}
    marked = {period: found for period, found in (corrections or {}).items() if period in known}
    shown = [*known, *skipped]
    periods = track.periods(min([track.starts_on, *shown]), max([track.deadline, *shown]))
    happened = cache(marks)
    return Chart(
        id=run_id(kpi),
        title=_("%(kpi)s against its pace") % {"kpi": kpi.name},
        says=says + _thinned_words(len(known)),
        draw=lambda: _run_figure(
            track, _drawn(known, marked, kept), periods, today, corrections=marked, skipped=skipped, marks=happened()
        ),
        columns=[_("Period"), _("Value"), _("Pace"), _("What happened")],
        tabulate=lambda: _rows(track, periods, known, skipped, happened()),
        choices=choices or {},
    )


def _thinned_words(count: int) -> str:
    if count <= MOST_POINTS:
        return ""
    words = _(
        "Of the %(count)s values the first, the last, every high and low and what was corrected or has a note"
        " are drawn; the table has all."
    )
    return " " + words % {"count": format_number(count)}


def _drawn(
    values: Mapping[dt.date, Decimal], corrected: Collection[dt.date], kept: Callable[[], Collection[dt.date]]
) -> Mapping[dt.date, Decimal]:
    if len(values) <= MOST_POINTS:
        return values
    points = [(period, float(value)) for period, value in values.items()]
    return {period: values[period] for period in thinned(points, keep={*corrected, *kept()})}


def _run_figure(
    track: Track,
    values: Mapping[dt.date, Decimal],
    periods: list[dt.date],
    today: dt.date,
    *,
    corrections: Mapping[dt.date, Sequence[Correction]],
    skipped: Mapping[dt.date, str],
    marks: Sequence[Mark],
) -> "go.Figure":
    figure = base_figure(
        margin={"l": 56, "r": 24, "t": 16, "b": 32},
        hovermode="x",
        **_months(track.last_day(periods[0]), periods[-1]),
    )
    _draw_pace(figure, track, periods)
    _draw_values(figure, track, values)
    _draw_corrected(figure, track, values, corrections)
    _draw_target(figure, track)
    if skipped:
        _draw_skips(figure, track, skipped)
    if marks:
        _draw_marks(figure, marks)
    if skipped or marks:
        figure.update_layout(yaxis2={"overlaying": "y", "range": [0, 1], "visible": False, "fixedrange": True})
    if today <= track.last_day(periods[-1]):
        _draw_today(figure, today)
    return figure.update_yaxes(ticksuffix="%" if track.unit == "%" else "")


def _months(first: dt.date, last: dt.date) -> dict[str, Any]:
    """The calendar under the plot in the reader's language: Plotly writes the names of months in English."""
    months = periods_between(first, last, MONTHLY)
    months[0] = first  # the plot begins there
    wide, narrow = (months[:: -(-len(months) // most)] for most in (13, 5))
    return {"xaxis": _month_axis(wide), "meta": {"narrow": {"xaxis": _month_axis(narrow)}}}


def _month_axis(months: list[dt.date]) -> dict[str, Any]:
    """The first of each year, whichever it is, says its year."""
    years = [None, *(month.year for month in months)]
    names = [short_month(month, with_year=month.year != before) for month, before in zip(months, years, strict=False)]
    return {"tickvals": [month.isoformat() for month in months], "ticktext": names}


def _draw_pace(figure, track: Track, periods: list[dt.date]) -> None:
    days = [track.last_day(period) for period in periods]
    grey = {"color": "var(--sp-ink-3)", "width": 1.5, "dash": "dot"}
    for name, line in _paces(track, days):
        figure.add_scatter(x=list(line), y=list(line.values()), mode="lines", line=grey, name=name, hoverinfo="skip")


def _paces(track: Track, days: list[dt.date]):
    if track.has_band:
        for name, edge in ((_("band from"), track.band_low), (_("band to"), track.band_high)):
            if edge is not None:
                yield name, dict.fromkeys((days[0], days[-1]), float(edge))
    elif track.target is not None:
        # Straight from its first day to its last, so that any days between show it; a path bends where it likes.
        some = days if track.path else [*days[:: -(-len(days) // MOST_POINTS)], days[-1]]
        yield _("pace"), {day: float(track.expected(day) or 0) for day in some}


def _draw_values(figure, track: Track, values: Mapping[dt.date, Decimal]) -> None:
    figure.add_scatter(
        x=[track.last_day(period) for period in values],
        y=[float(value) for value in values.values()],
        mode="lines+markers" if len(values) < 60 else "lines",
        line={"color": "var(--sp-ink)", "width": 2},
        marker={"size": 5, "color": "var(--sp-ink)"},
        name=_("value"),
        text=[
            f"{period_label(period, track.rhythm)}: {format_quantity(value, track.unit)}"
            for period, value in values.items()
        ],
        hoverinfo="text",
    )


def _draw_skips(figure, track: Track, skipped: Mapping[dt.date, str]) -> None:
    """At the foot of the plot: a skipped period has no value to stand at."""
    figure.add_scatter(
        x=[track.last_day(period) for period in skipped],
        y=[0.02] * len(skipped),
        yaxis="y2",
        mode="markers",
        marker={"symbol": "circle-open", "size": 7, "color": "var(--sp-ink-3)"},
        name=_("skipped"),
        text=[f"{period_label(period, track.rhythm)}, {_skip_words(reason)}" for period, reason in skipped.items()],
        hoverinfo="text",
    )


def _draw_marks(figure, marks: Sequence[Mark]) -> None:
    """Numbers at the top of the plot, whose words are listed beneath it; a picture of it takes them from `notes`."""
    figure.add_scatter(
        x=[mark.day for mark in marks],
        y=[0.96] * len(marks),
        yaxis="y2",
        mode="markers+text",
        marker={
            "symbol": "square",
            "size": 17,
            "color": "var(--sp-surface)",
            "line": {"color": "var(--sp-ink-3)", "width": 1},
        },
        textfont={"size": 10, "color": "var(--sp-ink)"},
        text=[str(mark.number) for mark in marks],
        hovertext=[f"{mark.number}. {mark.when}: {mark.words}" for mark in marks],
        name=_("what happened"),
        hoverinfo="text",
        cliponaxis=False,
    )
    notes = [f"{mark.number}. {mark.when}: {mark.words}" for mark in marks]
    figure.layout.meta = {**(figure.layout.meta or {}), "notes": notes}


def _skip_words(reason: str) -> str:
    return _("skipped: %(reason)s") % {"reason": reason}


def _draw_corrected(
    figure, track: Track, values: Mapping[dt.date, Decimal], corrections: Mapping[dt.date, Sequence[Correction]]
) -> None:
    """A ring around each value that was corrected, with what stood there before."""
    if not corrections:
        return
    figure.add_scatter(
        x=[track.last_day(period) for period in corrections],
        y=[float(values[period]) for period in corrections],
        mode="markers",
        marker={"symbol": "circle-open", "size": 12, "color": "var(--sp-risk)", "line": {"width": 2}},
        name=_("corrected"),
        text=[_("corrected, was %(value)s") % {"value": found[0].words} for found in corrections.values()],
        hoverinfo="text",
    )


def _draw_today(figure, today: dt.date) -> None:
    figure.add_vline(x=today.isoformat(), line={"color": "var(--sp-line-2)", "width": 1}, layer="below")
    small = {"color": "var(--sp-ink-3)", "size": 11}
    figure.add_annotation(
        x=today.isoformat(), y=0, yref="paper", text=_("today"), showarrow=False, xanchor="left", xshift=4, font=small
    )


def _draw_target(figure, track: Track) -> None:
    if track.target is None or track.has_band:
        return
    figure.add_scatter(
        x=[track.deadline],
        y=[float(track.target)],
        mode="markers",
        marker={"symbol": "diamond-open", "size": 11, "color": "var(--sp-ink)", "line": {"width": 2}},
        name=_("target"),
        text=[_("target %(target)s") % {"target": format_quantity(track.target, track.unit)}],
        hoverinfo="text",
        cliponaxis=False,
    )


def _rows(
    track: Track,
    periods: list[dt.date],
    values: Mapping[dt.date, Decimal],
    skipped: Mapping[dt.date, str],
    marks: Sequence[Mark],
) -> list[list[str]]:
    """What happened before the first period stands with that, and what happened after the last with the last."""
    happened: dict[dt.date, list[str]] = {}
    for mark in marks:
        for event in mark.events:
            period = min(max(track.period_of(event.annotation.day), periods[0]), periods[-1])
            happened.setdefault(period, []).append(event.annotation.text)
    return [
        [*_row(track, period, values.get(period), skipped.get(period)), "; ".join(happened.get(period, []))]
        for period in periods
    ]


def _row(track: Track, period: dt.date, value: Decimal | None, skipped: str | None) -> list[Measured]:
    expected = track.expected(track.last_day(period))
    label = period_label(period, track.rhythm)
    if track.rhythm == Kpi.Rhythm.WEEKLY:
        label = f"{label}, {date_format(track.first_day(period), 'SHORT_DATE_FORMAT')}"
    nothing = _skip_words(skipped) if skipped else NO_VALUE
    return [
        Measured(label, period),
        Measured(nothing if value is None else format_quantity(value, track.unit), value, track.unit),
        Measured(
            NO_VALUE if expected is None else format_quantity(round(expected, 2), track.unit), expected, track.unit
        ),
    ]
