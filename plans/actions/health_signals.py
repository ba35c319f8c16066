"""When the health of actions is judged anew: with every write that it hangs from, in the same transaction."""

from collections.abc import Collection
from typing import Any

from django.db.models import Model
from django.db.models.signals import m2m_changed, post_save, pre_save
from django.dispatch import receiver

from plans.actions.dependencies import LINKS
from plans.actions.health import Facts, judge
from plans.actions.health_keeping import JUDGED_BY, NAMED_BY, judge_actions, judge_plan, waiting_for
from plans.actions.models import Action
from plans.plan.models import Plan
from plans.plan.signals import rows_rewritten


@receiver(pre_save, sender=Action)
def judge_new(instance: Action, **kwargs: Any) -> None:
    """Nothing is linked to what is not there yet, so it is judged by itself and written once."""
    if instance._state.adding:
        somebody = bool(instance.role_id or instance.person_id)
        facts = Facts(instance.status, instance.starts_on, instance.deadline, somebody)
        instance.health, instance.health_reasons = judge(facts, instance.plan.workspace.today)


@receiver(post_save, sender=Action)
def judge_saved(instance: Action, *, created: bool, update_fields: Collection[str] | None, **kwargs: Any) -> None:
    if created:
        return
    around = [instance.pk]
    if update_fields is not None and JUDGED_BY.isdisjoint(update_fields):
        around = waiting_for(instance.pk) if NAMED_BY in update_fields else []
    judged = judge_actions(instance.plan, instance.plan.workspace.today, around) if around else {}
    if own := judged.pop(instance.pk, None):
        instance.health, instance.health_reasons = own
    instance.judged = set(judged)


@receiver(m2m_changed, sender=LINKS)
def judge_linked(instance: Action, *, action: str, pk_set: set[int] | None, **kwargs: Any) -> None:
    """Whichever end was changed; what was cleared is not named."""
    if action in {"post_add", "post_remove"} and pk_set:
        judge_actions(instance.plan, instance.plan.workspace.today, [instance.pk, *pk_set])
    elif action == "post_clear":
        judge_plan(instance.plan)


@receiver(post_save, sender=Plan)
def judge_moved(instance: Plan, *, created: bool, **kwargs: Any) -> None:
    """Its KPIs run from its first day to its last."""
    if not created:
        judge_plan(instance)


@receiver(rows_rewritten)
def judge_rewritten(plan_id: int, models: Collection[type[Model]], **kwargs: Any) -> None:
    if any(_concerns_actions(model) for model in models):
        judge_plan(Plan.objects.get(pk=plan_id))


def _concerns_actions(model: type[Model]) -> bool:
    links = (*model._meta.concrete_fields, *model._meta.many_to_many)
    return model is Action or any(field.related_model is Action for field in links)
