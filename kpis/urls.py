"""Gathers the rooms' addresses under one namespace."""

from kpis.checkin import urls as checkin
from kpis.dashboard import urls as dashboard
from kpis.kpi import urls as kpi
from kpis.objectives import urls as objectives
from kpis.paths import urls as paths
from kpis.readings import urls as readings

app_name = "kpis"
urlpatterns = [
    pattern for room in (kpi, readings, paths, checkin, dashboard, objectives) for pattern in room.urlpatterns
]
