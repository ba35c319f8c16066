"""What somebody's own actions ask of her this week: late, due, stuck, and what others wait for."""

import datetime as dt
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kpis.home.lines import of_plan
from kpis.home.plans import HomePlans
from plans.actions.dependencies import LINKS
from plans.actions.facts import due_note
from plans.actions.models import DUE_SOON_DAYS, Action
from plans.actions.names import named
from plans.actions.responsible import WHO, responsible
from plans.plan.attention import Attention

FIELDS = ("pk", "plan_id", "title", "status", "starts_on", "deadline")
LATE, BLOCKED, WAITING, AWAITED, DUE, AT_RISK = 100, 90, 85, 80, 60, 55
MOST_LATE = 99


@dataclass
class Work:
    """One of her actions, with what it waits for and what waits for it, as far as that is of others and not done."""

    pk: int
    plan_id: int
    title: str
    status: str
    starts_on: dt.date | None
    deadline: dt.date | None
    waits: list[str] = field(default_factory=list)
    awaited: list[str] = field(default_factory=list)

    def is_near(self, today: dt.date) -> bool:
        """Whether it should be going by now, or end within days."""
        soon = today + dt.timedelta(days=DUE_SOON_DAYS)
        return bool((self.starts_on and self.starts_on <= today) or (self.deadline and self.deadline <= soon))


def work_of(user, plans: HomePlans) -> list[Work]:
    """Her open actions, by name or by a role she holds. Two queries."""
    mine = Action.objects.filter(plan__in=plans.ids).still_open().filter(Q(person=user) | Q(role__holder=user))
    rows = {row[0]: Work(*row) for row in mine.order_by("deadline", "pk").values_list(*FIELDS)}
    _add_links(rows, rows.keys())
    return list(rows.values())


def _add_links(rows: dict[int, Work], ids: Collection[int]) -> None:
    columns = [f"{end}__{name}" for end in ("from_action", "to_action") for name in ("pk", "title", *WHO)]
    links: Any = LINKS._default_manager.filter(Q(from_action__in=ids) | Q(to_action__in=ids))
    links = links.exclude(from_action__status__in=Action.CLOSED_STATUSES)
    links = links.exclude(to_action__status__in=Action.CLOSED_STATUSES).order_by("pk")
    for link in links.values(*columns):
        waiting, awaited = link["from_action__pk"], link["to_action__pk"]
        if waiting in rows and awaited not in rows:
            rows[waiting].waits.append(_whose(link, "to_action"))
        elif awaited in rows and waiting not in rows:
            rows[awaited].awaited.append(_whose(link, "from_action"))


def _whose(link: dict[str, Any], end: str) -> str:
    """Exhibit in Lyon (Anna Kowalska)"""
    who, _role = responsible({name: link[f"{end}__{name}"] for name in WHO})
    title = link[f"{end}__title"]
    return _("%(what)s (%(who)s)") % {"what": title, "who": who} if who else title


def problems_of(work: list[Work], plans: HomePlans, today: dt.date) -> list[Attention]:
    return [problem for one in work for problem in _problem(one, plans.said(one.plan_id), today)]


def _problem(one: Work, plan: str, today: dt.date) -> Iterator[Attention]:
    """One line for an action, the worst there is to say of it; and who waits for it."""
    found = _worst(one, today)
    if found is None:
        return
    kind, words, verb, weight = found
    if one.awaited and kind != "awaited":
        words = f"{words}. {_awaited_words(one)}"
    yield Attention(kind, one.title, of_plan(words, plan), _url(one), verb, weight)


def _worst(one: Work, today: dt.date) -> tuple[str, str, str, int] | None:
    days = (one.deadline - today).days if one.deadline else None
    if days is not None and days < 0:
        return "overdue", due_note(one.deadline, one.status, today)[1], _("Open it"), LATE + min(-days, MOST_LATE)
    if one.status == Action.Status.BLOCKED:
        words = _("Blocked: it waits for %(names)s") % {"names": named(one.waits)} if one.waits else _("Blocked")
        return "blocked", words, _("Unblock"), BLOCKED
    if one.waits and one.is_near(today):
        return "blocked", _("Waits for %(names)s") % {"names": named(one.waits)}, _("Ask them"), WAITING
    if one.awaited and one.is_near(today):
        return "awaited", _awaited_words(one), _("Open it"), AWAITED
    if one.deadline and days is not None and days <= DUE_SOON_DAYS:
        due = date_format(one.deadline, "MONTH_DAY_FORMAT")
        words = _("due %(when)s, on %(day)s") % {"when": due_note(one.deadline, one.status, today)[1], "day": due}
        return "due", words, _("Open it"), DUE - days
    if one.status == Action.Status.AT_RISK:
        return "at_risk", _("At risk"), _("See why"), AT_RISK
    return None


def _awaited_words(one: Work) -> str:
    return _("Others wait for it: %(names)s") % {"names": named(one.awaited)}


def _url(one: Work) -> str:
    return reverse("plans:action_detail", args=[one.pk])
