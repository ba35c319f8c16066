"""The list of alerts, the same for a plan and for a company."""

import datetime as dt
from typing import Any

from kpis.alerts.cards import cards_of
from kpis.alerts.models import Alert, AlertQuerySet, Judging
from kpis.alerts.queries import MOST, STATES, Wanted, counts_of, people_of
from kpis.alerts.rules import all_rules
from plans.plan.models import Plan
from salesplan.lib.htmx import HtmxHttpRequest
from salesplan.lib.pieces import piece_of


def listing_of(
    request: HtmxHttpRequest, alerts: AlertQuerySet, *, today: dt.date, plan: Plan | None = None, role: str = ""
) -> dict[str, Any]:
    """What of `alerts` the address asks for. Without a plan they come with theirs, and `role` is the reader's."""
    wanted = Wanted.read(request.GET)
    found = wanted.shown(alerts, request.user)
    editable = plan.lets(plan.my_role, Alert) if plan else role in Alert.WRITERS
    shown = piece_of(found, request, rest="alert-rest")
    counts = counts_of(wanted.narrowed(alerts, request.user))
    judging = Judging.objects.filter(plan=plan).first() if plan else None
    looked_at = judging.looked_at if judging else {}
    return {
        "plan": plan,
        "wanted": wanted,
        "shown": shown,
        "cards": cards_of(shown.rows, today=today, editable=editable, plan=plan),
        "tabs": [(state, Alert.State(state).label, counts[state]) for state in STATES],
        "rules": all_rules(),
        "people": people_of(alerts.uncleared()),
        "judging": judging,
        "looked": [(rule, looked_at[rule.key]) for rule in all_rules() if rule.key in looked_at],
        "editable": editable,
        "beyond": max(counts[wanted.state] - MOST, 0),
        "today": today,
    }
