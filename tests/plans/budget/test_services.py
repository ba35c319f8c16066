import datetime as dt
from decimal import Decimal

import pytest

from plans.budget.limits import Overdrawn
from plans.budget.queries import budget_figures
from plans.budget.services import (
    allocate,
    cover_from_contingency,
    insert_example_lines,
    reverse_adjustment,
    set_allocations,
    set_contingency_aside,
    transfer,
)
from plans.models import Adjustment, Allocation, BudgetLine
from tests.factories import ActionFactory, AllocationFactory, BudgetLineFactory

DAY = dt.date(2026, 6, 2)


def said(refusal):
    return refusal.value.messages[0].replace("\xa0", " ")


@pytest.fixture
def contingency(plan):
    return BudgetLineFactory(plan=plan, name="Contingency", planned=9_250, kind=BudgetLine.Kind.CONTINGENCY)


@pytest.fixture
def fairs(plan):
    return BudgetLineFactory(plan=plan, name="Trade fairs", planned=30_000)


def test_the_example_is_the_articles_ten_lines_of_185000(plan):
    lines = insert_example_lines(plan)

    assert len(lines) == 10
    assert budget_figures(plan).planned == 185_000


def test_the_example_is_inserted_into_an_empty_budget_only(plan):
    insert_example_lines(plan)

    assert insert_example_lines(plan) == []
    assert BudgetLine.objects.count() == 10


def test_five_percent_is_set_aside_once(plan):
    insert_example_lines(plan)

    contingency = set_contingency_aside(plan)

    assert contingency.planned == 9_250
    assert set_contingency_aside(plan) is None


def test_there_is_nothing_to_set_aside_of_an_empty_budget(plan):
    assert set_contingency_aside(plan) is None


def test_more_than_there_is_cannot_be_moved_and_the_figures_are_said(plan, alice, contingency, fairs):
    with pytest.raises(Overdrawn) as refusal:
        transfer(plan, from_line=contingency, to_line=fairs, amount=Decimal(12_000), reason="Stand", on=DAY, by=alice)

    assert said(refusal) == "Contingency has 9,250 € left, you want to move 12,000 €."
    assert not Adjustment.objects.exists()


def test_what_actions_have_cannot_be_moved_away_from_them(plan, alice, fairs):
    AllocationFactory(line=fairs, amount=29_000)

    with pytest.raises(Overdrawn, match=r"has 1,000"):
        transfer(plan, from_line=fairs, amount=Decimal(1_001), reason="Cut", on=DAY, by=alice)


def test_a_reversal_books_the_counter_adjustment_and_keeps_the_first(plan, alice, contingency, fairs):
    first = transfer(
        plan, from_line=contingency, to_line=fairs, amount=Decimal(4_000), reason="Stand", on=DAY, by=alice
    )

    reverse_adjustment(first, reason="Smaller after all", on=DAY, by=alice)

    assert Adjustment.objects.count() == 2
    assert first.reversed_by.reason == "Smaller after all"
    assert budget_figures(plan).of(fairs.pk).adjusted == 30_000
    assert budget_figures(plan).contingency_free == 9_250


def test_money_is_taken_from_the_fullest_contingency_first(plan, alice, contingency, fairs):
    small = BudgetLineFactory(plan=plan, planned=1_000, kind=BudgetLine.Kind.CONTINGENCY)

    booked = cover_from_contingency(fairs, amount=Decimal(10_000), reason="Stand", on=DAY, by=alice)

    assert [(row.from_line, row.amount) for row in booked] == [(contingency, 9_250), (small, 750)]


def test_a_line_gives_no_more_than_it_has(plan, fairs):
    AllocationFactory(line=fairs, amount=27_000)

    with pytest.raises(Overdrawn) as refusal:
        allocate(fairs, ActionFactory(objective__plan=plan), amount=Decimal(4_000))

    assert said(refusal) == "Trade fairs has 3,000 € to give, you want to give 4,000 €: 1,000 € too much."
    assert (refusal.value.free, refusal.value.short) == (3_000, 1_000)


def test_what_an_action_has_already_counts_as_free_for_it(plan, fairs):
    share = AllocationFactory(line=fairs, amount=27_000)

    allocate(fairs, share.action, amount=Decimal(30_000))

    assert Allocation.objects.get().amount == 30_000


def test_giving_less_is_right_even_of_a_line_that_gave_too_much(plan, fairs):
    share = AllocationFactory(line=fairs, amount=40_000)

    allocate(fairs, share.action, amount=Decimal(35_000))

    assert Allocation.objects.get().amount == 35_000


def test_giving_nothing_takes_the_allocation_away(plan, fairs):
    share = AllocationFactory(line=fairs, amount=27_000)

    allocate(fairs, share.action, amount=Decimal(0))

    assert not Allocation.objects.exists()


def test_all_lines_of_an_action_are_set_or_none(plan, fairs, contingency):
    action, blog = ActionFactory(objective__plan=plan), BudgetLineFactory(plan=plan, planned=5_000)

    with pytest.raises(Overdrawn):
        set_allocations(action, {fairs: Decimal(10_000), blog: Decimal(6_000)})

    assert not Allocation.objects.exists()
