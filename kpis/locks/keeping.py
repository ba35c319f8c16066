"""A locked period takes nothing and loses nothing, whatever writes it: forms, services, the bin, what is to come."""

from typing import Any

from django.db.models import Model, QuerySet
from django.db.models.signals import pre_delete, pre_save
from django.utils import timezone

from kpis.kpi.models import Kpi
from kpis.locks.locked import locked_of
from salesplan.lib.refusal import Refused


def keep_locked(model: type[Model]) -> None:
    """`model` says something of a KPI and a period: from now on nothing of a locked one."""
    for signal, receiver in ((pre_save, _refuse_saving), (pre_delete, _refuse_deleting)):
        signal.connect(receiver, sender=model)


def _refuse_saving(instance: Any, raw: bool, **kwargs: Any) -> None:
    if not raw:
        _refuse(instance)


def _refuse_deleting(sender: type[Model], instance: Any, origin: Model | QuerySet, **kwargs: Any) -> None:
    """Deleting the KPI deletes what is said of it; deleting the plan or the workspace is another matter."""
    deleted = origin.model if isinstance(origin, QuerySet) else type(origin)
    if deleted in {sender, Kpi}:
        _refuse(instance)


def _refuse(row: Any) -> None:
    """Who has just asked what is locked, and holds the KPI, so that no lock is set meanwhile, says it: once."""
    found = row.__dict__.pop("found_locked", None) or locked_of(row.kpi.plan, timezone.localdate())
    if why := found.why(row.kpi, row.period):
        raise Refused(why)
