from django.urls import path

from plans.plan import views

urlpatterns = [path("plans/", views.plan_list, name="plan_list")]
