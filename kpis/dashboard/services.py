from typing import Any

from django.db import transaction
from django.utils import timezone

from kpis.dashboard.arrangement import NATURAL, Arrangement
from plans.plan.models import Plan
from plans.visits.services import keep_overview


def arrange_for_reader(plan: Plan, user: Any, arrangement: Arrangement | None) -> None:
    """Who arranges it as everybody has it, or not at all, follows what is arranged for everybody from then on."""
    written = str(arrangement) if arrangement else ""
    keep_overview(plan, user, "" if written == (plan.overview or str(NATURAL)) else written)


@transaction.atomic
def arrange_for_all(plan: Plan, user: Any, arrangement: Arrangement, *, before: str) -> bool:
    """`user` sees it so as well. False, and nothing done, where it is not as it was `before` any more: somebody else
    has arranged it meanwhile.
    """
    locked = Plan.objects.select_for_update().get(pk=plan.pk)
    written = "" if arrangement == NATURAL else str(arrangement)
    if locked.overview not in (before, written):
        return False
    if locked.overview != written:
        locked.overview, locked.changed_at = written, timezone.now()
        locked.version += 1
        locked.save(update_fields=["overview", "version", "changed_at"])
    keep_overview(plan, user, "")
    return True
