from django.urls import path

from kpis.checkin import views

urlpatterns = [
    path("week/", views.week, name="week"),
    path("plans/<int:pk>/checkin/", views.checkin, name="checkin"),
    path("kpis/<int:pk>/readings/enter/", views.reading_enter, name="reading_enter"),
]
