from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kpis.kpi.models import Kpi
from plans.objectives.models import Direction
from plans.plan.completeness import Check, Tally, register

AIMED = Q(target__isnull=False) | Q(direction=Direction.WITHIN, band_low__isnull=False)
AIMED |= Q(direction=Direction.WITHIN, band_high__isnull=False)

register(
    Tally("kpis", Kpi.objects.all()),
    Check(7, "kpis", Kpi.objects.all(), _("Choose what to measure"), "kpis:kpis", "kpi-list"),
    Check(7, "kpi_targets", Kpi.objects.filter(AIMED), _("Give a KPI its target"), "kpis:kpis", "kpi-list"),
    Check(
        7,
        "kpi_owners",
        Kpi.objects.filter(owner__isnull=False),
        _("Say who enters a KPI"),
        "kpis:kpis",
        "kpi-list",
    ),
    Check(
        7,
        "kpi_links",
        Kpi.objects.filter(Q(objective__isnull=False) | Q(actions__isnull=False)),
        _("Link a KPI to what it measures"),
        "kpis:kpis",
        "kpi-list",
    ),
    Check(
        7,
        "readings",
        Kpi.objects.filter(readings__isnull=False),
        _("Enter a first value"),
        "kpis:checkin",
        "checkin",
    ),
)
