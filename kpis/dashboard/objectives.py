"""One objective as a row of the overview: its value by its first KPI, its way, and how its actions stand."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kpis.dashboard.amounts import percent, short
from kpis.dashboard.tiles import tile_of
from kpis.dashboard.weeks import OVERDUE, state_on
from kpis.kpi.objective_health import by_objective, health_of
from kpis.kpi.progress import KpiProgress
from kpis.kpi.rules import USUAL_RULES, Rules
from plans.actions.models import Action
from plans.actions.standing import ObjectiveFacts
from plans.objectives.health import Health
from salesplan.lib.numbers import NO_VALUE

#: Colour of the way done: classes of SVG marks (parts.css).
FILLS = {"on_track": "f-1", "at_risk": "f-risk", "off_track": "f-over", "no_data": "f-2"}


@dataclass(frozen=True)
class ObjectiveRow:
    facts: ObjectiveFacts
    #: The first of its KPIs that has values, else its first one.
    progress: KpiProgress | None
    now: str
    pace: str
    target: str
    #: Shares of the way, 1 at the target; None where there is no way to measure.
    share: Decimal | None
    pace_share: Decimal | None
    actions: str
    wrong: str
    health: Health

    @property
    def way_words(self) -> str:
        """For a figure's hover and for those who cannot see a bar."""
        words = {"name": self.facts.title, "share": percent(self.share), "pace": percent(self.pace_share)}
        if self.pace_share is None:
            return _("%(name)s: %(share)s of the way") % words
        return _("%(name)s: %(share)s of the way, pace %(pace)s") % words

    @property
    def fill(self) -> str:
        return FILLS[self.progress.status] if self.progress else "f-2"

    @property
    def width(self) -> str:
        return _place(self.share)

    @property
    def tick(self) -> str:
        return _place(self.pace_share)


def _place(share: Decimal | None) -> str:
    return "" if share is None else f"{100 * min(max(share, Decimal(0)), Decimal(1)):.1f}%"


def objective_rows(
    objectives: Iterable[ObjectiveFacts], kpis: Iterable[KpiProgress], today: dt.date, rules: Rules = USUAL_RULES
) -> list[ObjectiveRow]:
    known = by_objective(sorted(kpis, key=lambda progress: progress.value is None))
    return [_row(objective, known.get(objective.pk, []), today, rules) for objective in objectives]


def _row(facts: ObjectiveFacts, kpis: list[KpiProgress], today: dt.date, rules: Rules) -> ObjectiveRow:
    health = health_of(facts.kpi_rule, kpis, rules)
    if not kpis:
        return _row_without_kpi(facts, today, health)
    progress = kpis[0]
    tile, expected = tile_of(progress), progress.pace.expected
    return ObjectiveRow(
        facts=facts,
        progress=progress,
        now=short(progress.value, progress.track.unit, exact=True),
        pace=tile.pace or NO_VALUE,
        target=tile.target or _own_target(facts),
        share=progress.target_share,
        pace_share=None if expected is None else progress.track.share(expected),
        actions=_count_words(facts),
        wrong=_wrong_words(facts, today),
        health=health,
    )


def _row_without_kpi(facts: ObjectiveFacts, today: dt.date, health: Health) -> ObjectiveRow:
    """Milestones count themselves; everything else waits for a KPI."""
    reached = None if facts.reached is None else Decimal(facts.reached)
    return ObjectiveRow(
        facts=facts,
        progress=None,
        now=short(reached, facts.unit),
        pace=NO_VALUE,
        target=_own_target(facts),
        share=reached / facts.target if reached is not None and facts.target else None,
        pace_share=None,
        actions=_count_words(facts),
        wrong=_wrong_words(facts, today),
        health=health,
    )


def _own_target(facts: ObjectiveFacts) -> str:
    if facts.band_low is not None and facts.band_high is not None:
        edges = {"low": short(facts.band_low, ""), "high": short(facts.band_high, "")}
        return _("band %(low)s to %(high)s") % edges
    return short(facts.target, facts.unit, exact=True)


def _count_words(facts: ObjectiveFacts) -> str:
    count = sum(action.status != Action.Status.CANCELLED for action in facts.actions)
    return ngettext("%(count)d action", "%(count)d actions", count) % {"count": count} if count else _("no action")


def _wrong_words(facts: ObjectiveFacts, today: dt.date) -> str:
    """The worst that can be said of its actions: 2 overdue, 1 blocked; all done."""
    states = Counter(state_on(today, action.status, action.deadline) for action in facts.actions)
    del states[Action.Status.CANCELLED]
    if states and states.total() == states[Action.Status.DONE]:
        return _("all done")
    words = {
        OVERDUE: ngettext("%(count)d overdue", "%(count)d overdue", states[OVERDUE]),
        "blocked": ngettext("%(count)d blocked", "%(count)d blocked", states["blocked"]),
        "at_risk": ngettext("%(count)d at risk", "%(count)d at risk", states["at_risk"]),
        "not_started": ngettext("%(count)d not started", "%(count)d not started", states["not_started"]),
    }
    worst = next((state for state in words if states[state]), None)
    return words[worst] % {"count": states[worst]} if worst else ""
