"""A locked period takes no value and loses none, whatever writes it: forms, services, the bin, and what is to come."""

from typing import Any

from django.db.models import Model, QuerySet
from django.db.models.signals import pre_delete, pre_save
from django.dispatch import receiver
from django.utils import timezone

from kpis.kpi.models import Kpi
from kpis.locks.locked import why_locked
from kpis.readings.models import Reading
from salesplan.lib.refusal import Refused


@receiver(pre_save, sender=Reading)
def refuse_entering(instance: Reading, raw: bool, **kwargs: Any) -> None:
    if not raw:
        _refuse(instance)


@receiver(pre_delete, sender=Reading)
def refuse_taking_back(instance: Reading, origin: Model | QuerySet, **kwargs: Any) -> None:
    """Deleting the KPI deletes its values; deleting the plan or the workspace is another matter."""
    deleted = origin.model if isinstance(origin, QuerySet) else type(origin)
    if deleted in {Reading, Kpi}:
        _refuse(instance)


def _refuse(reading: Reading) -> None:
    if why := why_locked(reading.kpi, reading.period, today=timezone.localdate()):
        raise Refused(why)
