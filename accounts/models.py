"""Gathers the rooms' models under one app label."""

from accounts.workspaces.models import Invitation, Membership, User, Workspace

__all__ = ["Invitation", "Membership", "User", "Workspace"]
