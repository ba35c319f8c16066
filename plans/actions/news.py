"""What others have changed in a plan's actions since the reader's last visit.

Of an action the latest change counts: who has changed it after others has seen what they did.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from plans.actions.models import Action
from plans.plan.models import Plan

#: What `note_on` needs of a row.
CHANGED = ("changed_at", "changed_by_id", "changed_by__name", "changed_by__email")


@dataclass(frozen=True)
class News:
    """`by` are the people with how many of the changed actions each changed last, the busiest first."""

    since: dt.datetime
    changed: int
    by: list[tuple[str, int]]
    #: Of the changed ones.
    added: int
    deleted: int


def changed_by_others(actions: QuerySet, plan: Plan) -> QuerySet:
    """Of these actions of the plan; none on the first visit."""
    if plan.news_since is None:
        return actions.none()
    return actions.filter(changed_at__gt=plan.news_since).exclude(changed_by=plan.reader_id)


def note_on(row: Mapping[str, Any], plan: Plan) -> str:
    """Who changed a row of the table and when, if that is news to the reader."""
    if plan.news_since is None or row["changed_at"] <= plan.news_since or row["changed_by_id"] == plan.reader_id:
        return ""
    when = date_format(timezone.localtime(row["changed_at"]), "SHORT_DATETIME_FORMAT")
    who = row["changed_by__name"] or row["changed_by__email"]
    if not who:
        return _("Changed on %(when)s") % {"when": when}
    return _("Changed by %(who)s on %(when)s") % {"who": who, "when": when}


def news_of(plan: Plan) -> News | None:
    """None when nothing is new."""
    if plan.news_since is None:
        return None
    changed = changed_by_others(Action.objects.in_plan(plan), plan).order_by()
    people = changed.values_list("changed_by__name", "changed_by__email").annotate(count=Count("pk"))
    counts = [(name or email, count) for name, email, count in people.order_by("-count", "changed_by__name")]
    added, deleted = _come_and_gone(plan, changed)
    if not counts and not deleted:
        return None
    total = sum(count for _who, count in counts)
    return News(plan.news_since, total, [(who, count) for who, count in counts if who], added, deleted)


def _come_and_gone(plan: Plan, changed: QuerySet) -> tuple[int, int]:
    """How many of the changed ones others have added, and how many others they have deleted that are not back."""
    records = Action.history.filter(plan_id=plan.pk, history_date__gt=plan.news_since, history_type__in="+-")
    rows = records.exclude(history_user=plan.reader_id).values_list("id", "history_type")
    came, went = ({pk for pk, each in rows if each == kind} for kind in "+-")
    there = set(Action.objects.in_plan(plan).filter(pk__in=went).values_list("pk", flat=True))
    return changed.filter(pk__in=came).count(), len(went - there)
