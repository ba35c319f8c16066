from django.urls import path

from plans.capacity import views

urlpatterns = [
    path("plans/<int:pk>/capacity/", views.capacity, name="capacity"),
    *views.capacity_items.urls(),
    *views.timeaway_items.urls(),
]
