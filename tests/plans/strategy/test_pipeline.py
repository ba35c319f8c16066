"""The pipeline solved backwards: from the deals needed to the prospects one has to find."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from plans.strategy.pipeline import StageInput, deals_needed, entrants_needed, solve_pipeline

# A busy machine is no failure.
patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

NEW_YEAR, YEAR_END = dt.date(2026, 1, 1), dt.date(2026, 12, 31)
CONVERSIONS = {"prospecting": 25, "qualification": 50, "presentation": 60, "negotiation": 80, "closing": 80}


def stages(**changed):
    return [
        StageInput(kind, None if percent is None else Decimal(percent), 10)
        for kind, percent in (CONVERSIONS | changed).items()
    ]


def solve(rows, needed=334_000, deal_size=20_000, start=NEW_YEAR, deadline=YEAR_END):
    return solve_pipeline(
        rows,
        needed=None if needed is None else Decimal(needed),
        deal_size=None if deal_size is None else Decimal(deal_size),
        start=start,
        deadline=deadline,
    )


def test_each_stage_holds_what_the_next_one_needs():
    pipeline = solve(stages())

    assert pipeline.deals == 17  # 334,000 / 20,000 = 16.7
    assert [load.entrants for load in pipeline.loads] == [376, 94, 47, 28, 22]


def test_the_cycle_takes_all_its_days_and_the_last_prospect_enters_that_much_before_the_deadline():
    pipeline = solve(stages())

    assert pipeline.days == 50
    assert pipeline.loads[0].enter_by == dt.date(2026, 11, 11)
    assert pipeline.loads[-1].enter_by == dt.date(2026, 12, 21)


def test_the_rate_is_counted_to_the_last_day_one_can_enter():
    load = solve(stages()).loads[0]

    assert round(load.per_week, 1) == Decimal("8.4")  # 376 in 315 days
    assert round(load.per_month, 1) == Decimal("36.3")


def test_before_a_missing_conversion_nothing_is_known():
    pipeline = solve(stages(presentation=None))

    assert [load.entrants for load in pipeline.loads] == [None, None, None, 28, 22]


def test_a_cycle_longer_than_the_time_left_is_too_late():
    assert solve(stages(), start=dt.date(2026, 12, 1)).too_late
    assert not solve(stages(), start=dt.date(2026, 11, 1)).too_late


def test_without_a_deadline_there_is_a_number_but_no_rate():
    load = solve(stages(), deadline=None).loads[0]

    assert (load.entrants, load.per_week, load.enter_by) == (376, None, None)


@pytest.mark.parametrize(("needed", "deal_size"), [(None, 20_000), (334_000, None), (334_000, 0)])
def test_without_the_amounts_no_deal_is_counted(needed, deal_size):
    pipeline = solve(stages(), needed, deal_size)

    assert pipeline.deals is None
    assert {load.entrants for load in pipeline.loads} == {None}


def test_an_objective_that_is_met_already_needs_no_deal():
    assert deals_needed(Decimal(-5), Decimal(10)) == 0


def test_no_conversion_at_all_is_impossible_rather_than_infinite():
    assert entrants_needed(5, Decimal(0)) is None


@patient
@given(st.integers(1, 10**16), st.decimals("0.01", 100, places=2))
def test_just_enough_enter(going_on, conversion):
    entrants = entrants_needed(going_on, conversion)

    assert entrants is not None
    exactly = int(conversion * 100)
    assert entrants * exactly >= going_on * 10_000
    assert (entrants - 1) * exactly < going_on * 10_000


@patient
@given(
    st.lists(st.one_of(st.none(), st.decimals("0.01", 100, places=2)), max_size=6),
    st.decimals(-(10**14), 10**14, places=4),
    st.decimals("0.01", 10**12, places=2),
    st.integers(0, 32767),
)
def test_no_figures_break_it(conversions, needed, deal_size, days):
    rows = [StageInput(str(index), conversion, days) for index, conversion in enumerate(conversions)]

    pipeline = solve_pipeline(rows, needed=needed, deal_size=deal_size, start=NEW_YEAR, deadline=YEAR_END)

    assert all(load.share <= 100 for load in pipeline.loads)
