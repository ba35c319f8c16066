from django.urls import path

from plans.feeds import views

urlpatterns = [
    path("plans/<int:pk>/calendar-feeds/", views.feeds, name="feeds"),
    path("plans/<int:pk>/calendar-feeds/make/", views.feed_make, name="feed_make"),
    path("plans/<int:pk>/calendar-feeds/revoke/", views.feed_revoke, name="feed_revoke"),
    path("calendar-feeds/<str:token>.ics", views.feed, name="feed"),
]
