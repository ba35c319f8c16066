from django.urls import path

from plans.objectives import views

urlpatterns = [path("plans/<int:pk>/objectives/", views.objectives, name="objectives")]
