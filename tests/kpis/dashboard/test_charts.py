"""Objectives and KPIs against their pace, as figures."""

import datetime as dt
from decimal import Decimal

import pytest
from django.utils.translation import override

from kpis.dashboard.amounts import figures_and_unit, percent, short
from kpis.dashboard.charts import LONGEST_BAR, attainment_chart, objective_chart
from kpis.dashboard.objectives import objective_rows
from kpis.kpi.progress import kpi_progress
from plans.actions.standing import standing
from tests.factories import ActionFactory, KpiFactory, MilestoneFactory, ObjectiveFactory, ReadingFactory

TODAY = dt.date(2026, 8, 19)
LAST_WEEK = dt.date(2026, 8, 10)


def rows(plan):
    return objective_rows(standing(plan), kpi_progress(plan, TODAY), TODAY)


def measured(plan, title, value, **fields):
    """An objective whose KPI runs from 0 to 100 with the year."""
    objective = ObjectiveFactory(plan=plan, title=title)
    kpi = KpiFactory(
        plan=plan, name=f"{title} in numbers", objective=objective, **{"baseline": 0, "target": 100, **fields}
    )
    if value is not None:
        ReadingFactory(kpi=kpi, period=LAST_WEEK, value=value)
    return objective


def test_each_objective_is_a_bar_with_a_tick_where_its_pace_is(plan):
    measured(plan, "Sales", 70)
    measured(plan, "Retention", 20)

    bars, ticks = objective_chart(rows(plan)).figure["data"]

    assert bars["x"] == [70, 20]
    assert bars["marker"]["color"] == ["var(--sp-bar)", "var(--sp-fill-over)"]
    assert ticks["y"] == [-0.2188, 0.2188, None, 0.7812, 1.2188, None]
    assert ticks["x"][:2] == pytest.approx([62.36, 62.36], abs=0.01)  # 227 of 364 days by Sunday
    assert bars["hovertext"][0] == "Sales: 70% of the way, pace 62%"


def test_objectives_stand_in_the_order_of_the_page(plan):
    measured(plan, "First", 70)
    measured(plan, "Second", 20)

    axis = objective_chart(rows(plan)).figure["layout"]["yaxis"]

    assert axis["ticktext"] == ["First", "Second"]
    assert axis["range"] == [1.5, -0.5]  # from the top


def test_long_titles_are_shortened_more_on_a_phone(plan):
    measured(plan, "Grow the share of the market in all of the Benelux countries", 10)

    layout = objective_chart(rows(plan)).figure["layout"]

    assert layout["yaxis"]["ticktext"] == ["Grow the share of the market…"]
    assert layout["meta"]["narrow"]["yaxis"]["ticktext"] == ["Grow the share…"]


def test_a_bar_ends_where_it_says_no_more(plan):
    measured(plan, "Far ahead", 900)

    chart = objective_chart(rows(plan))

    assert chart.figure["data"][0]["x"] == [LONGEST_BAR]
    assert chart.figure["layout"]["annotations"][0]["text"] == "900%"


def test_objectives_without_values_are_in_the_table_only(plan):
    measured(plan, "Sales", 70)
    measured(plan, "Later", None)

    chart = objective_chart(rows(plan))

    assert len(chart.figure["data"][0]["x"]) == 1
    assert [row[0] for row in chart.rows] == ["Sales", "Later"]
    assert chart.rows[0][1:] == ["70%", "62.4%", "100%", "70%", "62%"]
    assert chart.rows[1][1] == "–"


def test_the_sentence_counts_who_keeps_the_pace(plan):
    measured(plan, "Sales", 70)
    assert objective_chart(rows(plan)).says.startswith("1 of 1 objective keeps its pace")

    measured(plan, "Retention", 20)
    assert objective_chart(rows(plan)).says.startswith("1 of 2 objectives keep their pace")


def test_kpis_are_bars_of_their_pace(plan):
    measured(plan, "Sales", 70)
    KpiFactory(plan=plan, name="Never read")

    chart = attainment_chart(kpi_progress(plan, TODAY))

    (bars,) = chart.figure["data"]
    assert bars["x"] == pytest.approx([112.2], abs=0.1)
    assert chart.figure["layout"]["shapes"][0]["x0"] == 100
    assert chart.rows == [
        ["Sales in numbers", "70%", "62.4%", "112%", "On track"],
        ["Never read", "–", "3.26%", "–", "No data"],
    ]
    assert chart.says == "1 of 1 KPI with values is on track."


def test_of_many_objectives_those_farthest_behind_are_drawn(plan):
    for number in range(20):
        measured(plan, f"Objective {number}", 90 if number in (2, 5) else 10)

    chart = objective_chart(rows(plan))

    drawn = chart.figure["layout"]["yaxis"]["ticktext"]
    assert drawn == [f"Objective {number}" for number in range(20) if number not in (2, 5)]
    assert len(chart.rows) == 20
    assert chart.says.endswith("Drawn are the 18 of 20 that are farthest behind; the table has all.")


def test_of_many_kpis_those_farthest_behind_are_drawn(plan):
    for number in range(20):
        measured(plan, f"Objective {number}", 90 if number in (2, 5) else 10)

    chart = attainment_chart(kpi_progress(plan, TODAY))

    drawn = chart.figure["layout"]["yaxis"]["ticktext"]
    assert len(drawn) == 18
    assert "Objective 2 in numbers" not in drawn
    assert len(chart.rows) == 20
    assert chart.says.endswith("Drawn are the 18 of 20 that are farthest behind; the table has all.")


def test_numbers_are_written_as_the_reader_writes_them(plan):
    measured(plan, "Sales", "70.5")

    with override("pl"):
        (row,) = attainment_chart(kpi_progress(plan, TODAY)).rows

    assert row[1:3] == ["70,5%", "62,4%"]


# The rows of objectives


def test_the_first_kpi_with_values_speaks_for_its_objective(plan):
    objective = measured(plan, "Sales", None)
    second = KpiFactory(plan=plan, objective=objective, position=1, baseline=0, target=10, unit="h")
    ReadingFactory(kpi=second, period=LAST_WEEK, value=5)

    (row,) = rows(plan)

    assert (row.now, row.target, row.width) == ("5\xa0h", "10\xa0h", "50.0%")


def test_milestones_speak_for_themselves(plan):
    objective = ObjectiveFactory(plan=plan, measure="milestones", unit="", baseline=None, target=4)
    MilestoneFactory(objective=objective, done_on=TODAY)
    MilestoneFactory(objective=objective)

    (row,) = rows(plan)

    assert (row.now, row.target, row.width, row.tick) == ("1", "4", "25.0%", "")


@pytest.mark.parametrize(
    ("statuses", "words", "wrong"),
    [
        ([], "no action", ""),
        (["done"], "1 action", "all done"),
        (["done", "cancelled"], "1 action", "all done"),
        (["in_progress", "blocked", "at_risk"], "3 actions", "1 blocked"),
        (["not_started", "not_started"], "2 actions", "2 not started"),
        (["in_progress", "done"], "2 actions", ""),
    ],
)
def test_actions_are_counted_with_the_worst_there_is_to_say(plan, statuses, words, wrong):
    objective = ObjectiveFactory(plan=plan)
    for status in statuses:
        ActionFactory(objective=objective, status=status, done_on=TODAY if status == "done" else None)

    (row,) = rows(plan)

    assert (row.actions, row.wrong) == (words, wrong)


def test_overdue_comes_before_everything(plan):
    objective = ObjectiveFactory(plan=plan)
    ActionFactory(objective=objective, status="blocked")
    ActionFactory(objective=objective, deadline=TODAY - dt.timedelta(days=1))

    (row,) = rows(plan)

    assert row.wrong == "1 overdue"


# Amounts


@pytest.mark.parametrize(
    ("value", "unit", "number", "small"),
    [
        ("1258000", "EUR", "1.26", "M€"),
        ("1258000", "€", "1.26", "M€"),
        ("84.6", "%", "84.6", "%"),
        ("14820", "leads", "14,820", "leads"),
        ("-3", "pt", "−3", "pt"),
        ("46", "", "46", ""),
    ],
)
def test_a_tile_writes_the_number_large_and_its_unit_small(value, unit, number, small):
    assert figures_and_unit(short(Decimal(value), unit, exact=True)) == (number, small)


def test_a_polish_tile_too():
    with override("pl"):
        assert figures_and_unit(short(Decimal(14820), "leadów", exact=True)) == ("14\xa0820", "leadów")


def test_what_is_not_known_is_a_dash():
    assert (short(None, "EUR"), percent(None)) == ("–", "–")
