"""The plans a home page speaks of: those that are carried out, and apart from them the drafts, which owe nothing."""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Case, Count, F, IntegerField, OuterRef, QuerySet, Subquery, When
from django.db.models.functions import Coalesce

from accounts.models import Workspace
from plans.actions.models import Action
from plans.plan.models import Plan
from plans.plan.page import VISIT_ENDS_AFTER


@dataclass(frozen=True)
class HomePlans:
    running: list[Plan]
    drafts: list[Plan]

    @property
    def any(self) -> bool:
        return bool(self.running or self.drafts)

    @property
    def ids(self) -> list[int]:
        return [plan.pk for plan in self.running]

    def said(self, plan_id: int) -> str:
        """The name of a plan where there are several to tell apart."""
        return self.named[plan_id].name if len(self.running) > 1 else ""

    @cached_property
    def named(self) -> dict[int, Plan]:
        return {plan.pk: plan for plan in self.running}


def home_plans(workspace: Workspace, plans: QuerySet[Plan]) -> HomePlans:
    """`plans` are those the reader sees: one query."""
    found = list(plans.current().filter(workspace=workspace).order_by("starts_on", "name", "pk"))  # type: ignore[attr-defined]
    for plan in found:
        plan.workspace = workspace
    running = [plan for plan in found if plan.status == Plan.Status.ACTIVE]
    return HomePlans(running, [plan for plan in found if plan.status == Plan.Status.DRAFT])


def with_news(plans: QuerySet[Plan], user: Any, now: dt.datetime) -> QuerySet[Plan]:
    """How many actions others have changed since the reader's last visit (`changed`), and since when (`news_from`).

    As `last_visit_ended` says it of one plan.
    """
    visited: Any = plans
    visited = visited.with_visit_of(user).annotate(
        news_from=Case(
            When(visit_seen_at__lt=now - VISIT_ENDS_AFTER, then=F("visit_seen_at")), default=F("visit_since")
        )
    )
    changed = Action.objects.filter(plan=OuterRef("pk"), changed_at__gt=OuterRef("news_from")).exclude(changed_by=user)
    count = changed.order_by().values("plan").annotate(number=Count("pk")).values("number")
    return visited.annotate(changed=Coalesce(Subquery(count, output_field=IntegerField()), 0))
