"""The door to a KPI for those who enter its values: wider than the one for those who change it."""

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef

from accounts.access import get_visible
from kpis.kpi.models import Kpi


def get_reportable(user, **lookup) -> Kpi:
    """The KPI with its plan; 404 for strangers, 403 for colleagues who may not enter its values."""
    reportable = Exists(Kpi.objects.reportable_by(user).filter(pk=OuterRef("pk")))
    kpis = Kpi.objects.select_related("plan__workspace", "owner").annotate(is_reportable=reportable)
    kpi = get_visible(kpis, user, **lookup)
    if not kpi.is_reportable:
        raise PermissionDenied
    return kpi
