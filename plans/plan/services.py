"""What is done to whole plans."""

import datetime as dt

from django.db import models, transaction
from django.utils import timezone

from accounts.models import User, Workspace
from plans.plan.models import Aim, CompanyProfile, Plan
from plans.plan.queries import item_models


@transaction.atomic
def create_plan(
    *,
    workspace: Workspace,
    owner: User | None,
    name: str,
    starts_on: dt.date,
    ends_on: dt.date,
    aim: str = Aim.SALES,
    currency: str = "",
    ambition: str = "",
    template_key: str = "",
    overview: str = "",
) -> Plan:
    """An empty draft. Rooms that start with rows of their own (the seven stages) make them when first opened."""
    plan = Plan.objects.create(
        workspace=workspace,
        owner=owner,
        name=name,
        starts_on=starts_on,
        ends_on=ends_on,
        aim=aim,
        currency=currency or workspace.currency,
        ambition=ambition,
        template_key=template_key,
        overview=overview,
    )
    CompanyProfile.objects.create(plan=plan, company_name=workspace.name)
    return plan


@transaction.atomic
def delete_plan(plan: Plan) -> None:
    """With everything in it, for good. Rows that protect others (money spent protects its line) go first."""
    for model in item_models():
        if any(field.remote_field.on_delete is models.PROTECT for field in model._meta.fields if field.remote_field):
            model.objects.filter(plan=plan).delete()
    plan.delete()


#: What each status may become.
TRANSITIONS: dict[str, tuple[str, ...]] = {
    Plan.Status.DRAFT: (Plan.Status.ACTIVE, Plan.Status.ARCHIVED),
    Plan.Status.ACTIVE: (Plan.Status.DRAFT, Plan.Status.CLOSED),
    Plan.Status.CLOSED: (Plan.Status.ACTIVE, Plan.Status.ARCHIVED),
    Plan.Status.ARCHIVED: (Plan.Status.CLOSED,),
}


def change_status(plan: Plan, *, to: str, by: User | None = None) -> bool:
    """Move the plan to another status; False when that step is not allowed from where it is now.

    To begin with it is to approve it.
    """
    if to not in TRANSITIONS[plan.status]:
        return False
    plan.status = to
    plan.version += 1
    plan.changed_at = timezone.now()
    if to == Plan.Status.ACTIVE and plan.approved_at is None:
        plan.approved_at, plan.approved_by = plan.changed_at, by
    plan.save(update_fields=["status", "version", "changed_at", "approved_at", "approved_by"])
    return True
