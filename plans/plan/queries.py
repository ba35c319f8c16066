"""Questions about whole plans."""

import datetime as dt

from django.apps import apps
from django.db.models import Count, Q
from django.utils import timezone

from accounts.models import Workspace
from plans.plan.completeness import Completeness, completeness_of_all
from plans.plan.figures import figures_on
from plans.plan.models import Plan, PlanItem

#: What the tabs of the list are called in its address, and which plans stand under each.
TABS = {
    "open": Plan.OPEN_STATUSES,
    "closed": (Plan.Status.CLOSED,),
    "archived": (Plan.Status.ARCHIVED,),
}
#: Open plans in execution before drafts, as the year goes; those that are over from the newest back.
ORDER = {
    "open": ("status", "starts_on", "name"),
    "closed": ("-starts_on", "name"),
    "archived": ("-starts_on", "name"),
}


def item_models() -> list[type[PlanItem]]:
    """Every kind of item a plan can have."""
    return [model for model in apps.get_models() if issubclass(model, PlanItem)]


def tab_counts(workspace: Workspace, user) -> dict[str, int]:
    counts = {tab: Count("pk", filter=Q(status__in=statuses)) for tab, statuses in TABS.items()}
    return Plan.objects.visible_to(user).filter(workspace=workspace).aggregate(**counts)


def plans_with_figures(workspace: Workspace, user, *, tab: str, today: dt.date) -> list[tuple[Plan, Completeness]]:
    """The plans of one tab, each with its figures of `today` and how complete its steps are."""
    plans = list(
        Plan.objects.visible_to(user)
        .filter(workspace=workspace, status__in=TABS[tab])
        .select_related("owner")
        .annotate(**figures_on(today))
        .order_by(*ORDER[tab])
    )
    completeness = completeness_of_all(plans)
    return [(plan, completeness[plan.pk]) for plan in plans]


def just_made(workspace: Workspace, user, **fields) -> Plan | None:
    """The plan this very form has made a moment ago, when it is sent twice."""
    lately = timezone.now() - dt.timedelta(minutes=1)
    return Plan.objects.filter(workspace=workspace, owner=user, created_at__gte=lately, **fields).first()
