"""Gathers the rooms' addresses under one namespace."""

from accounts.api import urls as api
from accounts.workspaces import urls as workspaces

app_name = "accounts"
urlpatterns = [*workspaces.urlpatterns, *api.urlpatterns]
