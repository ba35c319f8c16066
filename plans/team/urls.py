from django.urls import path

from plans.team import views

urlpatterns = [
    path("plans/<int:pk>/team/", views.team, name="team"),
    *views.team_items.urls(),
    *views.role_items.urls(),
    *views.communication_items.urls(),
]
