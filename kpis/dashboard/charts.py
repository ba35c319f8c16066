"""The figures of the overview that are its own: objectives, KPIs and actions against the time that is over."""

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kpis.dashboard.amounts import percent, short
from kpis.dashboard.objectives import ObjectiveRow
from kpis.dashboard.urgency import most_urgent
from kpis.kpi.pace import AT_RISK, NO_DATA, OFF_TRACK, ON_TRACK
from kpis.kpi.progress import KpiProgress
from salesplan.lib.charts import MOST_BARS, Chart, Table, base_figure, shorten

if TYPE_CHECKING:
    import plotly.graph_objects as go

LONGEST_LABEL, LONGEST_LABEL_NARROW = 30, 16
#: Beyond one and a half times the target or the pace a bar says no more.
LONGEST_BAR = 150
ZERO = Decimal(0)
#: How much farther than its bar a tick reaches.
TICK = 1.75
COLOURS = {
    ON_TRACK: "var(--sp-bar)",
    AT_RISK: "var(--sp-fill-risk)",
    OFF_TRACK: "var(--sp-fill-over)",
    NO_DATA: "var(--sp-bar-2)",
}
GREY = {"color": "var(--sp-ink-3)", "width": 1.5}


def objective_chart(rows: Sequence[ObjectiveRow]) -> Chart:
    """How much of the way each objective has behind it, and a tick where its pace is."""
    known = [row for row in rows if row.share is not None]
    return Chart(
        id="objective-progress",
        title=_("Objective progress against pace, target = 100%"),
        says=_objectives_say(known) + _left_out(len(known)),
        draw=lambda: _objective_figure(most_urgent(known, lambda row: row.progress, most=MOST_BARS)),
        columns=[_("Objective"), _("Now"), _("Pace"), _("Target"), _("Way done"), _("Pace of the way")],
        tabulate=lambda: _objective_table(rows),
    )


def _objective_figure(rows: Sequence[ObjectiveRow]) -> "go.Figure":
    figure = base_figure(**_bars_layout([row.facts.title for row in rows], [row.share or ZERO for row in rows]))
    figure.add_bar(**_way_bars(rows))
    figure.add_scatter(**_pace_ticks(rows))
    return figure.add_vline(x=100, line={**GREY, "width": 1})


def _objective_table(rows: Sequence[ObjectiveRow]) -> Table:
    return [
        [row.facts.title, row.now, row.pace, row.target, percent(row.share), percent(row.pace_share)] for row in rows
    ]


def _left_out(count: int) -> str:
    if count <= MOST_BARS:
        return ""
    figures = {"shown": MOST_BARS, "count": count}
    return " " + _("Drawn are the %(shown)d of %(count)d that are farthest behind; the table has all.") % figures


def _clip(share: Decimal | None) -> float:
    return float(min(max(100 * (share or ZERO), ZERO), Decimal(LONGEST_BAR)))


def _bars_layout(names: list[str], shares: Sequence[Decimal]) -> dict[str, Any]:
    """Horizontal bars in the order of the page, their names shortened where there is less room."""
    end = min(max(100 * max(shares) + 2, Decimal(104)), Decimal(LONGEST_BAR) + 2)
    short_names = [shorten(name, LONGEST_LABEL_NARROW) for name in names]
    ticks = [0, 50, 100, 150] if end > LONGEST_BAR else [0, 25, 50, 75, 100]
    return {
        "margin": {"l": 206, "r": 48, "t": 8, "b": 28},
        "bargap": 1 - 2 * _half_bar(len(names)),
        "annotations": [_at_the_end(place, share) for place, share in enumerate(shares)],
        "xaxis": {
            "range": [0, float(end)],
            "tickvals": ticks,
            "ticktext": [percent(Decimal(tick) / 100) for tick in ticks],
            "showgrid": True,
            "gridcolor": "var(--sp-line)",
        },
        "yaxis": {
            "tickvals": list(range(len(names))),
            "ticktext": [shorten(name, LONGEST_LABEL) for name in names],
            "range": [len(names) - 0.5, -0.5],
            "showgrid": False,
            "ticklabelstandoff": 8,
        },
        "meta": {"narrow": {"margin": {"l": 126, "r": 44}, "yaxis": {"ticktext": short_names}}},
    }


def _half_bar(count: int) -> float:
    """Half the height of a bar where a row is 1: a few bars do not grow into blocks."""
    return min(0.25, 0.0625 * count)


def _at_the_end(place: int, share: Decimal) -> dict[str, Any]:
    """The number of a bar, in a column at the right edge where no line runs through it."""
    spot = {"xref": "x domain", "x": 1, "xshift": 44, "xanchor": "right", "y": place, "yanchor": "middle"}
    return {**spot, "text": percent(share), "showarrow": False}


def _way_bars(rows: Sequence[ObjectiveRow]) -> dict[str, Any]:
    return {
        "orientation": "h",
        "name": _("Way done"),
        "y": list(range(len(rows))),
        "x": [_clip(row.share) for row in rows],
        "marker": {"color": [COLOURS[row.progress.status if row.progress else NO_DATA] for row in rows]},
        "hovertext": [row.way_words for row in rows],
        "hoverinfo": "text",
    }


def _pace_ticks(rows: Sequence[ObjectiveRow]) -> dict[str, Any]:
    """One line with gaps: each piece crosses its bar and stands out above and below it."""
    paced = [(place, _clip(row.pace_share)) for place, row in enumerate(rows) if row.pace_share is not None]
    reach = _half_bar(len(rows)) * TICK
    return {
        "mode": "lines",
        "name": _("Pace"),
        "x": [x for _place, pace in paced for x in (pace, pace, None)],
        "y": [y for place, _pace in paced for y in (place - reach, place + reach, None)],
        "line": {"color": "var(--sp-ink)", "width": 2},
        "hoverinfo": "skip",
    }


def _objectives_say(rows: Sequence[ObjectiveRow]) -> str:
    paced = [row for row in rows if row.progress and row.pace_share is not None]
    if not paced:
        return _("Each bar is the share of the way to the target that is done.")
    good = sum(row.progress.pace.is_good for row in paced if row.progress)
    words = ngettext(
        "%(good)d of %(count)d objective keeps its pace; the tick is where it should be.",
        "%(good)d of %(count)d objectives keep their pace; the tick is where each should be.",
        len(paced),
    )
    return words % {"good": good, "count": len(paced)}


def attainment_chart(kpis: Sequence[KpiProgress]) -> Chart:
    """Each KPI as a share of what is expected of it by now; the line at 100 is the pace."""
    known = [progress for progress in kpis if progress.pace.ratio is not None]
    return Chart(
        id="kpi-attainment",
        title=_("KPIs against their pace, pace = 100%"),
        says=_kpis_say(kpis) + _left_out(len(known)),
        draw=lambda: _attainment_figure(most_urgent(known, lambda progress: progress, most=MOST_BARS)),
        columns=[_("KPI"), _("Now"), _("Pace"), _("Share of pace"), _("Status")],
        tabulate=lambda: [_attainment_row(progress) for progress in kpis],
    )


def _attainment_figure(kpis: Sequence[KpiProgress]) -> "go.Figure":
    ratios = [progress.pace.ratio or ZERO for progress in kpis]
    figure = base_figure(**_bars_layout([progress.kpi.name for progress in kpis], ratios))
    figure.add_bar(**_attainment_bars(kpis))
    return figure.add_vline(x=100, line={"color": "var(--sp-ink)", "width": 2})


def _attainment_bars(kpis: Sequence[KpiProgress]) -> dict[str, Any]:
    return {
        "orientation": "h",
        "name": _("Share of pace"),
        "y": list(range(len(kpis))),
        "x": [_clip(progress.pace.ratio) for progress in kpis],
        "marker": {"color": [COLOURS[progress.status] for progress in kpis]},
        "hovertext": [
            f"{progress.kpi.name}: {short(progress.value, progress.track.unit, exact=True)}, {progress.pace_words}"
            for progress in kpis
        ],
        "hoverinfo": "text",
    }


def _attainment_row(progress: KpiProgress) -> list[str]:
    unit = progress.track.unit
    return [
        progress.kpi.name,
        short(progress.value, unit, exact=True),
        short(progress.pace.expected, unit),
        percent(progress.pace.ratio),
        str(progress.look.word),
    ]


def _kpis_say(kpis: Sequence[KpiProgress]) -> str:
    judged = [progress for progress in kpis if progress.status != NO_DATA]
    good = sum(progress.pace.is_good for progress in judged)
    words = ngettext(
        "%(good)d of %(count)d KPI with values is on track.",
        "%(good)d of %(count)d KPIs with values are on track.",
        len(judged),
    )
    return words % {"good": good, "count": len(judged)}
