from django.urls import path

from kpis.home import views

urlpatterns = [
    path("home/", views.home, name="home"),
]
