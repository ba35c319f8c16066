import datetime as dt
from typing import Any

from django.db import transaction

from kpis.kpi.models import Kpi


def lead(kpi: Kpi, kind: str, starts_on: dt.date, points: list[str]) -> None:
    """Let `kpi` reach its target this way; nothing is saved."""
    kpi.path, kpi.path_from, kpi.path_points = kind, None if kind == Kpi.Path.LINEAR else starts_on, points


@transaction.atomic
def set_path(
    *, kpi: Kpi, kind: str, starts_on: dt.date, points: list[str], basis: dict[str, Any], because: str = ""
) -> bool:
    """Say how the target of `kpi` is reached; whether that is another way than before. An approved plan wants to know
    why.
    """
    before = (kpi.path, kpi.path_from, kpi.path_points, kpi.path_basis)
    lead(kpi, kind, starts_on, points)
    kpi.path_basis = basis
    if before == (kpi.path, kpi.path_from, kpi.path_points, kpi.path_basis):
        return False
    kpi.moved_because = because
    kpi.save(update_fields=["path", "path_from", "path_points", "path_basis"])
    return True
