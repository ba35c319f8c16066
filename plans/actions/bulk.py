"""One change of several actions at once: all of them or none, and taken back as a whole."""

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from plans.actions.models import Action, BulkChange
from plans.actions.names import named
from plans.actions.services import mark_done
from plans.actions.writing import Writing
from plans.history.causes import TOGETHER
from plans.items.bin import bin_items
from plans.items.copying import duplicate_items
from plans.items.models import BinnedItem
from plans.objectives.models import Objective
from plans.plan.models import Plan
from salesplan.lib.forms import EARLIEST, LATEST
from salesplan.lib.workdays import move_by_working_days

#: What is changed, and so restored, together.
FIELDS = (
    ("title",),
    ("status", "done_on"),
    ("role_id", "person_id"),
    ("starts_on",),
    ("deadline",),
    ("objective_id", "position"),
    ("kind",),
    ("priority",),
    ("effort",),
)
#: What is set as it was given.
SIMPLE = ("status", "deadline", "kind", "priority", "effort")


class Refused(Exception):
    """Nothing was changed; `reasons` say why, and name the actions."""

    def __init__(self, *reasons: str):
        super().__init__(*reasons)
        self.reasons = reasons


@dataclass
class Values:
    """What to set in every action; None leaves it as it is."""

    status: str | None = None
    #: A role's id and a person's, one of them None; both for nobody.
    responsible: tuple[int | None, int | None] | None = None
    deadline: dt.date | None = None
    #: By how many working days to move the deadline.
    shift: int | None = None
    objective: Objective | None = None
    kind: str | None = None
    priority: int | None = None
    effort: Decimal | None = None


def actions_to_change(plan: Plan, ids: Sequence[int], user: Any) -> list[Action]:
    """The actions, locked, in the order of the table; Refused when one of them is not here to be changed."""
    rows = Action.objects.editable_by(user).in_plan(plan).filter(pk__in=ids).select_for_update(of=("self",))
    actions = list(rows.select_related("objective").order_by("objective__position", "objective_id", "position", "pk"))
    if reasons := list(why_missing(plan, set(ids) - {action.pk for action in actions}, user)):
        raise Refused(*reasons)
    return actions


def why_missing(plan: Plan, ids: set[int], user: Any) -> Iterable[str]:
    """Of what she may see she is told the names; of the rest just that it is not here."""
    if not ids:
        return
    deleted = dict(Action.history.filter(plan_id=plan.pk, id__in=ids).order_by("history_id").values_list("id", "title"))
    elsewhere = dict(Action.objects.visible_to(user).filter(pk__in=ids - set(deleted)).values_list("pk", "title"))
    if deleted:
        yield _("Deleted meanwhile: %(names)s.") % {"names": named(sorted(deleted.values()))}
    if elsewhere:
        yield _("Not in this plan: %(names)s.") % {"names": named(sorted(elsewhere.values()))}
    if unknown := len(ids) - len(deleted) - len(elsewhere):
        words = ngettext("%(count)d of them does not exist.", "%(count)d of them do not exist.", unknown)
        yield words % {"count": unknown}


# Changing


@transaction.atomic
def change_actions(plan: Plan, actions: Sequence[Action], values: Values, *, by: Any, uid: uuid.UUID) -> BulkChange:
    """Set the values in all of them. An action that has them already, or no deadline to move, stays as it is."""
    before = states_of(actions)
    _set_values(plan, actions, values)
    return keep_changes(plan, actions, before, by=by, uid=uid)


@transaction.atomic
def keep_changes(
    plan: Plan,
    actions: Sequence[Action],
    before: Mapping[int, dict[str, Any]],
    *,
    by: Any,
    uid: uuid.UUID,
    cause: str = TOGETHER,
) -> BulkChange:
    """Save the actions, whose fields are set already; `before` is what `states_of` gave before they were."""
    _check_dates(actions)
    changed = [action for action in actions if state_of(action) != before[action.pk]]
    save_actions(plan, changed, by=by, cause=cause)
    payload = {"values": {action.pk: _changes(before[action.pk], state_of(action)) for action in changed}}
    return BulkChange.objects.create(plan=plan, uid=uid, payload=payload)


def _set_values(plan: Plan, actions: Sequence[Action], values: Values) -> None:
    today = timezone.localdate()
    simple = {name: value for name in SIMPLE if (value := getattr(values, name)) is not None}
    for action in actions:
        for name, value in simple.items():
            setattr(action, name, value)
        if values.responsible:
            action.role_id, action.person_id = values.responsible
        mark_done(action, on=today)
    if values.shift:
        _shift(actions, values.shift, plan.workspace.country)
    if values.objective:
        _move_to(values.objective, actions)


def _shift(actions: Sequence[Action], number: int, country: str) -> None:
    """Of a deadline no calendar reaches it names the action."""
    beyond = []
    for action in actions:
        if action.deadline:
            try:
                action.deadline = move_by_working_days(action.deadline, number, country)
            except OverflowError:
                beyond.append(action.title)
    if beyond:
        raise Refused(_("There is no such day for %(names)s.") % {"names": named(beyond)})


def _move_to(objective: Objective, actions: Sequence[Action]) -> None:
    """To the end of the objective's group, in the order they stood in."""
    last = Action.objects.filter(objective=objective).aggregate(last=Max("position"))["last"]
    position = -1 if last is None else last
    for action in actions:
        if action.objective_id != objective.pk:
            position += 1
            action.objective, action.position = objective, position


def _check_dates(actions: Iterable[Action]) -> None:
    dated = [(action, action.deadline) for action in actions if action.deadline]
    early = [action.title for action, deadline in dated if action.starts_on and deadline < action.starts_on]
    far = [action.title for action, deadline in dated if not EARLIEST <= deadline <= LATEST]
    reasons = []
    if early:
        reasons.append(_("The deadline would come before the start of %(names)s.") % {"names": named(early)})
    if far:
        reasons.append(_("The deadline would not lie from 1900 to 2199 for %(names)s.") % {"names": named(far)})
    if reasons:
        raise Refused(*reasons)


def states_of(actions: Iterable[Action]) -> dict[int, dict[str, Any]]:
    return {action.pk: state_of(action) for action in actions}


def state_of(action: Action) -> dict[str, Any]:
    return {name: getattr(action, name) for names in FIELDS for name in names}


def _changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, list[Any]]:
    return {name: [before[name], value] for name, value in after.items() if value != before[name]}


def save_actions(plan: Plan, actions: Sequence[Action], *, by: Any, cause: str) -> None:
    if actions:
        writing = Writing(plan, by=by, cause=cause)
        writing.change(actions)
        writing.follow_up([action.pk for action in actions])


# Duplicating and deleting


@transaction.atomic
def duplicate_actions(plan: Plan, actions: Sequence[Action], *, uid: uuid.UUID) -> BulkChange:
    """Each copy stands right after what it is a copy of."""
    copies: Any = duplicate_items(actions, fixed={"plan": plan})
    after = dict(zip((action.pk for action in actions), copies, strict=True))
    rows = Action.objects.filter(objective__in={action.objective_id for action in actions})
    siblings = rows.exclude(pk__in=[copy.pk for copy in copies]).order_by("objective_id", "position", "pk")
    moved = []
    for _objective, group in groupby(siblings, key=lambda action: action.objective_id):
        order = [each for action in group for each in (action, after.get(action.pk)) if each]
        for position, action in enumerate(order):
            if action.position != position:
                action.position = position
                moved.append(action)
    Action.objects.bulk_update(moved, ["position"])
    return BulkChange.objects.create(
        plan=plan, uid=uid, payload={"added": [[copy.pk, copy.version] for copy in copies]}
    )


@transaction.atomic
def delete_actions(plan: Plan, actions: Sequence[Action], *, by: Any, uid: uuid.UUID, url: str) -> BulkChange:
    """To the bin, from where they come back together."""
    binned = bin_actions(actions, by=by, url=url)
    return BulkChange.objects.create(plan=plan, uid=uid, payload={"binned": binned.pk, "count": len(actions)})


def bin_actions(actions: Sequence[Action], *, by: Any, url: str = "") -> BinnedItem:
    return bin_items(actions, by=by, label=named([action.title for action in actions]), url=url)
