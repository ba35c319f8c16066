from django.urls import path

from kpis.home import views

urlpatterns = [
    path("home/", views.home, name="home"),
    path("home/members/<int:pk>/ask/", views.member_ask, name="member_ask"),
]
