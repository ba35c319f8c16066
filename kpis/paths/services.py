import datetime as dt
from typing import Any

from django.db import transaction

from kpis.kpi.models import Kpi


@transaction.atomic
def set_path(*, kpi: Kpi, kind: str, starts_on: dt.date, points: list[str], basis: dict[str, Any]) -> bool:
    """Say how the target of `kpi` is reached; whether that is another way than before."""
    begins = None if kind == Kpi.Path.LINEAR else starts_on
    if (kpi.path, kpi.path_from, kpi.path_points, kpi.path_basis) == (kind, begins, points, basis):
        return False
    kpi.path, kpi.path_from, kpi.path_points, kpi.path_basis = kind, begins, points, basis
    kpi.save(update_fields=["path", "path_from", "path_points", "path_basis"])
    return True
