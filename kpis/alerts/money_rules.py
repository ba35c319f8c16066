"""What the budget says: more is gone than there was, or the contingency goes faster than the time."""

import datetime as dt
import math
from collections.abc import Iterator
from decimal import Decimal

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kpis.alerts.facts import PlanFacts
from kpis.alerts.figures import CENT, date_of, number, plain
from kpis.alerts.models import Alert
from kpis.alerts.rules import Finding, Rule, Way, register_rule
from plans.budget.models import Adjustment, BudgetEntry, BudgetLine
from plans.budget.queries import BudgetFigures, LineFigures
from plans.plan.models import Plan
from salesplan.lib.money import format_money
from salesplan.lib.numbers import format_number
from salesplan.templatetags.figures import day

#: The contingency may be so many points of its share ahead of the time.
AHEAD = 10
#: What concerns the plan as a whole.
WHOLE = "plan"


class MoneyRule(Rule):
    icon = "coins"
    css = "c-over"

    def owner(self, plan: Plan) -> tuple[int, ...]:
        return (plan.owner_id,) if plan.owner_id else ()

    def about_url(self, alert: Alert) -> str:
        url = reverse("plans:budget", args=[alert.plan_id])
        if alert.subject == WHOLE:
            return url
        return f"{url}?line={alert.subject_id}#budgetline-{alert.subject_id}-row"

    def deeds(self, alert: Alert) -> list[QuerySet]:
        models = (BudgetEntry, Adjustment, BudgetLine)
        return [model.history.filter(plan_id=alert.plan_id) for model in models]


class Overspent(MoneyRule):
    key = "overspent"
    weight = 80
    title = gettext_lazy("Overspent")
    explains = gettext_lazy("Of a budget line, or of the whole budget, more is ordered and paid than it has.")

    def look(self, facts: PlanFacts) -> Iterator[Finding | None]:
        budget, plan = facts.budget, facts.plan
        for row in budget.rows:
            yield self._finding(plan, f"line-{row.line.pk}", row, budget) if row.left < 0 else None
        if budget.rows:
            yield self._finding(plan, WHOLE, budget, budget) if budget.left < 0 else None

    def _finding(self, plan: Plan, subject: str, row: LineFigures | BudgetFigures, budget: BudgetFigures) -> Finding:
        figures = {
            "name": row.line.name if isinstance(row, LineFigures) else "",
            "committed": plain(row.committed),
            "adjusted": plain(row.adjusted),
            "over": plain(-row.left),
            "reserve": plain(budget.contingency_free),
        }
        return Finding(subject, -row.left, figures, people=self.owner(plan), heavier=5 if subject == WHOLE else 0)

    def name(self, alert: Alert) -> str:
        return _("The whole budget") if alert.subject == WHOLE else super().name(alert)

    def says(self, alert: Alert) -> str:
        words = _money(alert, "committed", "adjusted", "over")
        return _("%(committed)s ordered and paid of %(adjusted)s: %(over)s over.") % words

    def clears(self, alert: Alert) -> str:
        words = _money(alert, "over", "reserve")
        if alert.subject == WHOLE:
            return _("%(over)s more in the budget, or orders taken back.") % words
        if number(alert.figures, "reserve") > 0:
            return _("%(over)s from elsewhere, or an order taken back. The contingency has %(reserve)s free.") % words
        return _("%(over)s from elsewhere, or an order taken back. The contingency has nothing free.") % words

    def way(self, alert: Alert) -> Way:
        return Way(self.about_url(alert), _("Cover it"))


class ContingencyBurn(MoneyRule):
    key = "contingency"
    weight = 45
    css = "c-risk"
    title = gettext_lazy("Contingency goes too fast")
    explains = gettext_lazy("Of the contingency a share is used that is more than 10 points ahead of the time gone by.")

    def look(self, facts: PlanFacts) -> Iterator[Finding | None]:
        budget, plan = facts.budget, facts.plan
        had = sum((row.planned + row.moved_in for row in budget.contingency), Decimal(0))
        if had <= 0:
            return
        used = had - budget.contingency_free
        share, gone = 100 * used / had, Decimal(str(100 * plan.elapsed_share(facts.today)))
        if share <= gone + AHEAD:
            yield None
            return
        figures = {
            "name": "",
            "used": plain(used),
            "had": plain(had),
            "share": round(share),
            "gone": round(gone),
            # As much as would have made the share right today.
            "lacks": plain(((used / ((gone + AHEAD) / 100)) - had).quantize(CENT)),
            "right_on": plain(_day_of(plan, share - AHEAD)),
        }
        yield Finding(WHOLE, share - gone, figures, people=self.owner(plan))

    def name(self, alert: Alert) -> str:
        return _("Contingency")

    def says(self, alert: Alert) -> str:
        figures = alert.figures
        words = _money(alert, "used", "had") | {
            name: format_number(number(figures, name)) for name in ("share", "gone")
        }
        return _("%(used)s of %(had)s are used, %(share)s%%, and %(gone)s%% of the plan's time is over.") % words

    def clears(self, alert: Alert) -> str:
        words = _money(alert, "lacks") | {"day": day(date_of(alert.figures, "right_on"), alert.plan)}
        return _("%(lacks)s more in it; or by itself on %(day)s, when nothing more is taken until then.") % words

    def about_url(self, alert: Alert) -> str:
        return reverse("plans:budget", args=[alert.plan_id]) + "#adjustments"

    def way(self, alert: Alert) -> Way:
        return Way(self.about_url(alert), _("Refill it"))


def _day_of(plan: Plan, percent: Decimal) -> dt.date:
    """The first evening on which so much of the plan's time is over."""
    days = math.ceil(plan.days * percent / 100)
    return plan.starts_on + dt.timedelta(days=max(days - 1, 0))


def _money(alert: Alert, *names: str) -> dict[str, str]:
    return {name: format_money(number(alert.figures, name), alert.plan.currency) for name in names}


register_rule(Overspent())
register_rule(ContingencyBurn())
