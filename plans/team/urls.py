from django.urls import path

from plans.team import views

urlpatterns = [
    path("plans/<int:pk>/team/", views.team, name="team"),
    path("plans/<int:pk>/team/structure/", views.team_structure, name="team_structure"),
    path("plans/<int:pk>/communications/", views.communications, name="communications"),
    path("plans/<int:pk>/communications/example/", views.communication_example, name="communication_example"),
    *views.team_items.urls(),
    *views.role_items.urls(),
    *views.communication_items.urls(),
]
