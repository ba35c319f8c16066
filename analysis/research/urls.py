from django.urls import path

from analysis.research import views

urlpatterns = [path("plans/<int:pk>/research/", views.research, name="research")]
