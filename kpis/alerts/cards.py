"""An alert as it is shown: its rule says in the reader's language what is wrong, what would clear it and where."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from kpis.alerts.models import Alert
from kpis.alerts.rules import Rule, Way, rule_named
from plans.plan.models import Plan
from salesplan.templatetags.figures import day


@dataclass(frozen=True)
class Concerned:
    user: User
    #: What she answers for in the plan.
    url: str


@dataclass(frozen=True)
class Card:
    """`plan` is known already; the alert comes with `people` prefetched and with `settled_by`."""

    alert: Alert
    rule: Rule
    plan: Plan
    today: dt.date
    #: Whether its reader may snooze it or call it a false alarm.
    editable: bool = False

    @property
    def is_open(self) -> bool:
        return self.alert.state == Alert.State.OPEN

    @property
    def is_cleared(self) -> bool:
        return self.alert.state == Alert.State.CLEARED

    @property
    def name(self) -> str:
        return self.rule.name(self.alert)

    @property
    def url(self) -> str:
        """None where the thing may be gone by now."""
        return "" if self.is_cleared else self.rule.about_url(self.alert)

    @property
    def says(self) -> str:
        return self.rule.says(self.alert)

    @property
    def clears(self) -> str:
        return self.rule.clears(self.alert)

    @cached_property
    def way(self) -> Way | None:
        return None if self.is_cleared else self.rule.way(self.alert)

    @property
    def since(self) -> str:
        words = _("from %(day)s") if self.alert.since > self.today else _("since %(day)s")
        return words % {"day": day(self.alert.since, self.plan)}

    @property
    def people(self) -> list[Concerned]:
        actions = reverse("plans:actions", args=[self.plan.pk])
        return [Concerned(user, f"{actions}?who=person-{user.pk}") for user in self.alert.people.all()]

    @property
    def standing(self) -> str:
        """What has become of it, and who has said so; nothing while it is open."""
        alert = self.alert
        who = {"who": alert.settled_by or _("Somebody")}
        if alert.state == Alert.State.SNOOZED:
            return _("%(who)s snoozed it until %(day)s") % (who | {"day": day(alert.snoozed_until, self.plan)})
        if alert.state == Alert.State.FALSE:
            return _("%(who)s called it a false alarm") % who
        return str(Alert.Outcome(alert.outcome).label) if alert.outcome else ""


def name_of(alert: Alert) -> str:
    rule = rule_named(alert.rule)
    return rule.name(alert) if rule else str(alert.figures.get("name") or "")


def cards_of(alerts: Iterable[Alert], *, today: dt.date, editable: bool, plan: Plan | None = None) -> list[Card]:
    """Those of rules that are known. Without `plan` each alert comes with its own, and its reader's role there."""
    cards = []
    for alert in alerts:
        if plan:
            alert.plan = plan
        if rule := rule_named(alert.rule):
            cards.append(Card(alert, rule, alert.plan, today, editable))
    return cards
