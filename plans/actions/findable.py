import datetime as dt
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from plans.actions.models import Action
from plans.find.commands import register_adding
from plans.find.kinds import Kind, register_kind
from plans.plan.models import Plan


def _standing(row: dict[str, Any], plan: Plan, today: dt.date) -> str:
    """Its status; of one that is late, that."""
    late = row["deadline"] and row["deadline"] < today and row["status"] not in Action.CLOSED_STATUSES
    return gettext("Overdue") if late else str(Action.Status(row["status"]).label)


register_kind(
    Kind(
        label=_("Actions"),
        icon="list-check",
        model=Action,
        url=lambda row: reverse("plans:action_detail", args=[row["pk"]]),
        name="title",
        fields=("status", "deadline"),
        note=_standing,
    )
)
register_adding(_("Add action"), "plans:actions", Action, often=True)
