"""Gathers the rooms' addresses under one namespace."""

from kpis.checkin import urls as checkin
from kpis.dashboard import urls as dashboard
from kpis.kpi import urls as kpi
from kpis.readings import urls as readings
from kpis.reminders import urls as reminders

app_name = "kpis"
urlpatterns = [pattern for room in (kpi, readings, checkin, reminders, dashboard) for pattern in room.urlpatterns]
