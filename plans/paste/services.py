"""What a block of cells changes is written, all at once."""

import datetime as dt
import uuid
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import Max

from plans.actions.bulk import keep_changes, states_of
from plans.actions.models import Action, BulkChange
from plans.actions.services import mark_done
from plans.actions.writing import Writing
from plans.history.causes import PASTED
from plans.objectives.models import Objective
from plans.paste.proposals import Proposal
from plans.plan.models import Plan


def wait_for_others(plan: Plan) -> None:
    """Two who paste over the same rows, or one whose request was sent twice, come one after the other."""
    Plan.objects.select_for_update().get(pk=plan.pk)


@transaction.atomic
def carry_out(
    plan: Plan, proposal: Proposal, *, objective: Objective | None, by: Any, uid: uuid.UUID, today: dt.date
) -> BulkChange:
    """One bulk change, so that it is taken back as a whole; new actions come to the end of the objective."""
    actions = [line.action for line in proposal.changed if line.action]
    before = states_of(actions)
    for line in proposal.changed:
        if line.action:
            _set(line.action, line.values, today)
    change = keep_changes(plan, actions, before, by=by, uid=uid, cause=PASTED)
    if objective and proposal.added:
        writing = Writing(plan, by=by, cause=PASTED)
        change.payload["added"] = writing.add(_new(objective, [line.values for line in proposal.added], today))
        change.save(update_fields=["payload"])
        writing.follow_up([pk for pk, _version in change.payload["added"]])
    return change


def _new(objective: Objective, rows: Sequence[dict[str, Any]], today: dt.date) -> list[Action]:
    last = Action.objects.filter(objective=objective).aggregate(last=Max("position"))["last"]
    first = 0 if last is None else last + 1
    actions = [
        Action(plan_id=objective.plan_id, objective=objective, position=position)
        for position in range(first, first + len(rows))
    ]
    for action, values in zip(actions, rows, strict=True):
        _set(action, values, today)
    return actions


def _set(action: Action, values: dict[str, Any], today: dt.date) -> None:
    for name, value in values.items():
        setattr(action, name, value)
    mark_done(action, on=today)
