from django.urls import path

from analysis.swot import views

urlpatterns = [path("plans/<int:pk>/swot/", views.swot, name="swot")]
