"""The body of the overview: made once, and kept until the plan's clock ticks, the day ends or a new release starts."""

import datetime as dt
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import get_language

from kpis.dashboard.attention import lines_of
from kpis.dashboard.facts import facts_of
from kpis.dashboard.figures import Figures
from kpis.dashboard.head import gaps_of
from kpis.dashboard.lede import aim, sentences
from kpis.dashboard.objectives import objective_rows
from kpis.dashboard.tiles import tile_of
from kpis.dashboard.urgency import most_urgent
from plans.plan.completeness import completeness_of
from plans.plan.models import Plan
from salesplan.lib.memory import memory

#: As many rows or tiles as one takes in; the pages of their own show all.
MOST = 12
KEPT_SECONDS = 24 * 3600
#: A page kept by an older release looks as that release made it.
RELEASED = timezone.now()


def overview_body(plan: Plan, today: dt.date) -> str:
    """The same for everybody who sees the plan. One page is kept for each plan and language."""
    key = f"overview-{plan.pk}-{get_language()}"
    stamp = overview_stamp(plan, today)
    kept_stamp, body = memory.get(key, (None, ""))
    if kept_stamp != stamp:
        body = render_to_string("kpis/dashboard/body.html", body_context(plan, today))
        memory.set(key, (stamp, body), KEPT_SECONDS)
    return body


def overview_stamp(plan: Plan, today: dt.date) -> tuple[Any, ...]:
    """What the body says hangs from this alone, and from the language."""
    return (RELEASED, plan.changed_at, plan.version, today)


def body_context(plan: Plan, today: dt.date) -> dict[str, Any]:
    figures = figures_of(plan, today)
    facts = figures.facts
    is_draft = plan.status == Plan.Status.DRAFT
    return {
        "plan": plan,
        "today": today,
        "facts": facts,
        "aim": aim(plan),
        "sentences": [] if is_draft else sentences(facts),
        "completeness": completeness_of(plan) if is_draft else None,
        "gaps": gaps_of(plan, completeness_of(plan)) if is_draft else [],
        "tiles": [tile_of(progress) for progress in facts.tiles[:MOST]],
        "attention": lines_of(facts.attention),
        "rows": most_urgent(figures.rows, lambda row: row.progress, most=MOST),
        "figures": figures,
    }


def figures_of(plan: Plan, today: dt.date) -> Figures:
    facts = facts_of(plan, today)
    return Figures(facts, objective_rows(facts.objectives, facts.kpis, today))
