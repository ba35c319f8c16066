from django.urls import path

from plans.notices import views

urlpatterns = [
    path("inbox/", views.inbox, name="inbox"),
    path("inbox/read/", views.inbox_read, name="inbox_read"),
    path("inbox/settings/", views.notice_settings, name="notice_settings"),
    path("notices/<int:pk>/read/", views.notice_read, name="notice_read"),
    path("actions/<int:pk>/seen/", views.action_seen, name="action_seen"),
    path("plans/<int:pk>/seen/", views.plan_seen, name="plan_seen"),
    path("digest/<str:token>/unsubscribe/", views.digest_unsubscribe, name="digest_unsubscribe"),
]
