"""Keeps the rules of a company when they change: its row has no history."""

from typing import Any

from django.db.models.signals import pre_save
from django.dispatch import receiver

from accounts.models import Workspace
from kpis.snapshots.models import FormerRules

RULES = ("on_track_percent", "at_risk_percent", "week_starts_on")


@receiver(pre_save, sender=Workspace)
def keep_former_rules(instance: Workspace, update_fields: frozenset[str] | None = None, **_kwargs: Any) -> None:
    if instance.pk is None or (update_fields is not None and not update_fields & set(RULES)):
        return
    before = Workspace.objects.filter(pk=instance.pk).values(*RULES).first()
    if before and before != {name: getattr(instance, name) for name in RULES}:
        FormerRules.objects.create(workspace=instance, **before)
