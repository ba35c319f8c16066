from django.urls import path

from plans.budget import views

urlpatterns = [path("plans/<int:pk>/budget/", views.budget, name="budget")]
