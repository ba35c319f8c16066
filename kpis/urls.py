"""Gathers the rooms' addresses under one namespace."""

from kpis.alerts import urls as alerts
from kpis.checkin import urls as checkin
from kpis.dashboard import urls as dashboard
from kpis.feedback import urls as feedback
from kpis.home import urls as home
from kpis.kpi import urls as kpi
from kpis.locks import urls as locks
from kpis.objectives import urls as objectives
from kpis.paths import urls as paths
from kpis.readings import urls as readings
from kpis.reminders import urls as reminders
from kpis.reviews import urls as reviews
from kpis.sharing import urls as sharing
from kpis.snapshots import urls as snapshots

app_name = "kpis"
rooms = (
    *(kpi, locks, readings, paths, checkin, reminders, dashboard, feedback, objectives, alerts, reviews, sharing),
    *(snapshots, home),
)
urlpatterns = [pattern for room in rooms for pattern in room.urlpatterns]
