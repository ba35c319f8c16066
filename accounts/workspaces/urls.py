from django.urls import path

from accounts.workspaces import invitation_views as invitations
from accounts.workspaces import member_views as members
from accounts.workspaces import profile_views as profile
from accounts.workspaces import views

urlpatterns = [
    path("", views.home, name="home"),
    path("workspaces/add/", views.workspace_add, name="workspace_add"),
    path("workspaces/<int:pk>/switch/", views.workspace_switch, name="workspace_switch"),
    path("workspaces/<int:pk>/edit/", views.workspace_edit, name="workspace_edit"),
    path("profile/", profile.profile, name="profile"),
    path("profile/language/", profile.language, name="language"),
    path("profile/theme/", profile.theme, name="theme"),
    path("members/", members.member_list, name="member_list"),
    path("members/<int:pk>/role/", members.member_role, name="member_role"),
    path("members/<int:pk>/remove/", members.member_remove, name="member_remove"),
    path("workspaces/<int:pk>/invitations/add/", invitations.invitation_add, name="invitation_add"),
    path("invitations/<int:pk>/resend/", invitations.invitation_resend, name="invitation_resend"),
    path("invitations/<int:pk>/withdraw/", invitations.invitation_withdraw, name="invitation_withdraw"),
    path("invitations/<str:token>/", invitations.invitation, name="invitation"),
]
