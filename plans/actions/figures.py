import datetime as dt
from typing import Any

from plans.actions.models import Action
from plans.plan.figures import count_of, register_figures


def action_figures(today: dt.date) -> dict[str, Any]:
    return {
        "actions_total": count_of(Action.objects.exclude(status=Action.Status.CANCELLED)),
        "actions_done": count_of(Action.objects.filter(status=Action.Status.DONE)),
        "actions_overdue": count_of(Action.objects.overdue(today)),
        "actions_blocked": count_of(Action.objects.filter(status=Action.Status.BLOCKED)),
    }


register_figures(action_figures)
