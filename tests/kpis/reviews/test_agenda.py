"""What an agenda says, and in which order: docs/reviews.md has the formula."""

import datetime as dt
from decimal import Decimal

import pytest

from kpis.reviews import words
from kpis.reviews.agenda import agenda_of
from kpis.reviews.queries import last_closed
from kpis.reviews.services import close_review
from tests.factories import (
    ActionFactory,
    AllocationFactory,
    BudgetEntryFactory,
    BudgetLineFactory,
    DecisionFactory,
    KpiFactory,
    MovedGoalpostFactory,
    ObjectiveFactory,
    ReadingFactory,
)
from tests.kpis.reviews.conftest import NOW

TODAY = NOW.date()
LAST_WEEK = dt.date(2026, 8, 10)


def said(point, plan, today):
    """With spaces one can type."""
    told = words.said(point, plan, today)
    return words.Said([line.replace("\xa0", " ") for line in told.lines], told.who, told.how.replace("\xa0", " "))


def points(plan, section, since=None):
    found = agenda_of(plan, TODAY, since=since, last=last_closed(plan))
    return [point for point in found if point.section == section]


def told(plan, section, since=None):
    return [said(point, plan, TODAY) for point in points(plan, section, since)]


def off_track(plan, *, value, **values):
    """A KPI that should be flat: 100 from the first day to the last."""
    kpi = KpiFactory(plan=plan, baseline=100, target=100, **values)
    ReadingFactory(kpi=kpi, period=LAST_WEEK, value=value)
    return kpi


def test_a_kpi_in_money_puts_its_gap_at_risk(plan):
    off_track(plan, name="Pipeline", unit="EUR", value=60)

    (point,) = points(plan, "pace")

    assert (point.title, point.money) == ("Pipeline", Decimal(40))
    assert said(point, plan, TODAY).how == "The gap of “Pipeline”: 100 € expected, 60 € reached."


def test_an_average_in_money_is_no_amount(plan):
    off_track(plan, name="Average basket", unit="EUR", measure="ratio", formula="average_basket", value=60)

    (point,) = points(plan, "pace")

    assert point.money is None


def test_without_money_of_its_own_the_pace_puts_a_share_of_what_the_actions_bring_at_risk(plan):
    objective = ObjectiveFactory(plan=plan, title="Win partners")
    ActionFactory(objective=objective, expected_return=80_000)
    ActionFactory(objective=objective, expected_return=10_000, status="cancelled")
    off_track(plan, objective=objective, name="Partners", unit="partners", value=75)

    (point,) = points(plan, "pace")

    assert (point.title, point.money) == ("Win partners", Decimal(20_000))
    how = "“Partners” has 75% of its pace; the rest of 80,000 € its actions are to bring."
    assert said(point, plan, TODAY).how == how


def test_where_no_return_is_expected_it_is_a_share_of_what_they_were_given(plan):
    objective = ObjectiveFactory(plan=plan)
    action = ActionFactory(objective=objective)
    AllocationFactory(line=BudgetLineFactory(plan=plan), action=action, amount=4_000)
    off_track(plan, objective=objective, unit="%", value=50)

    (point,) = points(plan, "pace")

    assert point.money == Decimal(2_000)


def test_an_objective_is_one_point_with_the_greatest_of_its_gaps_in_money(plan):
    objective = ObjectiveFactory(plan=plan, title="More sales")
    off_track(plan, objective=objective, name="Orders", unit="EUR", value=60)
    off_track(plan, objective=objective, name="Invoices", unit="EUR", value=30)

    (point,) = points(plan, "pace")

    assert (point.title, point.money) == ("More sales", Decimal(70))
    assert [kpi["name"] for kpi in point.facts["kpis"]] == ["Invoices", "Orders"]


def test_the_most_money_comes_first_and_what_has_none_by_how_far_it_is_off(plan):
    off_track(plan, name="A little off", unit="%", value=85)
    off_track(plan, name="Ten euro", unit="EUR", value=80)
    off_track(plan, name="Far off", unit="%", value=10)
    off_track(plan, name="Seventy euro", unit="EUR", value=30)

    assert [point.title for point in points(plan, "pace")] == ["Seventy euro", "Ten euro", "Far off", "A little off"]


def test_what_is_on_track_or_has_no_data_is_on_no_agenda(plan):
    off_track(plan, value=100)
    KpiFactory(plan=plan, name="No value yet")

    assert points(plan, "pace") == []


def test_a_late_action_says_how_late_who_answers_and_who_waits_for_it(plan, mia):
    late = ActionFactory(
        objective__plan=plan, title="CRM", deadline=dt.date(2026, 8, 9), person=mia, expected_return=500
    )
    waiting = ActionFactory(objective=late.objective, title="Call accounts", person=mia)
    waiting.waits_for.add(late)

    (point,) = points(plan, "late")

    late = said(point, plan, TODAY)
    assert late.lines == [
        "10 days late, due 9 Aug 2026",
        "Its owner says: not started",
        "“Call accounts” (Mia Rossi) waits for it",
    ]
    assert (late.who, late.how, point.money) == ("Mia Rossi", "Its expected return, 500 €.", Decimal(500))


def test_a_late_action_that_disagrees_stands_on_the_agenda_once(plan):
    action = ActionFactory(objective__plan=plan, deadline=dt.date(2026, 8, 9), status="in_progress")
    type(action).objects.filter(pk=action.pk).update(health="off_track")

    assert (len(points(plan, "late")), points(plan, "disagree")) == (1, [])


def test_a_disagreement_says_both_sides_and_the_reason(plan):
    action = ActionFactory(objective__plan=plan, status="in_progress")
    reasons = [{"code": "nobody"}]
    type(action).objects.filter(pk=action.pk).update(health="at_risk", health_reasons=reasons)

    (one,) = told(plan, "disagree")

    assert one.lines == ["Its owner says: in progress. Computed: at risk.", "Nobody is responsible"]


def test_goalposts_that_were_moved_since_the_last_review_come_with_their_reason(plan):
    MovedGoalpostFactory(plan=plan)
    MovedGoalpostFactory(plan=plan, name="Long ago", moved_at=NOW - dt.timedelta(days=60))

    (one,) = told(plan, "moved", since=NOW - dt.timedelta(days=7))

    assert one.lines == [
        "Target: cut by 20%, from 50 leads to 40 leads, 4 days before its deadline",
        "Reason: The market shrank",
    ]


def test_a_budget_line_that_is_overspent_is_at_risk_with_what_is_over(plan):
    line = BudgetLineFactory(plan=plan, name="Fairs", planned=1_000)
    BudgetEntryFactory(line=line, amount=1_400)

    (point,) = points(plan, "budget")

    assert (point.title, point.money) == ("Fairs", Decimal(400))
    assert said(point, plan, TODAY).lines == ["1,400 € spent or ordered of 1,000 €"]


@pytest.mark.parametrize(("spent", "shown"), [(400, 0), (600, 1), (1_000, 1)])
def test_the_contingency_is_on_the_agenda_once_half_of_it_is_gone(plan, spent, shown):
    BudgetEntryFactory(line=BudgetLineFactory(plan=plan, kind="contingency", planned=1_000), amount=spent)

    assert len(points(plan, "budget")) == shown


def test_missing_values_are_named_with_who_owes_them(plan, mia):
    KpiFactory(plan=plan, owner=mia, name="Visits")

    (one,) = told(plan, "missing")

    assert points(plan, "missing")[0].title == "Mia Rossi"
    assert one.lines[1] == "“Visits”"


def test_a_draft_owes_no_values(plan, mia):
    plan.status = "draft"
    KpiFactory(plan=plan, owner=mia)

    assert points(plan, "missing") == []


def test_decisions_of_the_last_review_come_back_with_what_became_of_them(plan, alice, start):
    first = start()
    item = first.items.get(section="other")
    DecisionFactory(item=item, text="Done", done_on=TODAY)
    DecisionFactory(item=item, text="Late", due_on=dt.date(2026, 8, 1))
    action = ActionFactory(objective__plan=plan, status="blocked")
    DecisionFactory(item=item, text="By action", action=action)
    close_review(first, by=alice, now=NOW, next_on=None)

    found = [(point.title, said(point, plan, TODAY).lines[0]) for point in points(plan, "decided")]

    assert found == [
        ("Late", "Decided on 19 Aug 2026: late"),
        ("By action", "Decided on 19 Aug 2026: open"),
        ("Done", "Decided on 19 Aug 2026: done"),
    ]


@pytest.mark.parametrize("count", [1, 3])
def test_it_costs_the_same_however_much_there_is(plan, count, django_assert_num_queries):
    for number in range(count):
        objective = ObjectiveFactory(plan=plan)
        off_track(plan, objective=objective, name=f"KPI {number}", value=50)
        ActionFactory(objective=objective, deadline=dt.date(2026, 8, 9))

    # KPIs, readings, worth of objectives, late actions, what waits for them, moved goalposts, budget
    with django_assert_num_queries(7):
        agenda_of(plan, TODAY, since=None, last=None)
