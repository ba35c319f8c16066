from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kpis.kpi.models import Kpi
from plans.find.commands import register_adding
from plans.find.kinds import Kind, register_kind

register_kind(
    Kind(
        label=_("KPIs"),
        icon="chart-line",
        model=Kpi,
        url=lambda row: reverse("kpis:kpi_detail", args=[row["pk"]]),
    )
)
register_adding(_("Add KPI"), "kpis:kpis", Kpi)
