"""Which actions need somebody today."""

import datetime as dt
from collections.abc import Iterable, Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from plans.actions.health import disagrees
from plans.actions.health_keeping import keep_health_current
from plans.actions.models import DUE_SOON_DAYS, Action
from plans.actions.standing import ActionFacts, ObjectiveFacts, standing
from plans.plan.attention import Attention, register_attention
from plans.plan.models import Plan

LATE, BLOCKED, DISAGREEING, AT_RISK, DUE_SOON, NOBODY, NO_ACTION = 100, 90, 58, 55, 50, 30, 20
#: The longer an action is late the more pressing it is, up to this many days.
MOST_LATE = 99
#: More actions than this without anybody are one line that leads to the table of them.
SINGLE_LINES = 3


def action_attention(plan: Plan, today: dt.date) -> list[Attention]:
    keep_health_current(plan, today)
    return attention_from(standing(plan), plan, today)


def attention_from(objectives: Iterable[ObjectiveFacts], plan: Plan, today: dt.date) -> list[Attention]:
    """For pages that know how the actions stand already. Deadlines count while a plan is carried out."""
    objectives = list(objectives)
    actions = [action for objective in objectives for action in objective.actions if action.is_open]
    running = plan.status == Plan.Status.ACTIVE
    problems = [problem for action in actions if running for problem in _problems(action, today)]
    problems += _disagreeing([action for action in actions if running], plan)
    problems += _without_anybody([action for action in actions if not action.who], plan)
    return problems + [_without_action(objective, plan) for objective in objectives if not objective.actions]


def _problems(action: ActionFacts, today: dt.date) -> Iterator[Attention]:
    """One line for an action, the worst there is to say of it."""
    days = (action.deadline - today).days if action.deadline else None
    if days is not None and days < 0:
        detail = _with_who(ngettext("%(days)d day overdue", "%(days)d days overdue", -days) % {"days": -days}, action)
        yield Attention("overdue", action.title, detail, action.url, _("New date"), LATE + min(-days, MOST_LATE))
    elif action.status == Action.Status.BLOCKED:
        yield Attention("blocked", action.title, _with_who(_("Blocked"), action), action.url, _("Unblock"), BLOCKED)
    elif action.status == Action.Status.AT_RISK:
        yield Attention("at_risk", action.title, _with_who(_("At risk"), action), action.url, _("See why"), AT_RISK)
    elif days is not None and days <= DUE_SOON_DAYS and action.status == Action.Status.NOT_STARTED:
        yield Attention("at_risk", action.title, _with_who(_soon(days), action), action.url, _("Start it"), DUE_SOON)


def _soon(days: int) -> str:
    if days == 0:
        return _("Due today, not started")
    return ngettext("Due in %(days)d day, not started", "Due in %(days)d days, not started", days) % {"days": days}


def _with_who(what: str, action: ActionFacts) -> str:
    return _("%(what)s, %(who)s") % {"what": what, "who": action.who} if action.who else what


def _disagreeing(actions: list[ActionFacts], plan: Plan) -> list[Attention]:
    """One line for all: each by itself stands here already when something is wrong with it."""
    count = sum(disagrees(action.status, action.health) for action in actions)
    if not count:
        return []
    words = ngettext(
        "%(count)d action whose status and health disagree",
        "%(count)d actions whose status and health disagree",
        count,
    )
    url = reverse("plans:actions", args=[plan.pk], query={"view": "table", "disagrees": "yes"})
    detail = (
        _("Its owner says one thing, dates and KPIs another")
        if count == 1
        else _("Owners say one thing, dates and KPIs another")
    )
    return [Attention("disagrees", words % {"count": count}, detail, url, _("Compare"), DISAGREEING)]


def _without_anybody(actions: list[ActionFacts], plan: Plan) -> list[Attention]:
    if len(actions) <= SINGLE_LINES:
        detail, verb = _("Nobody is responsible"), _("Name someone")
        return [Attention("missing", action.title, detail, action.url, verb, NOBODY) for action in actions]
    title = ngettext("%(count)d action without anybody", "%(count)d actions without anybody", len(actions))
    url = reverse("plans:actions", args=[plan.pk], query={"who": "none"})
    words = title % {"count": len(actions)}
    return [Attention("missing", words, _("Nobody is responsible"), url, _("Name people"), NOBODY)]


def _without_action(objective: ObjectiveFacts, plan: Plan) -> Attention:
    url = reverse("plans:actions", args=[plan.pk], query={"view": "table"}) + f"#group-{objective.pk}"
    return Attention("missing", objective.title, _("Objective without an action"), url, _("Add action"), NO_ACTION)


register_attention(action_attention)
