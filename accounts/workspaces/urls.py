from django.urls import path

from accounts.workspaces import views

urlpatterns = [
    path("", views.home, name="home"),
    path("workspaces/<int:pk>/switch/", views.workspace_switch, name="workspace_switch"),
    path("profile/", views.profile, name="profile"),
    path("members/", views.member_list, name="member_list"),
]
