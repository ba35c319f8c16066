"""Keeps the health of actions beside them, so that it can be shown, sorted and filtered as any other column.

It is written past `save`: nobody has changed the row, so version, history and the plan's clock stay as they are.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterator
from typing import Any

from django.db import connections, router, transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from plans.actions.dependencies import LINKS, around
from plans.actions.health import Awaited, Facts, Reason, judge
from plans.actions.models import Action
from plans.actions.paces import paces_of
from plans.plan.models import Plan
from salesplan.lib.prepared import prepared

#: What of an action its own health is read from.
JUDGED_BY = {"status", "starts_on", "deadline", "role", "person"}
#: What it is called by the reasons of those that wait for it.
NAMED_BY = "title"

type Judged = tuple[str, list[Reason]]
#: Its id, the version it was read in, and what it is judged.
type Change = tuple[int, int, Judged]

UPDATE = """
    UPDATE {table} SET {health} = %s, {health_reasons} = %s, {judged_at} = COALESCE(%s, {judged_at})
    WHERE {id} = %s AND {version} = %s
"""
ROW = ("pk", "version", "status", "starts_on", "deadline", "role_id", "person_id", "health", "health_reasons")


def keep_health_current(plan: Plan, today: dt.date) -> None:
    """What was true yesterday is not shown today: the first to look at a plan computes it, and nobody after her."""
    if plan.health_on == today:
        return
    with transaction.atomic(savepoint=False):
        judge_actions(plan, today, is_news=False)
        Plan.objects.filter(pk=plan.pk).update(health_on=today)
        plan.health_on = today


def judge_plan(plan: Plan) -> None:
    """All its actions anew, after rows or links were written in bulk."""
    judge_actions(plan, plan.workspace.today)


@transaction.atomic(savepoint=False)
def judge_actions(
    plan: Plan, today: dt.date, only: Collection[int] | None = None, *, is_news: bool = True
) -> dict[int, Judged]:
    """Of all actions of the plan, or of those with the ids `only` and of what waits for them.

    Answers what those are judged now whose health, or a reason for it, is another than before. Open pages are shown it
    (live.py) where it `is_news`: what follows from something that was done is, and that a day has passed is not.
    """
    if only is not None and not only:
        return {}
    rows = _rows_of_plan(plan) if only is None else _rows_around(list(only))
    ids = None if only is None else [row[0] for row in rows]
    changed = list(_changed(plan, rows, ids, today)) if rows else []
    _write(changed, timezone.now() if is_news else None)
    return {pk: judged for pk, _version, judged in changed}


def _changed(plan: Plan, rows: list[tuple], ids: list[int] | None, today: dt.date) -> Iterator[Change]:
    waits, paces = _waits(plan, ids), paces_of(plan, today, ids)
    for pk, version, status, starts_on, deadline, role, person, health, reasons in rows:
        somebody = role is not None or person is not None
        facts = Facts(status, starts_on, deadline, somebody, waits.get(pk, ()), paces.get(pk, ()))
        judged = judge(facts, today)
        if judged != (health, reasons):
            yield pk, version, judged


def _write(changed: list[Change], judged_at: dt.datetime | None) -> None:
    """In one statement for all. Who has changed a row since it was read has judged it too: hers stands."""
    if not changed:
        return
    using = router.db_for_write(Action)
    connection, quote = connections[using], connections[using].ops.quote_name
    kept = Action._meta.get_field("health_reasons")
    moment = Action._meta.get_field("judged_at").get_db_prep_save(judged_at, connection)
    rows = [
        (health, kept.get_db_prep_save(reasons, connection), moment, pk, version)
        for pk, version, (health, reasons) in sorted(changed, key=lambda change: change[0])
    ]
    names = {name: quote(name) for name in ("health", "health_reasons", "judged_at", "id", "version")}
    with connection.cursor() as cursor:
        cursor.executemany(UPDATE.format(table=quote(Action._meta.db_table), **names), rows)


@prepared
def waiting_for(action: Any) -> QuerySet:
    return LINKS._default_manager.filter(to_action=action).order_by().values_list("from_action", flat=True)


@prepared
def _rows_of_plan(plan: Any) -> QuerySet:
    return Action.objects.filter(plan=plan).order_by().values_list(*ROW)


@prepared
def _rows_around(only: list[int]) -> QuerySet:
    return Action.objects.filter(around(only)).order_by().values_list(*ROW)


def _waits(plan: Plan, ids: list[int] | None) -> dict[int, list[Awaited]]:
    """By action, the open ones it waits for."""
    waits: dict[int, list[Awaited]] = defaultdict(list)
    for waiting, pk, title, deadline in _waits_in_plan(plan) if ids is None else _waits_of(ids):
        waits[waiting].append(Awaited(pk, title, deadline))
    return waits


@prepared
def _waits_in_plan(plan: Any) -> QuerySet:
    return _open_waits().filter(from_action__plan=plan)


@prepared
def _waits_of(ids: list[int]) -> QuerySet:
    return _open_waits().filter(from_action__pk__in=ids)


def _open_waits() -> QuerySet:
    rows = LINKS._default_manager.exclude(to_action__status__in=Action.CLOSED_STATUSES)
    rows = rows.exclude(from_action__status__in=Action.CLOSED_STATUSES)
    return rows.order_by("pk").values_list("from_action", F("to_action"), "to_action__title", "to_action__deadline")
