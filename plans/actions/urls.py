from django.urls import path

from plans.actions import bulk_views, cells, dependency_views, detail, live_views, moves, news_views, views
from plans.actions.past import action_past

urlpatterns = [
    path("plans/<int:pk>/actions/", views.actions, name="actions"),
    path("plans/<int:pk>/actions/filters/", views.action_filters, name="action_filters"),
    path("plans/<int:pk>/actions/live/", live_views.action_live, name="action_live"),
    path("plans/<int:pk>/actions/column/", moves.action_column, name="action_column"),
    path("plans/<int:pk>/actions/change/", bulk_views.actions_change, name="actions_change"),
    path("plans/<int:pk>/actions/follow/", dependency_views.actions_follow, name="actions_follow"),
    path("plans/<int:pk>/actions/options/", dependency_views.action_options, name="action_options"),
    path("plans/<int:pk>/actions/changes/", news_views.actions_changes, name="actions_changes"),
    path("plans/<int:pk>/actions/visit/", news_views.actions_visit, name="actions_visit"),
    path("plans/<int:pk>/actions/seen/", news_views.actions_seen, name="actions_seen"),
    path("bulk-changes/<int:pk>/undo/", bulk_views.bulkchange_undo, name="bulkchange_undo"),
    path("objectives/<int:pk>/actions/add/", cells.action_add, name="action_add"),
    path("actions/<int:pk>/", detail.action_detail, name="action_detail"),
    path("actions/<int:pk>/cell/", cells.action_cell, name="action_cell"),
    path("actions/<int:pk>/row/", cells.action_show, name="action_show"),
    path("actions/<int:pk>/card/", moves.action_card, name="action_card"),
    path("actions/<int:pk>/bar/", moves.action_bar, name="action_bar"),
    *action_past.urls(),
    *views.action_items.urls(),
]
