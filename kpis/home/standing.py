"""How the KPIs of all plans that are carried out stand, and by them their objectives: two queries for them all."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from accounts.models import Workspace
from kpis.dashboard.urgency import urgency
from kpis.home.plans import HomePlans
from kpis.kpi.computing import Values
from kpis.kpi.lateness import is_skipped
from kpis.kpi.models import Kpi
from kpis.kpi.objective_health import health_of
from kpis.kpi.pace import NO_DATA
from kpis.kpi.progress import KpiProgress, measure, values_by_kpi
from kpis.kpi.rules import Rules
from plans.objectives.health import Health
from plans.objectives.models import Objective

WEEK = dt.timedelta(weeks=1)


@dataclass(frozen=True)
class Standing:
    """One objective, with its KPIs, the weakest first."""

    objective: Objective
    kpis: list[KpiProgress]
    health: Health

    @property
    def weakest(self) -> KpiProgress:
        return self.kpis[0]

    @property
    def is_judged(self) -> bool:
        return self.health.status != NO_DATA


@dataclass(frozen=True)
class CompanyStanding:
    """`before` is how the objectives stood a week ago."""

    kpis: list[KpiProgress]
    objectives: list[Standing]
    before: list[Standing]


def company_standing(plans: HomePlans, workspace: Workspace, today: dt.date) -> CompanyStanding:
    kpis = _kpis(plans, today)
    values = values_by_kpi(kpis, today) if kpis else {}
    rules = Rules.of_company(workspace)
    now = [measure(kpi, values.get(kpi.pk, {}), today) for kpi in kpis]
    then = [_a_week_earlier(progress, values.get(progress.kpi.pk, {}), today) for progress in now]
    return CompanyStanding(now, _objectives(now, rules), _objectives(then, rules))


def _a_week_earlier(progress: KpiProgress, values: Values, today: dt.date) -> KpiProgress:
    """By the periods that were over then; a week that is entered before it ends is compared with the one before it."""
    track = progress.track
    as_of = max(track.last_day(max(values)), today) - WEEK if values else today - WEEK
    earlier = {period: value for period, value in values.items() if track.last_day(period) <= as_of}
    return measure(progress.kpi, earlier, as_of)


def _kpis(plans: HomePlans, today: dt.date) -> list[Kpi]:
    """With `is_skipped`: whether one would be late with its last period, but for that."""
    if not plans.running:
        return []
    rows = Kpi.objects.filter(plan__in=plans.ids).select_related("owner", "objective")
    # Every plan of a company has the same calendar.
    found: list[Kpi] = list(
        rows.annotate(is_skipped=is_skipped(plans.running[0], today)).order_by("plan", "position", "pk")
    )
    for kpi in found:
        kpi.plan = plans.named[kpi.plan_id]
        if kpi.objective:
            kpi.objective.plan = kpi.plan
    return found


def _objectives(kpis: Collection[KpiProgress], rules: Rules) -> list[Standing]:
    """Those that have KPIs."""
    found: dict[int, list[KpiProgress]] = {}
    for progress in kpis:
        if progress.kpi.objective_id:
            found.setdefault(progress.kpi.objective_id, []).append(progress)
    standings = []
    for own in found.values():
        objective = own[0].kpi.objective
        assert objective is not None  # noqa: S101 - only those with one are among them
        standings.append(Standing(objective, sorted(own, key=urgency), health_of(objective.kpi_rule, own, rules)))
    return standings
