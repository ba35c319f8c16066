"""What is off: objectives and KPIs at risk or off track, over all plans, the worst first."""

from collections.abc import Iterator
from decimal import Decimal

from django.utils.translation import gettext as _

from kpis.home.lines import joined
from kpis.home.plans import HomePlans
from kpis.home.standing import CompanyStanding, Standing
from kpis.kpi.objective_health import share_of
from kpis.kpi.pace import AT_RISK, OFF_TRACK
from kpis.kpi.progress import KpiProgress
from plans.objectives.models import KpiRule
from plans.plan.attention import Attention

#: What is off track stands before what is at risk; within each the smaller share of its pace comes first.
WEIGHTS = {OFF_TRACK: 2000, AT_RISK: 1000}
MOST_SHARE = 900


def what_is_off(standing: CompanyStanding, plans: HomePlans) -> list[Attention]:
    """A KPI that is named as the reason of its objective has no line of its own."""
    objectives = [one for one in standing.objectives if one.health.status in WEIGHTS]
    named = {one.weakest.kpi.pk for one in objectives}
    lines = [_objective(one, plans) for one in objectives]
    return [*lines, *_kpis(standing, plans, named)]


def _objective(one: Standing, plans: HomePlans) -> Attention:
    detail = joined(why_off(one), plans.said(one.objective.plan_id))
    weight = _weight(one.health.status, one.weakest)
    return Attention(
        one.health.status, one.objective.title, detail, one.objective.get_absolute_url(), _("See why"), weight
    )


def why_off(one: Standing) -> str:
    """Its page says the rule as well."""
    if one.objective.kpi_rule == KpiRule.WEIGHTED:
        return one.health.reason
    weakest = one.weakest
    words = {"kpi": weakest.kpi.name, "gap": weakest.words, "pace": weakest.pace_words}
    return _("Weakest KPI “%(kpi)s”: %(gap)s, %(pace)s") % words


def _kpis(standing: CompanyStanding, plans: HomePlans, named: set[int]) -> Iterator[Attention]:
    for progress in standing.kpis:
        kpi = progress.kpi
        if progress.status in WEIGHTS and kpi.pk not in named:
            words = _("%(gap)s, %(pace)s") % {"gap": progress.words, "pace": progress.pace_words}
            objective = kpi.objective.title if kpi.objective else ""
            detail = joined(words, objective, plans.said(kpi.plan_id))
            weight = _weight(progress.status, progress)
            yield Attention(progress.status, kpi.name, detail, kpi.get_absolute_url(), _("See why"), weight)


def _weight(status: str, progress: KpiProgress) -> int:
    share = share_of(progress)
    return WEIGHTS[status] - min(round(100 * (Decimal(1) if share is None else share)), MOST_SHARE)
