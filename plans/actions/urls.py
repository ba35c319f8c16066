from django.urls import path

from plans.actions import cells, detail, views

urlpatterns = [
    path("plans/<int:pk>/actions/", views.actions, name="actions"),
    path("plans/<int:pk>/actions/filters/", views.action_filters, name="action_filters"),
    path("objectives/<int:pk>/actions/add/", cells.action_add, name="action_add"),
    path("actions/<int:pk>/", detail.action_detail, name="action_detail"),
    path("actions/<int:pk>/cell/", cells.action_cell, name="action_cell"),
    path("actions/<int:pk>/row/", cells.action_show, name="action_show"),
    *views.action_items.urls(),
]
