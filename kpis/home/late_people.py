"""Who is late in the plans that are carried out: with values, since the last check-in, and with actions."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Max, OuterRef, Q, Subquery
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Membership, Workspace
from accounts.roles import REPORTERS
from kpis.home.open_actions import OpenAction
from kpis.kpi.lateness import late_period, missing_from
from kpis.kpi.periods import WEEKLY, period_label
from kpis.kpi.progress import KpiProgress
from kpis.kpi.schedule import Checkin, late_checkin
from kpis.locks.locked import OPEN, locked_in
from kpis.reminders.models import Reminder
from plans.notices.models import Kind

#: A member by her id; somebody without an account by her name or the title of the role, nobody by an empty one.
type Key = int | str


@dataclass
class LatePerson:
    key: Key
    name: str
    checkin: Checkin
    today: dt.date
    #: The clock by which it is that day.
    zone: dt.tzinfo
    kpis: list[KpiProgress] = field(default_factory=list)
    #: The one that is late for longest first.
    actions: list[OpenAction] = field(default_factory=list)
    member: int | None = None
    #: The mail before the check-in, and when somebody asked her last.
    mailed_at: dt.datetime | None = None
    nudged_at: dt.datetime | None = None

    @property
    def values_words(self) -> str:
        count = len(self.kpis)
        words = ngettext("%(count)d value of %(week)s", "%(count)d values of %(week)s", count)
        return words % {"count": count, "week": period_label(self.checkin.week, WEEKLY)}

    @property
    def values_since(self) -> str:
        return _days_words((self.today - self.checkin.day).days)

    @property
    def values_url(self) -> str:
        return reverse("kpis:checkin", args=[self.kpis[0].kpi.plan_id], query={"week": self.checkin.code})

    @property
    def actions_words(self) -> str:
        count = len(self.actions)
        return ngettext("%(count)d action", "%(count)d actions", count) % {"count": count}

    @property
    def days(self) -> int:
        deadline = self.actions[0].facts.deadline if self.actions else None
        return (self.today - deadline).days if deadline else 0

    @property
    def actions_since(self) -> str:
        if len(self.actions) == 1:
            return _days_words(self.days)
        return _("the oldest for %(days)s") % {"days": _days_words(self.days)}

    @property
    def actions_url(self) -> str:
        """The action itself; of several the table of the plan in which one is late for longest."""
        first = self.actions[0]
        if len(self.actions) == 1:
            return first.facts.url
        query = QueryDict(mutable=True)
        query.update({"view": "table", "due": "late"})
        query.setlist("who", sorted({_who(one.facts.answers) for one in self.actions if one.plan_id == first.plan_id}))
        return f"{reverse('plans:actions', args=[first.plan_id])}?{query.urlencode()}"

    @property
    def asked_words(self) -> str:
        """When she was reminded last, by whomever."""
        if self.nudged_at and not (self.mailed_at and self.mailed_at > self.nudged_at):
            return _("asked on %(when)s") % {"when": _when(self.nudged_at)}
        if self.mailed_at:
            return _("reminded by mail on %(when)s") % {"when": _when(self.mailed_at)}
        return _("not reminded")

    @property
    def asked_today(self) -> bool:
        return self.nudged_at is not None and timezone.localdate(self.nudged_at, self.zone) == self.today


def _when(moment: dt.datetime) -> str:
    return date_format(timezone.localtime(moment), "MONTH_DAY_FORMAT")


def _days_words(days: int) -> str:
    return ngettext("%(days)d day", "%(days)d days", days) % {"days": days}


def _who(answers: dict[str, Any]) -> str:
    """As the table is filtered."""
    if answers["person_id"]:
        return f"person-{answers['person_id']}"
    return f"role-{answers['role_id']}" if answers["role_id"] else "none"


def late_people(
    kpis: list[KpiProgress], actions: Iterable[OpenAction], workspace: Workspace, today: dt.date
) -> list[LatePerson]:
    """Those late for longest first. What is locked takes no value, and nobody is late with it. Two queries."""
    checkin = late_checkin(workspace, today)
    values: dict[Key, list[KpiProgress]] = defaultdict(list)
    late: dict[Key, list[OpenAction]] = defaultdict(list)
    names: dict[Key, str] = {}
    missing = missing_from(kpis, checkin)
    locks = locked_in({progress.kpi.plan_id for progress in missing}, today)
    for progress in missing:
        if locks.get(progress.kpi.plan_id, OPEN).holds(progress.kpi, late_period(progress, checkin)):
            continue
        owner = progress.kpi.owner_id or 0
        values[owner].append(progress)
        names[owner] = str(progress.kpi.owner)
    for action in actions:
        if action.facts.is_late(today):
            key = _answering(action)
            late[key].append(action)
            names.setdefault(key, action.facts.who or _("Nobody is responsible"))
    known = _members(workspace, [key for key in names if isinstance(key, int)], checkin)
    people = []
    for key, name in names.items():
        member = known.get(key, {})
        # Nobody is asked for values who may not enter them.
        owes = values.get(key, []) if member.get("role") in REPORTERS else []
        own = sorted(late.get(key, []), key=lambda one: (one.facts.deadline, one.facts.pk))
        asked = {name: member.get(name) for name in ("member", "mailed_at", "nudged_at")}
        if owes or own:
            people.append(LatePerson(key, name, checkin, today, workspace.zone, owes, own, **asked))
    return sorted(people, key=lambda one: (-max(one.days, _value_days(one)), -len(one.kpis), one.name))


def _value_days(one: LatePerson) -> int:
    return (one.today - one.checkin.day).days if one.kpis else 0


def _answering(action: OpenAction) -> Key:
    answers = action.facts.answers
    return answers["person_id"] or answers["role__holder_id"] or action.facts.who


def _members(workspace: Workspace, users: list[int], checkin: Checkin) -> dict[Key, dict[str, Any]]:
    reminders = Reminder.objects.filter(membership=OuterRef("pk"), week=checkin.week).order_by()
    members = Membership.objects.filter(workspace=workspace, user__in=users, user__is_active=True)
    rows = members.annotate(
        mailed_at=Subquery(reminders.values("sent_at")[:1]),
        nudged_at=Max("notices__made_at", filter=Q(notices__kind=Kind.NUDGE)),
    )
    return {
        row["user"]: {**row, "member": row["pk"]} for row in rows.values("pk", "user", "role", "mailed_at", "nudged_at")
    }
