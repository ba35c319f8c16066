"""The saved views of a plan, as one reader sees them."""

from accounts.models import User
from plans.plan.models import Plan
from plans.saved_views.models import SavedView
from salesplan.lib.memory import memory

KEPT_SECONDS = 24 * 3600


def views_of(plan: Plan, reader: User) -> list[SavedView]:
    """Her own and the shared ones, by name; kept until the plan's clock ticks. The plan knows her role."""
    key, stamp = f"saved-views-{plan.pk}-{reader.pk}", (plan.changed_at, plan.my_role)
    kept_stamp, views = memory.get(key, (None, []))
    if kept_stamp != stamp:
        views = list(SavedView.objects.in_plan(plan).visible_to(reader).with_default_of(reader))
        for view in views:
            view.may_be_changed = view.is_changed_by(reader, role=plan.my_role)
        memory.set(key, (stamp, views), KEPT_SECONDS)
    return views


def default_view(plan: Plan, reader: User) -> SavedView | None:
    return next((view for view in views_of(plan, reader) if view.is_default), None)
