from django.urls import path

from analysis.smart import views

urlpatterns = [
    path("objectives/<int:pk>/smart/", views.objective_smart, name="objective_smart"),
    path("objectives/<int:pk>/measures/", views.objective_measures, name="objective_measures"),
]
