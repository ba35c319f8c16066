from django.urls import path

from plans.targeting import views

urlpatterns = [
    path("plans/<int:pk>/targeting/", views.targeting, name="targeting"),
    path("plans/<int:pk>/targeting/example/", views.segment_example, name="segment_example"),
    *views.segment_items.urls(),
    *views.criterion_items.urls(),
    *views.persona_items.urls(),
]
