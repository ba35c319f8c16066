"""The open actions of all plans that are carried out, as plain facts: one query."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from kpis.dashboard.attention import MOST, Line, Some
from kpis.home.lines import joined, lines_of
from kpis.home.plans import HomePlans
from plans.actions.health import disagrees
from plans.actions.health_words import reason_words
from plans.actions.models import Action
from plans.actions.responsible import responsible
from plans.actions.standing import ACTION, ActionFacts
from plans.plan.attention import Attention

ORDER: dict[str, int] = {Action.Health.OFF_TRACK: 3, Action.Health.AT_RISK: 2, Action.Health.ON_TRACK: 1}
PLAIN = ("pk", "title", "status", "starts_on", "deadline", "effort", "health")


@dataclass(frozen=True, slots=True)
class OpenAction:
    facts: ActionFacts
    plan_id: int
    health_reasons: list[dict[str, Any]]


def open_actions(plans: HomePlans) -> list[OpenAction]:
    rows = Action.objects.filter(plan__in=plans.ids).still_open().order_by("plan", "position", "pk")
    return [_action(row) for row in rows.values(*ACTION, "plan_id", "health_reasons")]


def _action(row: dict[str, Any]) -> OpenAction:
    who, _role = responsible(row)
    facts = ActionFacts(**{name: row[name] for name in PLAIN}, who=who, answers=row)
    return OpenAction(facts, row["plan_id"], row["health_reasons"])


def disagreements(actions: list[OpenAction], plans: HomePlans, today: dt.date) -> Some[Line]:
    """Where what is said of an action is not what its dates and KPIs say; what is off track before what is at risk."""
    found = [one for one in actions if disagrees(one.facts.status, one.facts.health)]
    found.sort(key=lambda one: -ORDER.get(one.facts.health, 0))
    return lines_of([_disagreement(one, plans, today) for one in found[:MOST]], count=len(found))


def _disagreement(one: OpenAction, plans: HomePlans, today: dt.date) -> Attention:
    facts = one.facts
    said = str(Action.Status(facts.status).label).lower()
    computed = str(Action.Health(facts.health).label).lower()
    words = _("Said: %(said)s. Computed: %(computed)s") % {"said": said, "computed": computed}
    why = [capfirst(reason_words(reason, today)) for reason in one.health_reasons[:1]]
    detail = joined(". ".join([words, *why]), facts.who, plans.said(one.plan_id))
    return Attention("disagrees", facts.title, detail, facts.url, _("See why"), ORDER.get(facts.health, 0))
