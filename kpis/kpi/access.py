"""The door to a KPI for those who enter its values: wider than the one for those who change it."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, QuerySet

from accounts.access import get_visible
from kpis.kpi.models import Kpi
from salesplan.lib.prepared import prepared


def get_reportable(user, *, pk: int, **narrower: Any) -> Kpi:
    """The KPI with its plan; 404 for strangers, 403 for colleagues who may not enter its values.

    `narrower` are further conditions, as of what a program may reach.
    """
    if narrower:
        kpi: Any = get_visible(_with_reportable(Kpi.objects.all(), user), user, pk=pk, **narrower)
    else:
        kpi = _reportable.first(user, pk) or get_visible(Kpi.objects, user, pk=pk)
    if not getattr(kpi, "is_reportable", False):
        raise PermissionDenied
    return kpi


@prepared
def _reportable(user: Any, pk: int) -> QuerySet[Kpi]:
    return _with_reportable(Kpi.objects.visible_to(user).filter(pk=pk), user)


def _with_reportable(kpis: QuerySet[Kpi], user: Any) -> QuerySet[Kpi]:
    mine = Exists(Kpi.objects.reportable_by(user).filter(pk=OuterRef("pk")))
    return kpis.select_related("plan__workspace", "owner").annotate(is_reportable=mine)
