from django.urls import path

from kpis.kpi import views
from kpis.kpi.past import kpi_past

urlpatterns = [
    path("plans/<int:pk>/kpis/", views.kpis, name="kpis"),
    path("plans/<int:pk>/kpis/article/", views.kpi_insert_article, name="kpi_insert_article"),
    *views.kpi_items.urls(),
    *kpi_past.urls(),
    path("kpis/<int:pk>/", views.kpi_detail, name="kpi_detail"),
    path("kpis/<int:pk>/why/", views.kpi_why, name="kpi_why"),
    path("kpis/<int:pk>/plots/", views.kpi_plots, name="kpi_plots"),
    path("kpis/<int:pk>/events/", views.kpi_events, name="kpi_events"),
    path("kpis/<int:pk>/goalposts/", views.kpi_goalposts, name="kpi_goalposts"),
    path("kpis/<int:pk>/dashboard/", views.kpi_dashboard, name="kpi_dashboard"),
    path("actions/<int:pk>/kpis/", views.action_kpis, name="action_kpis"),
]
