"""Readings, for programs that want to be told."""

from typing import Any

from django.dispatch import receiver
from simple_history.signals import post_create_historical_record

from kpis.readings.models import Reading
from plans.webhooks.models import Event
from plans.webhooks.outbox import put

EVENTS = {"+": Event.READING_ENTERED, "~": Event.READING_CORRECTED, "-": Event.READING_DELETED}


@receiver(post_create_historical_record, sender=Reading.history.model)
def tell_of_reading(instance: Reading, history_instance: Any, **kwargs: Any) -> None:
    # A KPI that was read for to be written knows already.
    if not getattr(instance.kpi, "is_listened_to", True):
        return
    plain = {name: getattr(instance, name) for name in ("id", "period", "value", "confidence", "note", "version")}
    row = plain | {"kpi": instance.kpi_id, "plan": instance.plan_id}
    put(instance.plan_id, EVENTS[history_instance.history_type], [row])
