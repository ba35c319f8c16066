from django.urls import path

from kpis.kpi import views

urlpatterns = [path("plans/<int:pk>/kpis/", views.kpis, name="kpis")]
