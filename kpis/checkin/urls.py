from django.urls import path

from kpis.checkin import skipping, views

urlpatterns = [
    path("week/", views.week, name="week"),
    path("plans/<int:pk>/checkin/", views.checkin, name="checkin"),
    path("kpis/<int:pk>/readings/enter/", views.reading_enter, name="reading_enter"),
    path("kpis/<int:pk>/readings/skip/", skipping.reading_skip, name="reading_skip"),
    path("kpis/<int:pk>/readings/unskip/", skipping.reading_unskip, name="reading_unskip"),
]
