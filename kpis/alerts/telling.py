"""Whom an alert concerns is told once it is raised, and again when it is back from a snooze."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence

from accounts.models import Membership
from accounts.roles import STEERERS
from kpis.alerts.models import Alert
from plans.notices.models import Kind, Notice
from plans.notices.telling import Listener, deliver, listeners_among
from plans.plan.models import Plan

#: More at once are one notice that says how many.
SINGLE = 5


def tell_of(plan: Plan, raised: Sequence[Alert], returned: Sequence[Alert], *, now: dt.datetime) -> None:
    news = [*raised, *returned]
    if not news:
        return
    heard: dict[int, tuple[Listener, list[Alert]]] = {}
    for alert, listeners in _listeners(plan, news):
        for listener in listeners:
            heard.setdefault(listener.member, (listener, []))[1].append(alert)
    deliver(notice for listener, alerts in heard.values() for notice in _notices(listener, plan, alerts, now))


def _listeners(plan: Plan, alerts: Sequence[Alert]) -> list[tuple[Alert, list[Listener]]]:
    """Whom it concerns, as far as they are in the company; where there is nobody, those who steer."""
    people = defaultdict(set)
    for concerned, user in Alert.people.through.objects.filter(alert__in=alerts).values_list("alert", "user"):
        people[concerned].add(user)
    members = Membership.objects.filter(workspace=plan.workspace_id)
    known = listeners_among(members.filter(user__in=set().union(*people.values())))
    steering: list[Listener] | None = None
    found = []
    for alert in alerts:
        hers = [listener for listener in known if listener.user in people[alert.pk]]
        if not hers:
            steering = listeners_among(members.filter(role__in=sorted(STEERERS))) if steering is None else steering
            hers = steering
        found.append((alert, hers))
    return found


def _notices(listener: Listener, plan: Plan, alerts: list[Alert], now: dt.datetime) -> list[Notice | None]:
    about = {"plan": plan, "made_at": now}
    if len(alerts) > SINGLE:
        details = {"many": len(alerts)}
        return [listener.notice(Kind.ALERT, key=f"{plan.pk}-{now:%Y%m%d%H%M%S}", details=details, **about)]
    return [
        listener.notice(Kind.ALERT, key=f"{alert.pk}.{alert.returns}", details=_details(alert), **about)
        for alert in alerts
    ]


def _details(alert: Alert) -> dict:
    """As the alert was then: the notice stays true when that has moved on."""
    return {
        "alert": alert.pk,
        "rule": alert.rule,
        "subject": alert.subject,
        "figures": alert.figures,
        "back": alert.returns > 0,
    }
