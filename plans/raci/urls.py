from django.urls import path

from plans.raci import views

urlpatterns = [path("plans/<int:pk>/responsibilities/", views.raci, name="raci")]
