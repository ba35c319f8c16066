"""A company's settings are in what is kept until a plan's clock ticks: so it ticks when they change.

The health of actions hangs from its weeks and rules too: who opens a plan next judges it anew.
"""

from typing import Any

from django.db.models.signals import post_save
from django.dispatch import receiver
from django.utils import timezone

from accounts.models import Workspace
from plans.plan.models import Plan


@receiver(post_save, sender=Workspace)
def tick_when_settings_change(instance: Workspace, created: bool, **kwargs: Any) -> None:
    if not created:
        Plan.objects.filter(workspace=instance).update(changed_at=timezone.now(), health_on=None)
