"""What somebody's words find, in everything she may see."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db.models import Case, QuerySet, Value, When
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from plans.find.found import Found, Group
from plans.find.kinds import MOST, Kind, kinds
from plans.plan.models import Plan
from plans.plan.steps import STEPS
from salesplan.lib.matching import Asked
from salesplan.lib.prepared import prepared

#: Plans that are looked for by name, and those among them whose rows are looked through: those changed last.
MOST_PLANS = 100
MOST_SEARCHED = 20

COMMANDS = gettext_lazy("Commands")
PLANS = gettext_lazy("Plans")
STEPS_OF_PLAN = gettext_lazy("Steps of this plan")


@prepared
def plans_to_search(user: Any, here: int) -> QuerySet[Plan]:
    """The plan one is in, then those changed last."""
    first = Case(When(pk=here, then=Value(0)), default=Value(1))
    return Plan.objects.visible_to(user).order_by(first, "-changed_at", "-pk")[:MOST_PLANS]


def search(
    asked: Asked, *, user: Any, here: Plan | None, plans: list[Plan], commands: list[Found], today: dt.date
) -> list[Group]:
    """The groups in which something was found: those where a word begins so before those where it stands within."""
    groups = [
        _best(COMMANDS, commands, asked, at_starts=True),
        _best(PLANS, [_plan(plan) for plan in plans], asked),
        _best(STEPS_OF_PLAN, steps_of(here) if here else [], asked),
    ]
    for kind in kinds():
        groups.append(_of_kind(kind, asked, user=user, here=here, plans=plans, today=today))
    return sorted((group for group in groups if group.found), key=lambda group: group.rank)


def suggestions(*, plans: list[Plan], commands: list[Found]) -> list[Group]:
    """What is offered before anything is typed."""
    groups = [Group(COMMANDS, commands[:MOST]), Group(PLANS, [_plan(plan) for plan in plans[:MOST]])]
    return [group for group in groups if group.found]


def _best(label: Any, all_found: Iterable[Found], asked: Asked, *, at_starts: bool = False) -> Group:
    ranked = [(rank, found) for found in all_found if (rank := asked.rank(found.title)) is not None]
    if at_starts:
        ranked = [(rank, found) for rank, found in ranked if rank == 0]
    ranked.sort(key=lambda pair: pair[0])
    return Group(label, [found for _rank, found in ranked[:MOST]], min((rank for rank, _found in ranked), default=0))


def _of_kind(kind: Kind, asked: Asked, *, user: Any, here: Plan | None, plans: list[Plan], today: dt.date) -> Group:
    by_id = {plan.pk: plan for plan in plans[:MOST_SEARCHED]}
    place = here.pk if here else 0
    rows = kind.rows(user, list(by_id), place, asked.anywhere, asked.at_starts) if by_id else []
    found = []
    for row in rows:
        plan = by_id[row["plan_id"]]
        notes = [kind.note(row, plan, today), "" if plan == here else _called(plan)]
        found.append(Found(row[kind.name], kind.url(row), icon=kind.icon, note=", ".join(filter(None, notes))))
    return Group(kind.label, found, asked.rank(found[0].title) or 0 if found else 0)


def _plan(plan: Plan) -> Found:
    return Found(plan.name, plan.get_absolute_url(), icon="stack-2", note=", ".join([plan.period, *_ended(plan)]))


def _called(plan: Plan) -> str:
    return ", ".join([plan.name, *_ended(plan)])


def _ended(plan: Plan) -> list[str]:
    """A plan that is over is marked wherever it is found."""
    return [] if plan.is_open else [plan.get_status_display().lower()]


def steps_of(plan: Plan) -> list[Found]:
    """The overview, and the steps with their pages."""
    found = [Found(_("Overview"), plan.get_absolute_url(), icon="layout-dashboard", keys=("G", "O"))]
    for step in STEPS:
        title = f"{step.number} {step.title}"
        found.append(Found(title, reverse(step.url_name, args=[plan.pk]), icon="list-numbers"))
        for page in step.pages:
            keys = ("G", page.go.upper()) if page.go else ()
            found.append(Found(str(page.title), reverse(page.url_name, args=[plan.pk]), icon="list-details", keys=keys))
    return found
