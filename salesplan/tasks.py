"""Daily chores of the project itself."""

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.tasks import task


@task()
def clear_sessions() -> None:
    """Expired sessions go, and with them what the list of one's sessions says of them (address, browser)."""
    call_command("clearsessions")
    UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()


@task()
def prune_task_results() -> None:
    call_command("prune_db_task_results", queue_name="*", verbosity=0)
