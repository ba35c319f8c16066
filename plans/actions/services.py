"""What is done to actions."""

import datetime as dt

from django.db import transaction
from django.db.models import Max

from plans.actions.changes import additions_of, say
from plans.actions.models import Action
from plans.objectives.models import Objective


@transaction.atomic
def add_action(objective: Objective, *, title: str, origin: str = "", **values) -> Action:
    """A new action at the end of its objective's group; `values` are further fields of Action."""
    last = Action.objects.filter(objective=objective).aggregate(last=Max("position"))["last"]
    position = 0 if last is None else last + 1
    action = Action(objective=objective, plan_id=objective.plan_id, title=title, origin=origin[:240], **values)
    action.position = position
    action.save()
    say(additions_of([action]), by=Action.history.model.get_default_history_user(action))
    return action


def mark_done(action: Action, *, on: dt.date) -> None:
    """Keep `status` and `done_on` together; call it before saving whenever the status may have changed."""
    if action.status != Action.Status.DONE:
        action.done_on = None
    elif action.done_on is None:
        action.done_on = on
