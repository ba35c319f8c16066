"""The door to a KPI for those who enter its values: wider than the one for those who change it."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, QuerySet

from accounts.access import get_visible
from kpis.kpi.models import Kpi
from plans.webhooks.models import Webhook
from salesplan.lib.prepared import prepared


def get_reportable(user, *, pk: int, **narrower: Any) -> Kpi:
    """The KPI with its plan; 404 for strangers, 403 for colleagues who may not enter its values.

    `narrower` are further conditions, as of what a program may reach.
    """
    if narrower:
        return _let_in(get_visible(_with_reportable(Kpi.objects.all(), user), user, pk=pk, **narrower))
    return _let_in(_reportable.first(user, pk) or get_visible(Kpi.objects, user, pk=pk))


def hold_reportable(user, *, pk: int) -> Kpi:
    """The same, with its row locked as lock_kpi does (kpis.readings.services), for who writes a value."""
    kpi = _let_in(_held.first(user, pk) or get_visible(Kpi.objects, user, pk=pk))
    kpi.is_held = True
    return kpi


def _let_in(kpi: Any) -> Kpi:
    if not getattr(kpi, "is_reportable", False):
        raise PermissionDenied
    return kpi


@prepared
def _reportable(user: Any, pk: int) -> QuerySet[Kpi]:
    return _with_reportable(Kpi.objects.visible_to(user).filter(pk=pk), user)


@prepared
def _held(user: Any, pk: int) -> QuerySet[Kpi]:
    held = Kpi.objects.visible_to(user).filter(pk=pk).select_for_update(of=("self",))
    is_listened_to = Exists(Webhook.objects.listening_to(OuterRef("plan")))
    return _with_reportable(held, user).annotate(is_listened_to=is_listened_to)


def _with_reportable(kpis: QuerySet[Kpi], user: Any) -> QuerySet[Kpi]:
    mine = Exists(Kpi.objects.reportable_by(user).filter(pk=OuterRef("pk")))
    return kpis.select_related("plan__workspace", "owner").annotate(is_reportable=mine)
