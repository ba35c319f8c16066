from django.urls import path

from kpis.readings import views

urlpatterns = [
    path("kpis/<int:pk>/readings/add/", views.reading_add, name="reading_add"),
    path("readings/<int:pk>/edit/", views.reading_edit, name="reading_edit"),
    path("readings/<int:pk>/delete/", views.reading_delete, name="reading_delete"),
]
