from django.urls import path

from kpis.objectives import views

urlpatterns = [path("objectives/<int:pk>/health/", views.objective_health, name="objective_health")]
