"""Gathers the rooms' addresses under one namespace."""

from accounts.workspaces import urls as workspaces

app_name = "accounts"
urlpatterns = [*workspaces.urlpatterns]
