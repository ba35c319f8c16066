from decimal import Decimal

import pytest

from plans.budget.roi import ActionReturn, rank, roi


@pytest.mark.parametrize(
    ("expected", "cost", "result"),
    [(2_500, 1_000, "1.5"), (1_000, 1_000, "0"), (0, 1_000, "-1"), (500, 1_000, "-0.5")],
    ids=["gains", "breaks even", "brings nothing", "loses"],
)
def test_roi_is_the_gain_for_each_unit_of_cost(expected, cost, result):
    assert roi(Decimal(expected), Decimal(cost)) == Decimal(result)


@pytest.mark.parametrize(("expected", "cost"), [(Decimal(100), Decimal(0)), (None, Decimal(100)), (None, Decimal(0))])
def test_there_is_no_roi_without_a_cost_or_without_a_return(expected, cost):
    assert roi(expected, cost) is None


def test_bars_are_drawn_on_the_scale_of_the_best_with_break_even_marked():
    ranking = rank([ActionReturn(1, "A", Decimal(100), Decimal(400)), ActionReturn(2, "B", Decimal(100), Decimal(100))])

    assert [length for _row, length in ranking.bars] == ["100.00%", "25.00%"]
    assert ranking.break_even == "25.00%"


def test_break_even_is_on_the_scale_even_when_nothing_reaches_it():
    ranking = rank([ActionReturn(1, "A", Decimal(100), Decimal(50))])

    assert ranking.break_even == "100.00%"
    assert ranking.bars[0][1] == "50.00%"


def test_the_ranking_has_a_return_of_its_own():
    ranking = rank([ActionReturn(1, "A", Decimal(100), Decimal(400)), ActionReturn(2, "B", Decimal(100), Decimal(0))])

    assert ranking.percent == 100
    assert rank([]).percent is None
