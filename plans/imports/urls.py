from django.urls import path

from plans.imports import views

urlpatterns = [
    path("plans/<int:pk>/imports/add/", views.import_add, name="import_add"),
    path("imports/<int:pk>/", views.import_detail, name="import_detail"),
    path("imports/<int:pk>/start/", views.import_start, name="import_start"),
    path("imports/<int:pk>/undo/", views.import_undo, name="import_undo"),
]
