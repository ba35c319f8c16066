from django.urls import path

from kpis.dashboard import arrange_views, views

urlpatterns = [
    path("kpis/<int:pk>/tile/", views.kpi_tile, name="kpi_tile"),
    path("plans/<int:pk>/overview/", views.dashboard, name="dashboard"),
    path("plans/<int:pk>/overview/arrange/", arrange_views.overview_arrange, name="overview_arrange"),
    path("plans/<int:pk>/overview/live/", views.dashboard_live, name="dashboard_live"),
    path("plans/<int:pk>/overview/plots/", views.dashboard_plots, name="dashboard_plots"),
]
