"""An objective is as healthy as its weakest KPI, or, where it says so, as all of them together by their weights."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kpis.kpi.models import Kpi
from kpis.kpi.pace import AT_RISK, NO_DATA, OFF_TRACK, ON_TRACK, status_at
from kpis.kpi.progress import KpiProgress, progress_of
from kpis.kpi.rules import Rules
from kpis.kpi.words import LOOKS, threshold_words
from plans.objectives.health import Health, register_health
from plans.objectives.models import KpiRule, Objective
from plans.plan.models import Plan
from salesplan.lib.numbers import format_number

#: What one KPI is ahead makes up for what another is behind, but not without end.
MOST = Decimal("1.5")
FROM_THE_WORST = (OFF_TRACK, AT_RISK, ON_TRACK)
#: So many are named with their shares.
NAMED = 4


@dataclass(frozen=True)
class Share:
    """How much of its pace a KPI has; 1 or more is good."""

    progress: KpiProgress
    value: Decimal

    @property
    def name(self) -> str:
        return self.progress.kpi.name

    @property
    def weight(self) -> int:
        return self.progress.kpi.weight


def share_of(progress: KpiProgress) -> Decimal | None:
    """A band has no pace: outside of it, what is missing is the way back as a share of its width."""
    pace = progress.pace
    if pace.status == NO_DATA:
        return None
    if pace.ratio is not None:
        return max(pace.ratio, Decimal(1)) if pace.reached else pace.ratio
    track, gap = pace.track, abs(pace.gap or Decimal(0))
    if track.band_low is not None and track.band_high is not None:
        width = track.band_high - track.band_low
    else:
        width = abs(pace.expected or Decimal(1)) or Decimal(1)
    return max(1 - gap / width, Decimal(0))


def health_of(kpi_rule: str, kpis: Sequence[KpiProgress], rules: Rules) -> Health:
    shares = [Share(progress, value) for progress in kpis if (value := share_of(progress)) is not None]
    if not shares:
        return _health(NO_DATA, _nothing_words(len(kpis)))
    judge = _weighted if kpi_rule == KpiRule.WEIGHTED else _weakest
    status, reason = judge(shares, rules)
    return _health(status, " ".join(filter(None, [reason, _left_out_words(len(kpis) - len(shares))])))


def _health(status: str, reason: str) -> Health:
    look = LOOKS[status]
    return Health(status, look.css, look.icon, look.word, reason)


def _weakest(shares: list[Share], _rules: Rules) -> tuple[str, str]:
    weakest = min(shares, key=lambda share: (FROM_THE_WORST.index(share.progress.status), share.value))
    words = {"kpi": weakest.name, "rule": weakest.progress.rule}
    if len(shares) == 1:
        reason = _("It has one KPI, “%(kpi)s”. %(rule)s") % words
    elif weakest.progress.status == ON_TRACK:
        reason = _("All its KPIs are on track. The weakest is “%(kpi)s”. %(rule)s") % words
    else:
        reason = _("Its weakest KPI is “%(kpi)s”. %(rule)s") % words
    return weakest.progress.status, reason


def _weighted(shares: list[Share], rules: Rules) -> tuple[str, str]:
    whole = sum(share.weight for share in shares)
    mean = sum((min(share.value, MOST) * share.weight for share in shares), Decimal(0)) / whole
    parts = [
        _("“%(kpi)s” %(percent)s%% × %(weight)d")
        % {"kpi": share.name, "percent": _percent(min(share.value, MOST)), "weight": share.weight}
        for share in sorted(shares, key=lambda share: share.value)[:NAMED]
    ]
    if len(shares) > NAMED:
        more = len(shares) - NAMED
        parts.append(ngettext("%(count)d more", "%(count)d more", more) % {"count": more})
    reason = _("By their weights its KPIs together have %(percent)s%% of their pace: %(parts)s.") % {
        "percent": _percent(mean),
        "parts": ", ".join(parts),
    }
    return status_at(mean, rules), f"{reason} {threshold_words(rules)}"


def _percent(share: Decimal) -> str:
    return format_number(round(share * 100))


def _nothing_words(count: int) -> str:
    if not count:
        return _("No KPI measures it.")
    return ngettext(
        "Its KPI has no value or no target yet.", "None of its %(count)d KPIs has a value and a target yet.", count
    ) % {"count": count}


def _left_out_words(count: int) -> str:
    if not count:
        return ""
    return ngettext("One KPI without data is left out.", "%(count)d KPIs without data are left out.", count) % {
        "count": count
    }


def by_objective(kpis: Collection[KpiProgress]) -> dict[int | None, list[KpiProgress]]:
    found: dict[int | None, list[KpiProgress]] = {}
    for progress in kpis:
        found.setdefault(progress.kpi.objective_id, []).append(progress)
    return found


def objective_health(plan: Plan, objectives: Sequence[Objective], today: dt.date) -> Mapping[int, Health]:
    rows = Kpi.objects.in_plan(plan).filter(objective__in=[objective.pk for objective in objectives])
    kpis = by_objective(progress_of(rows, today, plan=plan))
    rules = Rules.of_company(plan.workspace)
    return {objective.pk: health_of(objective.kpi_rule, kpis.get(objective.pk, []), rules) for objective in objectives}


register_health(objective_health)
