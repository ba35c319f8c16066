from django.urls import path

from kpis.dashboard import views

urlpatterns = [
    path("plans/<int:pk>/overview/", views.dashboard, name="dashboard"),
    path("plans/<int:pk>/overview/live/", views.dashboard_live, name="dashboard_live"),
    path("plans/<int:pk>/overview/plots/", views.dashboard_plots, name="dashboard_plots"),
]
