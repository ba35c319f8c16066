from django.urls import path

from plans.strategy import views

urlpatterns = [path("plans/<int:pk>/strategy/", views.strategy, name="strategy")]
