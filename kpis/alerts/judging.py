"""Alerts are raised, kept up to date and cleared: by the worker, plan by plan, whenever a plan's clock has ticked.

Doing it again changes nothing. The plan is locked meanwhile, so of two workers the second finds all done; that one
alert is open for a rule and a subject is the database's to hold.
"""

import datetime as dt
import logging
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import F, Q, QuerySet

from kpis.alerts.facts import PlanFacts
from kpis.alerts.models import Alert, Judging, SilentRule
from kpis.alerts.rules import Finding, Rule, all_rules, rule_named
from kpis.alerts.telling import tell_of
from plans.plan.models import Plan

#: A snoozed alert comes back before its day when it is half as bad again as when it was laid aside.
WORSE = Decimal("1.5")
CENT = Decimal("0.01")
UPDATED = ("weight", "level", "figures", "since", "state", "snoozed_until", "snoozed_level", "returns", "note")

type Key = tuple[str, str]

log = logging.getLogger(__name__)


def judge_all(now: dt.datetime) -> None:
    """Every plan that is carried out and has changed since, or whose company has another day by now.

    What cannot be judged is said in the log, and keeps no other plan from it.
    """
    drop_of_plans_at_rest(now)
    for plan in _waiting(now):
        try:
            judge_alerts(plan.pk, now=now)
        except Exception:
            log.exception("The alerts of plan %s could not be judged", plan.pk)


def _waiting(now: dt.datetime) -> list[Plan]:
    active = Plan.objects.filter(status=Plan.Status.ACTIVE).select_related("workspace")
    rows: QuerySet[Any] = active.annotate(clock=F("judging__clock"), day=F("judging__day")).order_by("pk")
    return [
        plan for plan in rows if plan.clock != plan.changed_at or plan.day != now.astimezone(plan.workspace.zone).date()
    ]


def drop_of_plans_at_rest(now: dt.datetime) -> None:
    """Nobody is alerted for a plan that is not carried out."""
    resting = Alert.objects.uncleared().exclude(plan__status=Plan.Status.ACTIVE)
    plans = set(resting.values_list("plan", flat=True))
    drop(resting, now)
    for plan in Plan.objects.filter(pk__in=plans):
        plan.touch()


def drop(alerts, now: dt.datetime) -> None:
    """They end without a word on whether their rule was right."""
    alerts.update(
        state=Alert.State.CLEARED,
        outcome=Alert.Outcome.DROPPED,
        cleared_at=now,
        snoozed_until=None,
        snoozed_level=None,
    )


@dataclass
class Judged:
    """What a judging has changed: alerts that are new, and those that are back from a snooze."""

    raised: list[Alert] = field(default_factory=list)
    returned: list[Alert] = field(default_factory=list)
    cleared: list[Alert] = field(default_factory=list)


@transaction.atomic
def judge_alerts(plan_id: int, *, now: dt.datetime, tell: bool = True) -> Judged:
    """Of a plan that is carried out; of any other nothing is found. Who it concerns is told, unless `tell` says no."""
    plan = Plan.objects.select_for_update(of=("self",)).select_related("workspace").get(pk=plan_id)
    if plan.status != Plan.Status.ACTIVE:
        return Judged()
    today = now.astimezone(plan.workspace.zone).date()
    findings, looked_at = _look(PlanFacts(plan, today))
    judged = _compare(plan, findings, today, now)
    _clear(judged.cleared, now, looked_at)
    if judged.raised or judged.returned or judged.cleared:
        plan.touch()
        plan.refresh_from_db(fields=["changed_at"])
    Judging.objects.update_or_create(
        plan=plan, defaults={"clock": plan.changed_at, "day": today, "judged_at": now, "looked_at": looked_at}
    )
    if tell:
        tell_of(plan, judged.raised, judged.returned, now=now)
    return judged


def _look(facts: PlanFacts) -> tuple[dict[Key, Finding], dict[str, int]]:
    silent = silent_rules(facts.plan)
    findings: dict[Key, Finding] = {}
    looked_at: dict[str, int] = {}
    for rule in all_rules():
        if rule.key in silent:
            continue
        found = rule.judge(facts)
        looked_at[rule.key] = found.looked_at
        findings |= {(rule.key, finding.subject): finding for finding in found.findings}
    return findings, looked_at


def silent_rules(plan: Plan) -> set[str]:
    """Those that are switched off for the plan, or for all of its company."""
    off = SilentRule.objects.filter(Q(plan=plan) | Q(plan=None), workspace=plan.workspace_id)
    return set(off.values_list("rule", flat=True))


def _compare(plan: Plan, findings: Mapping[Key, Finding], today: dt.date, now: dt.datetime) -> Judged:
    judged = Judged()
    known = {(alert.rule, alert.subject): alert for alert in Alert.objects.uncleared().filter(plan=plan)}
    for alert in known.values():
        alert.plan = plan
    changed = []
    for key, alert in known.items():
        finding = findings.get(key)
        if finding is None:
            judged.cleared.append(alert)
            continue
        before = [getattr(alert, name) for name in UPDATED]
        _describe(alert, finding)
        if _is_back(alert, today):
            judged.returned.append(alert)
        if before != [getattr(alert, name) for name in UPDATED]:
            changed.append(alert)
    Alert.objects.bulk_update(changed, UPDATED, batch_size=200)
    judged.raised = _raise(plan, {key: findings[key] for key in findings if key not in known}, today, now)
    here = {key: alert for key, alert in known.items() if key in findings}
    _link({**here, **{(alert.rule, alert.subject): alert for alert in judged.raised}}, findings)
    return judged


def _describe(alert: Alert, finding: Finding) -> None:
    rule = rule_named(alert.rule)
    alert.weight = (rule.weight if rule else 0) + finding.heavier
    alert.level = finding.level.quantize(CENT)
    alert.figures = finding.figures
    alert.since = finding.since or alert.since


def _is_back(alert: Alert, today: dt.date) -> bool:
    """Its day has come, or it is worse by half than it was; it wakes up."""
    if alert.state != Alert.State.SNOOZED or alert.snoozed_until is None:
        return False
    if alert.snoozed_until > today and alert.level < (alert.snoozed_level or Decimal(0)) * WORSE:
        return False
    alert.state, alert.snoozed_until, alert.snoozed_level, alert.note = Alert.State.OPEN, None, None, ""
    alert.returns += 1
    return True


def _raise(plan: Plan, findings: Mapping[Key, Finding], today: dt.date, now: dt.datetime) -> list[Alert]:
    alerts = []
    for (key, subject), finding in findings.items():
        alert = Alert(plan=plan, rule=key, subject=subject, since=today, raised_at=now)
        _describe(alert, finding)
        alerts.append(alert)
    return Alert.objects.bulk_create(alerts, batch_size=200)


def _link(alerts: Mapping[Key, Alert], findings: Mapping[Key, Finding]) -> None:
    """Whom each concerns, as far as it is not so already."""
    through = Alert.people.through
    wanted = {(alert.pk, user) for key, alert in alerts.items() for user in findings[key].people}
    ids = [alert.pk for alert in alerts.values()]
    there = {(row.alert_id, row.user_id): row.pk for row in through.objects.filter(alert__in=ids)} if ids else {}
    gone = [pk for pair, pk in there.items() if pair not in wanted]
    if gone:
        through.objects.filter(pk__in=gone).delete()
    new = [through(alert_id=alert, user_id=user) for alert, user in sorted(wanted - there.keys())]
    through.objects.bulk_create(new, ignore_conflicts=True, batch_size=500)


def _clear(alerts: Iterable[Alert], now: dt.datetime, rules: Collection[str]) -> None:
    """`rules` are those that have looked: what another one has raised ends without a word."""
    for alert in alerts:
        rule = rule_named(alert.rule) if alert.rule in rules else None
        alert.outcome = _outcome(alert, rule, now) if rule else Alert.Outcome.DROPPED
        alert.state, alert.cleared_at, alert.snoozed_until, alert.snoozed_level = Alert.State.CLEARED, now, None, None
    fields = ["state", "outcome", "cleared_at", "snoozed_until", "snoozed_level"]
    Alert.objects.bulk_update(list(alerts), fields, batch_size=200)


def _outcome(alert: Alert, rule: Rule, now: dt.datetime) -> str:
    """Acted upon, when somebody changed meanwhile what bears on it."""
    if alert.state == Alert.State.FALSE:
        return Alert.Outcome.FALSE
    during = {"history_date__gte": alert.raised_at, "history_date__lte": now}
    acted = any(deeds.filter(**during).exists() for deeds in rule.deeds(alert))
    return Alert.Outcome.ACTED if acted else Alert.Outcome.ITSELF
