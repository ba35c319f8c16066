"""How a point of the SWOT, or a move made from two of them, becomes an action."""

from django.db import transaction
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from accounts.models import User
from analysis.swot.models import Evidence, SwotItem, TowsStrategy
from plans.actions.models import TITLE_LENGTH, Action
from plans.actions.services import add_action
from plans.objectives.models import Objective
from plans.plan.models import Plan


def title_for(item: SwotItem | TowsStrategy) -> str:
    """What the action is called unless one says otherwise."""
    return Truncator(str(item)).chars(TITLE_LENGTH)


@transaction.atomic
def make_priority(item: SwotItem, *, objective: Objective, by: User, title: str = "") -> Action:
    """An action that answers the point and remembers it. Asked for twice, there is one."""
    title = title or title_for(item)
    origin = f"{item.get_quadrant_display()}: {item.text}"
    action = item.actions.filter(objective=objective, title=title).first()
    return action or _answer(item, _add(objective, title=title, origin=origin, by=by), by=by)


@transaction.atomic
def add_move(move: TowsStrategy, *, objective: Objective, by: User, title: str = "") -> Action:
    """An action from a TOWS move; it answers both points the move was made from. Asked for twice, there is one."""
    if move.action:
        return move.action
    crossed = f"{move.internal.get_quadrant_display()} + {move.external.get_quadrant_display()}"
    origin = f"{crossed}: {move.internal.text} × {move.external.text}"
    move.action = _add(objective, title=title or title_for(move), origin=origin, by=by, description=move.reasoning)
    move._history_user = by
    move.save()
    for point in (move.internal, move.external):
        _answer(point, move.action, by=by)
    return move.action


def _add(objective: Objective, *, title: str, origin: str, by: User, **values) -> Action:
    action = add_action(objective, title=title, origin=Truncator(origin).chars(240), **values)
    action.history.update(history_user=by)
    return action


def _answer(point: SwotItem, action: Action, *, by: User) -> Action:
    """Linking does not save the point: saving it counts its version up and writes its history."""
    point.actions.add(action)
    point._history_user = by
    point.save()
    return action


@transaction.atomic
def add_swot_example(plan: Plan) -> None:
    """A point in each quadrant and a move from two of them, to be written over; nothing where points are already."""
    if SwotItem.objects.in_plan(plan).exists():
        return
    points = {quadrant: SwotItem.objects.create(plan=plan, quadrant=quadrant, **row) for quadrant, row in _points()}
    Evidence.objects.create(item=points["strength"], source=_("Service log of last year"))
    Evidence.objects.create(item=points["weakness"], source=_("Quote log, n = 312"))
    TowsStrategy.objects.create(
        plan=plan,
        title=_("Offer a fixed-price readiness audit"),
        reasoning=_("A two-day audit as the entry product of mid-size firms."),
        internal=points["strength"],
        external=points["opportunity"],
    )


def _points() -> list[tuple[str, dict]]:
    quadrants, weights = SwotItem.Quadrant, SwotItem.Weight
    return [
        (quadrants.STRENGTH, {"text": _("Engineers on site within 24 hours"), "weight": weights.DECISIVE}),
        (quadrants.WEAKNESS, {"text": _("Quotes take five days on average")}),
        (quadrants.OPPORTUNITY, {"text": _("New security rules create demand for audits")}),
        (quadrants.THREAT, {"text": _("The market leader cut its entry price by 12%"), "weight": weights.MINOR}),
    ]
