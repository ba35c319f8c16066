"""How the KPIs of actions stand, for the health of the actions; and when that is judged anew."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection
from typing import Any

from django.db.models import Exists, Q, QuerySet
from django.db.models.signals import m2m_changed, post_save
from django.dispatch import receiver

from kpis.kpi.computing import Values
from kpis.kpi.models import Kpi
from kpis.kpi.progress import pace_of, values_by_kpi
from plans.actions.health import Pace
from plans.actions.health_keeping import judge_actions
from plans.actions.models import Action
from plans.actions.paces import register_paces
from plans.plan.models import Plan
from salesplan.lib.prepared import prepared

LINKS = Kpi.actions.through


def action_paces(plan: Plan, today: dt.date, only: Collection[int] | None) -> dict[int, list[Pace]]:
    """Those of open actions: nobody asks what moves a KPI no more."""
    links = _links_in_plan(plan) if only is None else _links_of(list(only))
    if not links:
        return {}
    linked = {kpi for _action, kpi in links}
    kpis = _kpis(plan, sorted(linked))
    values = values_by_kpi(kpis, today)
    paces = {kpi.pk: _pace(kpi, values.get(kpi.pk, {}), today) for kpi in kpis if kpi.pk in linked}
    found: dict[int, list[Pace]] = defaultdict(list)
    for action, kpi in links:
        found[action].append(paces[kpi])
    return found


def _pace(kpi: Kpi, values: Values, today: dt.date) -> Pace:
    pace = pace_of(kpi, values, today)
    percent = None if pace.ratio is None else round(pace.ratio * 100)
    value = "" if pace.actual is None else str(pace.actual)
    return Pace(kpi.pk, kpi.name, pace.status, value, kpi.unit, pace.on, percent)


@prepared
def _kpis(plan: Any, ids: list[int]) -> QuerySet[Kpi]:
    """Those with the ids; every one of the plan when one of them is computed, for it may name any."""
    linked = Kpi.objects.filter(pk__in=ids)
    every = Kpi.objects.filter(Q(pk__in=ids) | Exists(linked.computed()), plan=plan)
    return every.select_related("plan__workspace")


@prepared
def _links_in_plan(plan: Any) -> QuerySet:
    return _open_links().filter(kpi__plan=plan)


@prepared
def _links_of(actions: list[int]) -> QuerySet:
    return _open_links().filter(action__pk__in=actions)


def _open_links() -> QuerySet:
    rows = LINKS._default_manager.exclude(action__status__in=Action.CLOSED_STATUSES)
    return rows.order_by("kpi__position", "kpi").values_list("action", "kpi")


def judge_moved_by(kpi: Kpi) -> None:
    """The actions of a KPI that has another value, target or name, and of those that may be computed from it."""
    judge_actions(kpi.plan, kpi.plan.workspace.today, sorted(action for (action,) in _moved_by(kpi.plan, kpi)))


@prepared
def _moved_by(plan: Any, kpi: Any) -> QuerySet:
    """In no order, and the KPIs are found first: else the links of all plans would be looked through."""
    links = LINKS._default_manager.order_by().values_list("action")
    computed = Kpi.objects.filter(plan=plan).computed().order_by().values("pk")
    return links.filter(kpi=kpi).union(links.filter(kpi__in=computed)).order_by()


@receiver(post_save, sender=Kpi)
def judge_actions_of_saved(instance: Kpi, *, created: bool, **kwargs: Any) -> None:
    if not created:
        judge_moved_by(instance)


@receiver(m2m_changed, sender=LINKS)
def judge_linked(instance: Any, *, action: str, reverse: bool, pk_set: set[int] | None, **kwargs: Any) -> None:
    """Seen from the KPI or from the action; what is cleared is named only while it is still there."""
    if action == "pre_clear" and not reverse:
        instance.cleared = list(instance.actions.values_list("pk", flat=True))
    elif action.startswith("post_"):
        of_kpi = getattr(instance, "cleared", []) if pk_set is None else pk_set
        judge_actions(instance.plan, instance.plan.workspace.today, [instance.pk] if reverse else list(of_kpi))


register_paces(action_paces)
