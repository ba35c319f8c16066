from django.urls import path

from plans.items import plan_views, views

urlpatterns = [
    path("plans/<int:pk>/duplicate/", plan_views.plan_duplicate, name="plan_duplicate"),
    path("plans/<int:pk>/bin/", plan_views.bin_list, name="bin"),
    path("bin/<int:pk>/restore/", views.item_restore, name="item_restore"),
]
