from django.urls import path

from kpis.paths import views

urlpatterns = [path("kpis/<int:pk>/path/", views.kpi_path, name="kpi_path")]
