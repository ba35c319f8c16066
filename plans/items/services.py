import datetime as dt

from django.db import transaction

from plans.items.copying import copy_items
from plans.plan.models import Plan
from plans.plan.services import create_plan


@transaction.atomic
def duplicate_plan(plan: Plan, *, name: str, starts_on: dt.date, owner) -> Plan:
    """The same intentions in a new period: every date keeps its distance from the first day.

    The copy is a draft as long as the original; what happened (readings, money spent) stays behind. Its budget is
    planned as the original's was adjusted.
    """
    copy = create_plan(
        workspace=plan.workspace,
        owner=owner,
        name=name,
        starts_on=starts_on,
        ends_on=_last_day(plan, starts_on),
        aim=plan.aim,
        currency=plan.currency,
        ambition=plan.ambition,
        template_key=plan.template_key,
        overview=plan.overview,
    )
    # The copied profile takes the place of the one every new plan begins with.
    copy.companyprofile_set.all().delete()
    copy_items(plan, copy, shift=starts_on - plan.starts_on)
    return copy


def _last_day(plan: Plan, starts_on: dt.date) -> dt.date:
    """A plan of whole years stays one: 2026 copied to 2028 ends on 31 December, leap day or not."""
    after = plan.ends_on + dt.timedelta(days=1)
    if (after.month, after.day) == (plan.starts_on.month, plan.starts_on.day) and starts_on.day <= 28:
        return starts_on.replace(year=starts_on.year + after.year - plan.starts_on.year) - dt.timedelta(days=1)
    return starts_on + (plan.ends_on - plan.starts_on)
