"""What the figures of a plan come to, in whole sentences: the good as plainly as the bad.

Each sentence is a pattern of its own with the numbers and names put in, so that it can be said in any language.
"""

from collections.abc import Iterator
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kpis.dashboard.amounts import short
from kpis.dashboard.facts import Facts
from kpis.dashboard.urgency import urgency
from kpis.kpi.pace import AT_RISK, OFF_TRACK, Pace
from kpis.kpi.progress import KpiProgress
from plans.actions.models import Action
from plans.plan.models import Plan
from salesplan.lib.money import format_quantity


def aim(plan: Plan) -> str:
    """In her own words where she has said it."""
    return _("Aim: %(aim)s.") % {"aim": plan.ambition.strip().rstrip(".") or plan.get_aim_display()}


def sentences(facts: Facts) -> list[str]:
    if facts.plan.status == Plan.Status.CLOSED:
        return [_("The plan is closed; this is how it ended."), *_kpi_sentences(facts), *_action_sentences(facts)]
    return [*_kpi_sentences(facts), *_action_sentences(facts)]


def _kpi_sentences(facts: Facts) -> Iterator[str]:
    """How the first tile runs, and which KPI is weakest."""
    judged = [progress for progress in facts.kpis if progress.pace.gap is not None]
    if not judged:
        yield _("No KPI has a value to compare with its pace yet.")
        return
    main = next((progress for progress in facts.tiles if progress in judged), judged[0])
    yield main_words(main)
    weak = weakest(judged)
    if weak is None and len(judged) > 1:
        yield _("No KPI is at risk or off track.")
    if weak is not None and weak is not main:
        yield _("The weak point is %(kpi)s: %(value)s against %(expected)s expected.") % _figures(weak)


def main_words(progress: KpiProgress) -> str:
    """Sales: 3.1% ahead of pace."""
    pace, name = progress.pace, {"kpi": progress.kpi.name}
    if pace.track.has_band or pace.ratio is None:
        return _("%(kpi)s: %(gap)s.") % {**name, "gap": progress.words}
    if pace.on_pace:
        return _("%(kpi)s: on pace.") % name
    figures = {**name, "percent": _percent_off(pace)}
    if pace.ahead:
        return _("%(kpi)s: %(percent)s ahead of pace.") % figures
    return _("%(kpi)s: %(percent)s behind pace.") % figures


def _percent_off(pace: Pace) -> str:
    """3.1% where that is precise, 62% where tenths say nothing."""
    off = abs((pace.ratio or Decimal(1)) - 1) * 100
    return format_quantity(round(off, 1 if off < 10 else 0), "%")


def weakest(judged: list[KpiProgress]) -> KpiProgress | None:
    """The worst of those that are at risk or off track; outside its band counts as far as its status says."""
    weak = [progress for progress in judged if progress.status in (AT_RISK, OFF_TRACK)]
    return min(weak, key=urgency, default=None)


def _figures(progress: KpiProgress) -> dict[str, str]:
    unit = progress.track.unit
    return {
        "kpi": progress.kpi.name,
        "value": short(progress.value, unit, exact=True),
        "expected": short(progress.pace.expected, unit),
    }


def _action_sentences(facts: Facts) -> Iterator[str]:
    actions = facts.actions
    if not actions:
        return
    done = sum(action.status == Action.Status.DONE for action in actions)
    late = sum(action.is_late(facts.today) for action in actions)
    stuck = sum(action.status == Action.Status.BLOCKED for action in actions)
    figures = {"done": done, "count": len(actions)}
    yield (
        ngettext("%(done)d of %(count)d action is done.", "%(done)d of %(count)d actions are done.", len(actions))
        % figures
    )
    if late:
        yield ngettext("%(count)d action is late.", "%(count)d actions are late.", late) % {"count": late}
    if stuck:
        yield ngettext("%(count)d action is blocked.", "%(count)d actions are blocked.", stuck) % {"count": stuck}
    if not late and not stuck and done < len(actions):
        yield _("No action is late or blocked.")
