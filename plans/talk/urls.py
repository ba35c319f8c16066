from django.urls import path

from plans.talk import views

urlpatterns = [
    path("actions/<int:pk>/talk/", views.action_talk, name="action_talk"),
    path("actions/<int:pk>/watch/", views.action_watch, name="action_watch"),
    path("actions/<int:pk>/comments/add/", views.comment_add, name="comment_add"),
    path("comments/<int:pk>/edit/", views.comment_edit, name="comment_edit"),
    path("comments/<int:pk>/delete/", views.comment_delete, name="comment_delete"),
    path("plans/<int:pk>/people/", views.plan_people, name="plan_people"),
]
