from django.urls import path

from kpis.sharing import open_views, views

urlpatterns = [
    path("plans/<int:pk>/overview/links/", views.shared_links, name="shared_links"),
    path("shared-links/<int:pk>/revoke/", views.sharedlink_revoke, name="sharedlink_revoke"),
    path("shared/<str:token>/", open_views.shared, name="shared"),
    path("shared/<str:token>/live/", open_views.shared_live, name="shared_live"),
    path("shared/<str:token>/plots/", open_views.shared_plots, name="shared_plots"),
]
