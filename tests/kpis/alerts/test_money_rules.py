"""Overspent, and a contingency that goes faster than the time: worked examples."""

import datetime as dt

import pytest

from kpis.alerts.cards import Card
from kpis.alerts.rules import rule_named
from plans.models import BudgetEntry, Plan
from tests.factories import AdjustmentFactory, BudgetEntryFactory, BudgetLineFactory
from tests.kpis.alerts.conftest import TODAY, open_alerts


def card_of(alert) -> Card:
    return Card(alert, rule_named(alert.rule), alert.plan, TODAY)


@pytest.fixture
def line(plan):
    return BudgetLineFactory(plan=plan, name="Trade fairs", planned=10_000)


def test_a_line_of_which_more_is_gone_than_it_has_is_an_alert(judge, plan, line):
    BudgetLineFactory(plan=plan, planned=50_000)
    BudgetLineFactory(plan=plan, kind="contingency", planned=5_000)
    BudgetEntryFactory(line=line, amount=12_300)

    judge()

    (alert,) = open_alerts("overspent")
    card = card_of(alert)
    assert card.name == "Trade fairs"
    assert card.says == (
        "12,300\N{NO-BREAK SPACE}€ ordered and paid of 10,000\N{NO-BREAK SPACE}€: 2,300\N{NO-BREAK SPACE}€ over."
    )
    assert card.clears == (
        "2,300\N{NO-BREAK SPACE}€ from elsewhere, or an order taken back. "
        "The contingency has 5,000\N{NO-BREAK SPACE}€ free."
    )
    assert card.way.url == f"/plans/{plan.pk}/budget/?line={line.pk}#budgetline-{line.pk}-row"


def test_what_is_ordered_counts_and_the_last_cent_does_not(judge, line):
    BudgetEntryFactory(line=line, amount=10_000, kind=BudgetEntry.Kind.COMMITTED)

    judge()

    assert open_alerts("overspent") == []


def test_the_whole_budget_overspent_is_an_alert_of_its_own_and_comes_first(judge, plan, line):
    BudgetEntryFactory(line=line, amount=12_000)

    judge()

    whole = next(alert for alert in open_alerts("overspent") if alert.subject == "plan")
    assert card_of(whole).name == "The whole budget"
    assert whole.weight > min(alert.weight for alert in open_alerts("overspent"))


def test_a_contingency_may_be_ten_points_ahead_of_the_time(judge, plan):
    # Of 100 days 40 are over on the evening of 19 August.
    Plan.objects.update(starts_on=dt.date(2026, 7, 11), ends_on=dt.date(2026, 10, 18))
    reserve = BudgetLineFactory(plan=plan, kind="contingency", planned=10_000)
    other = BudgetLineFactory(plan=plan)
    AdjustmentFactory(plan=plan, from_line=reserve, to_line=other, amount=5_000)
    judge()
    assert open_alerts("contingency") == []

    AdjustmentFactory(plan=plan, from_line=reserve, to_line=other, amount=1_000)
    judge()

    (alert,) = open_alerts("contingency")
    card = card_of(alert)
    assert card.says == (
        "6,000\N{NO-BREAK SPACE}€ of 10,000\N{NO-BREAK SPACE}€ are used, 60%, and 40% of the plan's time is over."
    )
    # 6,000 are half of 12,000; and on 29 August the 50th day is over.
    assert card.clears == (
        "2,000\N{NO-BREAK SPACE}€ more in it; or by itself on 29 Aug, when nothing more is taken until then."
    )
    assert alert.level == 20


def test_on_the_day_that_was_promised_it_clears_by_itself(judge, plan):
    Plan.objects.update(starts_on=dt.date(2026, 7, 11), ends_on=dt.date(2026, 10, 18))
    reserve = BudgetLineFactory(plan=plan, kind="contingency", planned=10_000)
    AdjustmentFactory(plan=plan, from_line=reserve, to_line=BudgetLineFactory(plan=plan), amount=6_000)

    judge(days=9)
    assert len(open_alerts("contingency")) == 1
    judge(days=10)

    assert open_alerts("contingency") == []


def test_without_a_contingency_nothing_is_said_of_it(judge, line):
    judge()

    assert open_alerts("contingency") == []
