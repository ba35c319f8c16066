"""Whatever writes a goalpost of an approved plan says why: forms, restored states, imports, and what is yet to come."""

from typing import Any

from django.db.models.signals import post_save, pre_save
from django.dispatch import receiver
from django.utils import timezone
from django.utils.translation import gettext as _

from plans.goalposts.models import MovedGoalpost
from plans.goalposts.moves import as_text, moves_between
from plans.plan.models import PlanItem
from salesplan.lib.refusal import Refused


@receiver(pre_save)
def find_moved(sender: type, instance: Any, raw: bool, update_fields: Any, **kwargs: Any) -> None:
    """The row says why in `moved_because`; a row that is added, or comes back from the bin, moves nothing."""
    posts = [name for name in getattr(sender, "GOALPOSTS", ()) if update_fields is None or name in update_fields]
    if raw or not posts or instance._state.adding:
        return
    approved = sender._base_manager.filter(pk=instance.pk, plan__approved_at__isnull=False)  # type: ignore[attr-defined]
    before = approved.select_related("plan").first()
    moves = moves_between(before, instance, posts) if before else []
    if moves and not instance.moved_because:
        raise Refused(_("The plan is approved: its targets, deadlines and baselines are not changed without a reason."))
    instance._moved = [_kept(instance, before, move) for move in moves]


@receiver(post_save)
def keep_moved(sender: type, instance: Any, **kwargs: Any) -> None:
    """Once: the next version of the same row is another change."""
    if moved := instance.__dict__.pop("_moved", None):
        MovedGoalpost.objects.bulk_create(moved)
        instance.moved_because = ""


def _kept(row: PlanItem, before: Any, move: Any) -> MovedGoalpost:
    records: Any = type(row).history
    return MovedGoalpost(
        plan_id=row.plan_id,
        kind=row._meta.label_lower,
        row=row.pk,
        name=str(row)[:200],
        unit=row.unit,  # type: ignore[attr-defined]
        field=move.field,
        old=as_text(move.old),
        new=as_text(move.new),
        deadline=before.deadline or before.plan.ends_on,
        reason=row.moved_because,
        moved_by=getattr(row, "_history_user", None) or records.model.get_default_history_user(row),
        moved_at=getattr(row, "_history_date", None) or timezone.now(),
    )
