from django.urls import path

from plans.targeting import views

urlpatterns = [path("plans/<int:pk>/targeting/", views.targeting, name="targeting")]
