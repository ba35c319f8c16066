from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from accounts.models import User, Workspace
from kpis.alerts.models import Alert, AlertQuerySet, SilentRule
from kpis.alerts.rules import Rule, all_rules, rule_named
from plans.plan.models import Plan

STATES = tuple(Alert.State)
ME = "me"
#: As many as one looks through; the page says when there are more, and can be narrowed.
MOST = 200


@dataclass(frozen=True)
class Wanted:
    """What of the alerts is to be shown, as the address says it; what it says wrongly is not asked for."""

    state: str = Alert.State.OPEN
    rule: str = ""
    #: The id of a person, or "me".
    who: str = ""

    @classmethod
    def read(cls, query: Mapping[str, Any]) -> "Wanted":
        state, rule, who = query.get("show", ""), query.get("rule", ""), query.get("who", "")
        return cls(
            state if state in STATES else Alert.State.OPEN,
            rule if rule_named(rule) else "",
            who if who == ME or (who.isdecimal() and len(who) < 18) else "",
        )

    @property
    def narrows(self) -> bool:
        return bool(self.rule or self.who)

    def narrowed(self, alerts: AlertQuerySet, user: Any) -> AlertQuerySet:
        """By rule and person, whatever their state."""
        if self.rule:
            alerts = alerts.filter(rule=self.rule)
        if self.who:
            alerts = alerts.filter(people=user.pk if self.who == ME else int(self.who))
        return alerts

    def shown(self, alerts: AlertQuerySet, user: Any) -> list[Alert]:
        rows = self.narrowed(alerts, user).filter(state=self.state)
        rows = rows.select_related("settled_by").prefetch_related("people")
        if self.state == Alert.State.CLEARED:
            rows = rows.order_by("-cleared_at", "-pk")
        elif self.state == Alert.State.SNOOZED:
            rows = rows.order_by("snoozed_until", "-weight", "pk")
        else:
            rows = rows.worst_first()
        return list(rows[:MOST])


def counts_of(alerts: QuerySet) -> dict[str, int]:
    """By state."""
    found = dict(alerts.order_by().values_list("state").annotate(number=Count("pk", distinct=True)))
    return {state: found.get(state, 0) for state in STATES}


def people_of(alerts: QuerySet) -> QuerySet:
    """Whom any of them concerns."""
    return User.objects.filter(pk__in=alerts.order_by().values("people")).order_by("name", "email")


@dataclass(frozen=True)
class Record:
    """How often a rule was right in a company: of the alerts that ended with a word on it, and those that are open."""

    rule: Rule
    raised: int = 0
    open: int = 0
    itself: int = 0
    acted: int = 0
    false: int = 0
    #: Whether it is switched off for the whole company, and for the plan in question.
    off: bool = False
    off_here: bool = False

    @property
    def ended(self) -> int:
        """What its shares are of."""
        return self.itself + self.acted + self.false

    @property
    def right(self) -> int | None:
        return round(100 * (self.ended - self.false) / self.ended) if self.ended else None

    @property
    def is_noisy(self) -> bool:
        """Wrong as often as right, by more than a few."""
        return self.ended >= ENOUGH and self.false * 2 >= self.ended


#: With fewer a share says little.
ENOUGH = 5


def records_of(workspace: Workspace | int, plan: Plan | None = None) -> list[Record]:
    """Of every rule, in all plans of the company. A false alarm counts from the moment it was called so."""
    ended = {
        "itself": Q(outcome=Alert.Outcome.ITSELF),
        "acted": Q(outcome=Alert.Outcome.ACTED),
        "false": Q(outcome=Alert.Outcome.FALSE) | Q(state=Alert.State.FALSE),
    }
    asked = {name: Count("pk", filter=condition) for name, condition in ended.items()}
    still = Count("pk", filter=Q(state__in=[Alert.State.OPEN, Alert.State.SNOOZED]))
    rows: QuerySet[Any, Any] = Alert.objects.filter(plan__workspace=workspace).order_by().values("rule")
    figures = {row.pop("rule"): row for row in rows.annotate(raised=Count("pk"), open=still, **asked)}
    silent = set(
        SilentRule.objects.filter(Q(plan=plan) | Q(plan=None), workspace=workspace).values_list("rule", "plan")
    )
    return [
        Record(
            rule,
            **figures.get(rule.key, {}),
            off=(rule.key, None) in silent,
            off_here=plan is not None and (rule.key, plan.pk) in silent,
        )
        for rule in all_rules()
    ]
