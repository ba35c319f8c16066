import datetime as dt
from decimal import Decimal
from typing import Any

from django.db.models import Exists, OuterRef

from kpis.kpi.models import Kpi
from kpis.kpi.track import Track
from kpis.readings.models import Reading

#: As many as one can choose from.
MOST_SOURCES = 50


def sources_for(kpi: Kpi, track: Track, user) -> list[Any]:
    """KPIs whose values of the year before may be followed: of the same company, kind and rhythm; itself first.

    Each knows what it is called (`path_label`).
    """
    earlier = Reading.objects.exclude(value=None).filter(
        kpi=OuterRef("pk"), period__lt=track.period_of(track.starts_on)
    )
    alike = Kpi.objects.visible_to(user).filter(
        Exists(earlier), plan__workspace=kpi.plan.workspace_id, measure=kpi.measure, rhythm=kpi.rhythm
    )
    found: list[Any] = list(alike.select_related("plan").order_by("-plan__starts_on", "position", "pk"))
    found.sort(key=lambda other: (other.pk != kpi.pk, other.name != kpi.name))
    for other in found:
        other.path_label = str(other) if other.plan_id == kpi.plan_id else f"{other}, {other.plan}"
    return found[:MOST_SOURCES]


def values_of(kpi: Kpi, *, before: Track) -> dict[dt.date, Decimal]:
    """Its values from before the track begins."""
    readings = kpi.readings.filter(period__lt=before.period_of(before.starts_on)).order_by("period")
    return {period: value for period, value in readings.values_list("period", "value") if value is not None}
