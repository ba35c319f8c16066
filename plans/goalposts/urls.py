from django.urls import path

from plans.goalposts import views

urlpatterns = [path("plans/<int:pk>/goalposts/", views.goalposts, name="goalposts")]
