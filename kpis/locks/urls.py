from django.urls import path

from kpis.locks import views

urlpatterns = [
    path("plans/<int:pk>/locks/", views.locks, name="locks"),
    path("kpis/<int:pk>/openings/add/", views.opening_add, name="opening_add"),
    path("openings/<int:pk>/close/", views.opening_close, name="opening_close"),
]
