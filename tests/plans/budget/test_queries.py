"""What the words of a budget mean, in worked examples."""

import datetime as dt
from decimal import Decimal

import pytest

from plans.budget.queries import budget_figures, ranking
from plans.models import BudgetEntry, BudgetLine
from tests.factories import (
    ActionFactory,
    AdjustmentFactory,
    AllocationFactory,
    BudgetEntryFactory,
    BudgetLineFactory,
)

ORDERED, PAID = BudgetEntry.Kind.COMMITTED, BudgetEntry.Kind.SPENT


def book(line, *, ordered=(), paid=()):
    for kind, amounts in ((ORDERED, ordered), (PAID, paid)):
        for amount in amounts:
            BudgetEntryFactory(line=line, kind=kind, amount=amount, on=dt.date(2026, 3, 2))


def figures_of(line):
    return budget_figures(line.plan).of(line.pk)


def test_adjusted_is_planned_and_what_came_in_less_what_went_out(plan):
    fairs, webinars = BudgetLineFactory(plan=plan, planned=30_000), BudgetLineFactory(plan=plan, planned=5_000)
    AdjustmentFactory(plan=plan, from_line=fairs, to_line=webinars, amount=4_000)
    AdjustmentFactory(plan=plan, from_line=None, to_line=fairs, amount=1_500)
    AdjustmentFactory(plan=plan, from_line=fairs, to_line=None, amount=500)

    assert figures_of(fairs).adjusted == 27_000
    assert figures_of(webinars).adjusted == 9_000
    assert budget_figures(plan).adjusted == 36_000


@pytest.mark.parametrize(
    ("ordered", "paid", "opened", "committed", "left"),
    [
        ((), (), 0, 0, 10_000),
        ((6_000,), (), 6_000, 6_000, 4_000),
        ((6_000,), (2_000,), 4_000, 6_000, 4_000),
        ((6_000,), (2_000, 4_000), 0, 6_000, 4_000),
        ((), (3_000,), 0, 3_000, 7_000),
        ((6_000,), (7_000,), 0, 7_000, 3_000),
        ((6_000,), (12_000,), 0, 12_000, -2_000),
    ],
    ids=["nothing", "ordered", "partly paid", "paid", "paid without an order", "paid more than ordered", "overspent"],
)
def test_an_order_counts_until_it_is_paid_and_a_payment_counts_once(plan, ordered, paid, opened, committed, left):
    line = BudgetLineFactory(plan=plan, planned=10_000)
    book(line, ordered=ordered, paid=paid)

    figures = figures_of(line)

    assert (figures.open, figures.committed, figures.left) == (opened, committed, left)


def test_free_is_what_is_neither_committed_nor_allocated(plan):
    line = BudgetLineFactory(plan=plan, planned=10_000)
    book(line, ordered=[3_000])
    AllocationFactory(line=line, amount=8_000)

    assert figures_of(line).free == 2_000
    assert figures_of(line).unallocated == 2_000


def test_nothing_is_free_on_an_overspent_line(plan):
    line = BudgetLineFactory(plan=plan, planned=1_000)
    book(line, paid=[1_200])

    assert figures_of(line).free == 0
    assert figures_of(line).over == 200


def test_open_orders_of_one_line_are_not_paid_by_another(plan):
    book(BudgetLineFactory(plan=plan, planned=5_000), ordered=[4_000])
    book(BudgetLineFactory(plan=plan, planned=5_000), paid=[4_000])

    budget = budget_figures(plan)

    assert (budget.open, budget.spent, budget.committed) == (4_000, 4_000, 8_000)


def test_the_envelope_is_the_budget_without_its_contingency(plan):
    BudgetLineFactory(plan=plan, planned=185_000)
    reserve = BudgetLineFactory(plan=plan, planned=9_250, kind=BudgetLine.Kind.CONTINGENCY)
    AdjustmentFactory(plan=plan, from_line=reserve, to_line=BudgetLineFactory(plan=plan, planned=0), amount=1_250)

    budget = budget_figures(plan)

    assert (budget.envelope, budget.contingency_free, budget.adjusted) == (186_250, 8_000, 194_250)


def test_cents_add_up_exactly(plan):
    line = BudgetLineFactory(plan=plan, planned=1)
    book(line, paid=[Decimal("0.10"), Decimal("0.20")])

    assert figures_of(line).spent == Decimal("0.30")


def test_used_is_unknown_where_there_is_nothing_to_use(plan):
    assert figures_of(BudgetLineFactory(plan=plan, planned=0)).used is None


def test_the_figures_of_another_plan_stay_there(plan):
    book(BudgetLineFactory(planned=70_000), paid=[5_000])

    assert budget_figures(plan).rows == []
    assert budget_figures(plan).spent == 0


@pytest.mark.parametrize("lines", [1, 3])
def test_all_figures_take_one_query(plan, lines, django_assert_num_queries):
    for _line in range(lines):
        line = BudgetLineFactory(plan=plan)
        book(line, ordered=[1], paid=[1, 2])
        AllocationFactory(line=line)

    with django_assert_num_queries(1):  # lines with their five sums
        budget_figures(plan)


def test_actions_are_ranked_by_what_they_bring_and_the_rest_say_what_they_lack(plan):
    line = BudgetLineFactory(plan=plan)
    for title, cost, expected in (("Weak", 1_000, 900), ("Strong", 1_000, 3_000), ("Unsure", 1_000, None)):
        AllocationFactory(
            line=line, amount=cost, action=ActionFactory(objective__plan=plan, title=title, expected_return=expected)
        )
    ActionFactory(objective__plan=plan, title="Free", expected_return=500)
    ActionFactory(objective__plan=plan, title="Dropped", status="cancelled")

    found = ranking(plan)

    assert [(row.title, row.percent) for row in found.ranked] == [("Strong", 200), ("Weak", -10)]
    assert {row.title: row.missing for row in found.unranked} == {
        "Unsure": "No expected return yet",
        "Free": "No budget allocated yet",
    }
