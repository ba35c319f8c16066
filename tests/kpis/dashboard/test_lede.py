"""The sentences on top of the overview."""

import datetime as dt

import pytest
from django.utils.translation import override

from kpis.dashboard.facts import facts_of
from kpis.dashboard.lede import aim, sentences
from tests.factories import ActionFactory, KpiFactory, ObjectiveFactory, ReadingFactory

TODAY = dt.date(2026, 8, 19)
LAST_WEEK = dt.date(2026, 8, 10)


def lede(plan):
    return sentences(facts_of(plan, TODAY))


def kpi(plan, name, value, target=100, **fields):
    """One whose pace is its target all along."""
    row = KpiFactory(plan=plan, name=name, baseline=None, target=target, **fields)
    ReadingFactory(kpi=row, period=LAST_WEEK, value=value)
    return row


def test_the_aim_is_said_in_the_plans_own_words(plan):
    plan.ambition = "grow sales by 25% in one year."

    assert aim(plan) == "Aim: grow sales by 25% in one year."


def test_without_words_of_its_own_the_aim_is_that_of_its_kind(plan):
    assert aim(plan) == "Aim: More sales."


def test_nothing_measured_is_said_as_such(plan):
    KpiFactory(plan=plan)

    assert lede(plan) == ["No KPI has a value to compare with its pace yet."]


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("103.1", "Sales: 3.1% ahead of pace."),
        ("162", "Sales: 62% ahead of pace."),
        ("100.5", "Sales: on pace."),
        ("95", "Sales: 5% behind pace."),
    ],
)
def test_the_first_kpi_is_said_as_good_or_bad_as_it_is(plan, value, words):
    kpi(plan, "Sales", value)

    assert lede(plan) == [words]


def test_less_of_what_should_be_little_is_ahead(plan):
    kpi(plan, "Days to quote", 4, target=5, direction="less")

    assert lede(plan) == ["Days to quote: 25% ahead of pace."]


def test_a_band_has_no_pace_but_an_inside(plan):
    kpi(plan, "Discount", 5, target=None, direction="within", band_low=4, band_high=8)

    assert lede(plan) == ["Discount: inside the band."]


def test_the_weakest_is_named_with_both_figures(plan):
    kpi(plan, "Sales", 110)
    kpi(plan, "Share", "9.5", target=10, unit="%")
    kpi(plan, "Retention", "80.5", target=90, unit="%")

    assert lede(plan)[1] == "The weak point is Retention: 80.5% against 90% expected."


def test_good_news_is_said_too(plan):
    kpi(plan, "Sales", 110)
    kpi(plan, "Share", 100)

    assert lede(plan) == ["Sales: 10% ahead of pace.", "No KPI is at risk or off track."]


@pytest.mark.parametrize(
    ("late", "words"),
    [(1, "1 action is late."), (2, "2 actions are late.")],
)
def test_late_actions_are_counted_in_words_that_fit(plan, late, words):
    objective = ObjectiveFactory(plan=plan)
    ActionFactory.create_batch(late, objective=objective, deadline=TODAY - dt.timedelta(days=1))
    ActionFactory(objective=objective, status="done", done_on=TODAY, deadline=TODAY - dt.timedelta(days=1))
    ActionFactory(objective=objective, status="cancelled", deadline=TODAY - dt.timedelta(days=1))

    assert lede(plan)[1:] == [f"1 of {late + 1} actions are done.", words]


def test_actions_that_all_go_well_are_said_to(plan):
    ActionFactory(objective__plan=plan, status="in_progress")

    assert lede(plan)[1:] == ["0 of 1 action is done.", "No action is late or blocked."]


def test_each_sentence_stands_for_itself_in_every_language(plan):
    """No sentence is made of two: what is put into a pattern are numbers, names and amounts."""
    kpi(plan, "Sales", "103.1")
    kpi(plan, "Retention", 80)

    with override("pl"):
        sales, weak = lede(plan)

    assert "3,1%" in sales
    assert all(sentence.endswith(".") for sentence in (sales, weak))
    assert ("Sales" in sales, "Retention" in weak) == (True, True)
