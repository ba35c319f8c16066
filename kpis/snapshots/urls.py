from django.urls import path

from kpis.snapshots import compare_views, replay_views, views

urlpatterns = [
    path("plans/<int:pk>/snapshots/", views.snapshots, name="snapshots"),
    path("snapshots/<int:pk>/delete/", views.snapshot_delete, name="snapshot_delete"),
    path("plans/<int:pk>/compare/", compare_views.plan_compare, name="plan_compare"),
    path("plans/<int:pk>/replay/", replay_views.plan_replay, name="plan_replay"),
]
