"""Gathers the rooms' models under one app label."""

from accounts.api.models import ApiAnswer, ApiToken
from accounts.workspaces.models import Invitation, Membership, User, Workspace

__all__ = ["ApiAnswer", "ApiToken", "Invitation", "Membership", "User", "Workspace"]
