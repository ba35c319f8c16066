"""People's names stand in what is kept until a plan's clock ticks: so it ticks when somebody is renamed or goes."""

from typing import Any

from django.db.models.signals import post_save, pre_delete
from django.dispatch import receiver
from django.utils import timezone

from accounts.models import User
from plans.plan.models import Plan


@receiver(post_save, sender=User)
def tick_when_renamed(instance: User, created: bool, update_fields: frozenset[str] | None, **kwargs: Any) -> None:
    """Signing in saves a field that is nobody's name."""
    if not created and (update_fields is None or update_fields & {"name", "email"}):
        _tick(instance)


@receiver(pre_delete, sender=User)
def tick_when_gone(instance: User, **kwargs: Any) -> None:
    _tick(instance)


def _tick(user: User) -> None:
    Plan.objects.filter(workspace__memberships__user=user).update(changed_at=timezone.now())
