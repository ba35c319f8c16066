import datetime as dt

from django.db import transaction

from kpis.kpi.models import Kpi
from kpis.skips.models import Skip


@transaction.atomic
def skip_period(*, kpi: Kpi, period: dt.date, reason: str, by, at: dt.datetime) -> Skip:
    """Skipped again it has the new reason; with the same one nothing changes."""
    skip = Skip.objects.filter(kpi=kpi, period=period).first() or Skip(kpi=kpi, period=period)
    if skip.pk is None or skip.reason != reason:
        skip.reason, skip.skipped_by, skip.skipped_at = reason, by, at
        skip.save()
    return skip
