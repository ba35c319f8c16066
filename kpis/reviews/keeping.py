"""Minutes of a review that is closed stay as they are, whatever saves them; what becomes of a decision goes on."""

from typing import Any

from django.db.models.signals import pre_save
from django.dispatch import receiver
from django.utils.translation import gettext as _

from kpis.reviews.models import AgendaItem, Decision, Review
from salesplan.lib.refusal import Refused

#: What stands in the minutes.
MINUTES = ("text", "owner_id", "due_on")


def closed_words(review: Review) -> str:
    return _("%(review)s is closed: its minutes stay as they are. A sales director can reopen it.") % {"review": review}


@receiver(pre_save, sender=AgendaItem)
def keep_notes(instance: AgendaItem, raw: bool, **kwargs: Any) -> None:
    if not raw and not instance.review.is_open:
        raise Refused(closed_words(instance.review))


@receiver(pre_save, sender=Decision)
def keep_decisions(instance: Decision, raw: bool, **kwargs: Any) -> None:
    review = instance.item.review
    if raw or review.is_open:
        return
    before = (
        None if instance._state.adding else Decision.objects.in_plan(instance.plan_id).filter(pk=instance.pk).first()
    )
    if before is None or any(getattr(before, name) != getattr(instance, name) for name in MINUTES):
        raise Refused(closed_words(review))
