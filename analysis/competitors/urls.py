from django.urls import path

from analysis.competitors import views

urlpatterns = [path("plans/<int:pk>/competitors/", views.competitors, name="competitors")]
