from django.urls import path

from plans.actions import views

urlpatterns = [path("plans/<int:pk>/actions/", views.actions, name="actions")]
