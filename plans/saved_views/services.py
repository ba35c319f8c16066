"""What is done with saved views."""

from django.db import transaction

from accounts.models import User
from plans.saved_views.models import DefaultView, SavedView


@transaction.atomic
def choose_default(view: SavedView, *, by: User) -> None:
    """From now on `by` opens the plan's actions with it."""
    DefaultView.objects.update_or_create(plan=view.plan, user=by, defaults={"view": view})
    view.plan.touch()


@transaction.atomic
def leave_default(view: SavedView, *, by: User) -> None:
    """From now on `by` opens the plan's actions with all of them, if it was with this view."""
    DefaultView.objects.filter(view=view, user=by).delete()
    view.plan.touch()


@transaction.atomic
def delete_view(view: SavedView) -> None:
    view.delete()
    view.plan.touch()
