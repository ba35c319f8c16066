"""What the work says: somebody has too much of it, an objective has none, an action moves nothing that is measured."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kpis.alerts.facts import PlanFacts
from kpis.alerts.figures import date_of, number, plain
from kpis.alerts.models import Alert
from kpis.alerts.rules import Finding, Rule, Way, register_rule
from kpis.kpi.models import Kpi
from plans.actions.loads import Load, Loads
from plans.actions.models import Action
from plans.actions.overload import WEEKS, causes_url, overloaded
from plans.actions.weeks import week_days, week_text
from plans.capacity.hours import name_key
from plans.capacity.models import Capacity, TimeAway
from plans.objectives.models import Objective
from salesplan.lib.numbers import format_number
from salesplan.templatetags.figures import day

#: What is due within so many days weighs twice, and what is overdue three times.
NEAR = dt.timedelta(days=30)


class Overload(Rule):
    key = "overload"
    weight = 55
    icon = "gauge"
    css = "c-over"
    title = gettext_lazy("Too much work")
    explains = gettext_lazy("Somebody has more hours of work than hours in this week or one of the next four.")

    def look(self, facts: PlanFacts) -> Iterator[Finding | None]:
        loads = facts.loads
        if loads is None:
            return
        over = overloaded(loads)
        for load in loads.people:
            yield self._finding(load, loads, facts) if load in over else None

    def _finding(self, load: Load, loads: Loads, facts: PlanFacts) -> Finding:
        weeks = [week for week in WEEKS if load.is_over(week)]
        worst = max(weeks, key=lambda week: load.work(week) - load.room[week])
        over = load.work(worst) - load.room[worst]
        person = next((int(who.partition("-")[2]) for who in load.who if who.startswith("person-")), None)
        figures = {
            "name": load.name,
            "who": load.who,
            "work": plain(load.work(worst)),
            "room": plain(load.room[worst]),
            "over": plain(over),
            "monday": plain(loads.monday(worst)),
            "others": len(weeks) - 1,
        }
        return Finding(
            f"person-{person}" if person else f"name-{name_key(load.name)}"[:80],
            over,
            figures,
            loads.monday(weeks[0]),
            people=tuple(pk for pk in (person, facts.plan.owner_id) if pk),
            heavier=15 if weeks[0] == 0 else 0,
        )

    def says(self, alert: Alert) -> str:
        figures = alert.figures
        words = {name: format_number(number(figures, name), 0) for name in ("work", "room")}
        words["days"] = week_days(date_of(figures, "monday"))
        told = _("%(work)s hours of work where there are %(room)s, in the week of %(days)s.") % words
        if not figures["others"]:
            return told
        more = ngettext(
            "%(count)d more week is too full as well.",
            "%(count)d more weeks are too full as well.",
            figures["others"],
        )
        return f"{told} {more % {'count': figures['others']}}"

    def clears(self, alert: Alert) -> str:
        words = {"hours": format_number(round(number(alert.figures, "over"), 1)), "name": alert.figures["name"]}
        if alert.figures["others"]:
            return (
                _("%(hours)s hours of that week, and the rest of the others, done by somebody else or later.") % words
            )
        return _("%(hours)s hours of that week done by somebody else or later.") % words

    def about_url(self, alert: Alert) -> str:
        return reverse("plans:actions", args=[alert.plan_id], query={"view": "workload"})

    def way(self, alert: Alert) -> Way:
        week = week_text(date_of(alert.figures, "monday"))
        return Way(causes_url(alert.plan_id, alert.figures["who"], week), _("Relieve"))

    def deeds(self, alert: Alert) -> list[QuerySet]:
        """Of her actions, of her hours, and of those that were hers until they went to somebody else."""
        ids: dict[str, list[int]] = {"person": [], "role": []}
        for kind, _dash, pk in (who.partition("-") for who in alert.figures["who"]):
            ids[kind].append(int(pk))
        hers = Q(person_id__in=ids["person"]) | Q(role_id__in=ids["role"])
        once_hers = Action.history.filter(hers, plan_id=alert.plan_id).values("id")
        models: list[Any] = [Capacity, TimeAway]
        hours = [model.history.filter(plan_id=alert.plan_id) for model in models]
        return [Action.history.filter(id__in=once_hers), *hours]


class IdleObjective(Rule):
    key = "no_action"
    weight = 20
    icon = "link-off"
    css = "c-risk"
    title = gettext_lazy("Objective without action")
    explains = gettext_lazy("Nothing is done for an objective: it has no action, or every one was cancelled.")

    def look(self, facts: PlanFacts) -> Iterator[Finding | None]:
        for objective in facts.objectives:
            if any(action.status != Action.Status.CANCELLED for action in objective.actions):
                yield None
                continue
            told = facts.owners[objective.pk]
            due = told["deadline"] or facts.plan.ends_on
            figures = {"name": objective.title, "due": plain(due), "cancelled": len(objective.actions)}
            owner = told["owner_id"] or facts.plan.owner_id
            level = _nearness(due, facts.today)
            people = (owner,) if owner else ()
            yield Finding(f"objective-{objective.pk}", level, figures, people=people, heavier=int(level))

    def says(self, alert: Alert) -> str:
        count, words = alert.figures["cancelled"], {"day": day(date_of(alert.figures, "due"), alert.plan)}
        if not count:
            return _("No action says how it is to be reached. It is due on %(day)s.") % words
        told = ngettext(
            "Its only action was cancelled. It is due on %(day)s.",
            "All its %(count)d actions were cancelled. It is due on %(day)s.",
            count,
        )
        return told % (words | {"count": count})

    def clears(self, alert: Alert) -> str:
        return _("The first action for it.")

    def about_url(self, alert: Alert) -> str:
        return reverse("plans:objective_detail", args=[alert.subject_id])

    def way(self, alert: Alert) -> Way:
        url = reverse("plans:actions", args=[alert.plan_id], query={"view": "table"}) + f"#group-{alert.subject_id}"
        return Way(url, _("Add action"))

    def deeds(self, alert: Alert) -> list[QuerySet]:
        about = Action.history.filter(objective_id=alert.subject_id)
        return [about, Objective.history.filter(id=alert.subject_id)]


class UnmeasuredAction(Rule):
    key = "no_kpi"
    weight = 15
    icon = "link-off"
    css = "c-risk"
    title = gettext_lazy("Action without KPI")
    explains = gettext_lazy(
        "An action that is under way or that money was given to moves no KPI, so nobody will see whether it helped. "
        "What has not begun and costs nothing may still wait for its KPI."
    )

    def look(self, facts: PlanFacts) -> Iterator[Finding | None]:
        for action in facts.under_way:
            if action.is_measured:  # type: ignore[attr-defined]
                yield None
                continue
            figures = {
                "name": action.title,
                "status": action.status,
                "costs": action.costs,  # type: ignore[attr-defined]
                "due": plain(action.deadline),
            }
            owner = action.answering_user or facts.plan.owner_id
            level = _nearness(action.deadline, facts.today)
            people = (owner,) if owner else ()
            begun = action.starts_on if action.starts_on and action.starts_on <= facts.today else None
            yield Finding(f"action-{action.pk}", level, figures, begun, people, heavier=int(level))

    def says(self, alert: Alert) -> str:
        figures = alert.figures
        words = {"status": Action.Status(figures["status"]).label.lower()}
        if figures["costs"] and figures["status"] == Action.Status.NOT_STARTED:
            return _("Money was given to it, and no KPI will show what it brings.")
        if figures["costs"]:
            return _("It is %(status)s and costs money, and no KPI will show what it brings.") % words
        return _("It is %(status)s, and no KPI will show what it brings.") % words

    def clears(self, alert: Alert) -> str:
        return _("A KPI that it moves, linked to it.")

    def about_url(self, alert: Alert) -> str:
        return reverse("plans:action_detail", args=[alert.subject_id])

    def way(self, alert: Alert) -> Way:
        return Way(reverse("kpis:action_kpis", args=[alert.subject_id]), _("Link a KPI"))

    def deeds(self, alert: Alert) -> list[QuerySet]:
        return [Action.history.filter(id=alert.subject_id), Kpi.history.filter(plan_id=alert.plan_id)]


def _nearness(due: dt.date | None, today: dt.date) -> Decimal:
    """1 while there is time, 2 when it is due soon, 3 when it is overdue."""
    if due is None or due > today + NEAR:
        return Decimal(1)
    return Decimal(2) if due >= today else Decimal(3)


register_rule(Overload())
register_rule(IdleObjective())
register_rule(UnmeasuredAction())
