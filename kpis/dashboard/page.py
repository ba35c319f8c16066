"""The body of the overview: its panels are made once each, and kept until the plan's clock ticks, the day ends or a new
release starts.
"""

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any

from django.http import HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from kpis.dashboard.arrangement import Arrangement, arrangement_of_plan, rows_of
from kpis.dashboard.attention import lines_of
from kpis.dashboard.facts import facts_of
from kpis.dashboard.figures import Figures
from kpis.dashboard.head import gaps_of
from kpis.dashboard.lede import aim, sentences
from kpis.dashboard.objectives import objective_rows
from kpis.dashboard.tiles import tile_of
from kpis.dashboard.urgency import most_urgent
from kpis.kpi.rules import Rules
from plans.plan.completeness import completeness_of
from plans.plan.models import Plan
from plans.plan.plots import plots
from salesplan.lib.htmx import HtmxHttpRequest
from salesplan.lib.memory import memory

#: As many rows or tiles as one takes in; the pages of their own show all.
MOST = 12
KEPT_SECONDS = 24 * 3600
#: A page kept by an older release looks as that release made it.
RELEASED = timezone.now()
#: What stands above the panels, and is never hidden.
LEDE = "lede"
#: How each panel begins.
PANEL = '<section class="pan'


def overview_body(plan: Plan, today: dt.date, arrangement: Arrangement | None = None) -> SafeString:
    """For everybody who has arranged it so; as it is arranged for everybody where no other is given.

    The pieces are kept for each plan and language, and made when the first person asks who sees them: what everybody
    hides is not made.
    """
    shown = (arrangement or arrangement_of_plan(plan)).shown
    pieces = _kept_pieces(plan, today, [LEDE, *shown])
    panels = [_widened(pieces[name], width) for name, width in _places(shown, pieces)]
    return mark_safe(f'{pieces[LEDE]}<div class="grid st">{"".join(panels)}</div>')  # noqa: S308  made by templates


def overview_stamp(plan: Plan, today: dt.date) -> tuple[Any, ...]:
    """What the body says hangs from this alone, from the language and from how it is arranged."""
    return (RELEASED, plan.changed_at, plan.version, today)


def _kept_pieces(plan: Plan, today: dt.date, names: Iterable[str]) -> dict[str, str]:
    key = f"overview-{plan.pk}-{get_language()}"
    stamp = overview_stamp(plan, today)
    kept_stamp, pieces = memory.get(key, (None, {}))
    if kept_stamp != stamp:
        pieces = {}
    missing = [name for name in names if name not in pieces]
    if missing:
        pieces |= _draw(missing, plan, today)
        memory.set(key, (stamp, pieces), KEPT_SECONDS)
    return pieces


def _draw(names: Iterable[str], plan: Plan, today: dt.date) -> dict[str, str]:
    """Each is a part of body.html. A plan without a budget has one panel that says so, and no second one beside it."""
    figures = figures_of(plan, today)
    common = {"plan": plan, "today": today, "figures": figures, "plots_url": _plots_url(plan)}
    drawn = {}
    for name in names:
        context = common | (CONTEXTS[name](figures) if name in CONTEXTS else {})
        drawn[name] = str(render_to_string(f"kpis/dashboard/body.html#{name}", context)).strip()
    return drawn


def _places(shown: Iterable[str], pieces: Mapping[str, str]) -> list[tuple[str, int]]:
    rows = rows_of(name for name in shown if pieces[name])
    return [(panel.name, width) for row in rows for panel, width in row]


def _widened(piece: str, width: int) -> str:
    """The same piece stands in places of any width."""
    return f"{PANEL} g{width}{piece.removeprefix(PANEL)}"


def _plots_url(plan: Plan) -> str:
    return reverse("kpis:dashboard_plots", args=[plan.pk])


def _lede(figures: Figures) -> dict[str, Any]:
    plan = figures.facts.plan
    is_draft = plan.status == Plan.Status.DRAFT
    return {
        "aim": aim(plan),
        "sentences": [] if is_draft else sentences(figures.facts),
        "completeness": completeness_of(plan) if is_draft else None,
        "gaps": gaps_of(plan, completeness_of(plan)) if is_draft else [],
    }


def _key_figures(figures: Figures) -> dict[str, Any]:
    tiles = figures.facts.tiles
    return {"tiles": [tile_of(progress) for progress in tiles[:MOST]], "count": len(tiles)}


def _attention(figures: Figures) -> dict[str, Any]:
    return {"attention": lines_of(figures.facts.attention)}


def _objectives(figures: Figures) -> dict[str, Any]:
    rows = most_urgent(figures.rows, lambda row: row.progress, most=MOST)
    return {"rows": rows, "count": len(figures.facts.objectives)}


#: What the parts need beside the figures.
CONTEXTS: dict[str, Callable[[Figures], dict[str, Any]]] = {
    LEDE: _lede,
    "figures": _key_figures,
    "attention": _attention,
    "objectives": _objectives,
}


def plots_of(
    request: HtmxHttpRequest, plan: Plan, shown: Collection[str], *, page: str = "frame/chart_table.html"
) -> HttpResponse:
    """The plots of the panels that are shown, kept for whoever sees the same ones; `page` as for `plots`."""
    return plots(
        request,
        plan,
        lambda: figures_of(plan, plan.workspace.today).of(shown),
        page=page,
        kept_for=" ".join([_plots_url(plan), *sorted(shown)]),
    )


def figures_of(plan: Plan, today: dt.date) -> Figures:
    facts = facts_of(plan, today)
    return Figures(facts, objective_rows(facts.objectives, facts.kpis, today, Rules.of_company(plan.workspace)))
