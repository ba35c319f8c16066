"""What people do with alerts and rules. The plan is locked first, as judging does: neither undoes the other."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User, Workspace
from kpis.alerts.judging import drop
from kpis.alerts.models import Alert, SilentRule
from plans.plan.models import Plan


def hold(alert: Alert) -> None:
    """Nobody else judges or settles it until the end of the transaction; it is as it stands now."""
    Plan.objects.select_for_update(of=("self",)).get(pk=alert.plan_id)
    alert.refresh_from_db(fields=["state", "snoozed_until", "level", "note", "version", "settled_by", "cleared_at"])


def snooze(alert: Alert, *, until: dt.date, note: str, by: User) -> None:
    """Until that day, or until it is worse by half."""
    _settle(alert, Alert.State.SNOOZED, note=note, by=by, until=until)


def call_false(alert: Alert, *, note: str, by: User) -> None:
    """It is silent until what it says is no longer so; after that the rule may raise another."""
    _settle(alert, Alert.State.FALSE, note=note, by=by)


def wake(alert: Alert, *, by: User) -> None:
    """As if nobody had laid it aside."""
    _settle(alert, Alert.State.OPEN, note="", by=by)


def _settle(alert: Alert, state: str, *, note: str, by: User, until: dt.date | None = None) -> None:
    """Said twice it is said once."""
    if (alert.state, alert.snoozed_until, alert.note) == (state, until, note):
        return
    alert.state, alert.snoozed_until, alert.note, alert.settled_by = state, until, note, by
    alert.snoozed_level = alert.level if until else None
    alert.version += 1
    fields = ["state", "snoozed_until", "snoozed_level", "note", "settled_by", "version"]
    alert.save(update_fields=fields)
    alert.plan.touch()


@transaction.atomic
def silence(rule: str, *, workspace: Workspace, plan: Plan | None, by: Any) -> None:
    """Off for the plan, or for all of the company: what it has raised there ends."""
    plans = _held(workspace, plan)
    if SilentRule.objects.filter(workspace=workspace, plan=plan, rule=rule).exists():
        return
    SilentRule.objects.create(workspace=workspace, plan=plan, rule=rule, by=by)
    drop(Alert.objects.uncleared().filter(rule=rule, plan__in=plans), timezone.now())
    for one in plans:
        one.touch()


@transaction.atomic
def unsilence(rule: str, *, workspace: Workspace, plan: Plan | None) -> None:
    """It looks again the next time the plans are judged, which their clocks ask for."""
    plans = _held(workspace, plan)
    for row in SilentRule.objects.filter(workspace=workspace, plan=plan, rule=rule):
        # One by one, for its history.
        row.delete()
        for one in plans:
            one.touch()


def _held(workspace: Workspace, plan: Plan | None) -> list[Plan]:
    rows = Plan.objects.select_for_update(of=("self",)).filter(workspace=workspace, status=Plan.Status.ACTIVE)
    return list((rows.filter(pk=plan.pk) if plan else rows).order_by("pk"))
