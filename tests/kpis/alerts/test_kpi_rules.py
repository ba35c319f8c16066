"""Off its pace, no fresh value, a break with its past: worked examples."""

import datetime as dt

import pytest

from kpis.alerts.cards import Card
from kpis.alerts.rules import rule_named
from kpis.models import Kpi
from plans.models import Plan
from tests.factories import KpiFactory, ObjectiveFactory, ReadingFactory, SkipFactory
from tests.kpis.alerts.conftest import TODAY, fill, open_alerts, week


def card_of(alert) -> Card:
    return Card(alert, rule_named(alert.rule), alert.plan, TODAY)


# Off its pace


def test_off_track_two_weeks_in_a_row_is_an_alert(judge, leads):
    fill(leads, 95, 80, 70)

    judge()

    (alert,) = open_alerts("off_pace")
    card = card_of(alert)
    assert card.name == "Open leads"
    assert card.says == (
        "70\N{NO-BREAK SPACE}leads against 100\N{NO-BREAK SPACE}leads expected on 16 Aug: 70% of pace. "
        "Off track 2 times in a row, from week 32 to week 33."
    )
    assert card.clears == "At least 90\N{NO-BREAK SPACE}leads in week 34: 90% of pace."
    assert card.since == "since 9 Aug"
    assert card.url == leads.get_absolute_url()
    assert alert.level == 30


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ((95, 70), "only once"),
        ((70, 70, 91), "at risk by now"),
        ((70, None, 70), "a week without a value between them"),
        ((92, 95), "at risk is not off track"),
    ],
)
def test_it_is_none_when(judge, leads, values, why):
    fill(leads, *values)

    judge()

    assert open_alerts("off_pace") == [], why


def test_where_less_is_better_the_most_that_clears_is_said(judge, leads):
    Kpi.objects.update(direction="less")
    fill(leads, 150, 150)

    judge()

    (alert,) = open_alerts("off_pace")
    assert card_of(alert).clears == "At most 111\N{NO-BREAK SPACE}leads with week 34, which is no longer off track."


def test_of_a_total_the_running_total_is_judged(judge, plan):
    Plan.objects.update(starts_on=dt.date(2026, 8, 3), ends_on=dt.date(2026, 9, 6))
    orders = KpiFactory(plan=plan, name="Orders", unit="orders", measure="total", target=100)
    fill(orders, 10, 10)

    judge()

    (alert,) = open_alerts("off_pace")
    # Five weeks bring 20 each: 40 by week 33, 60 by week 34, of which 90% is enough.
    assert "20\N{NO-BREAK SPACE}orders against 40" in card_of(alert).says
    assert card_of(alert).clears == "A total of at least 54\N{NO-BREAK SPACE}orders with week 34: 90% of pace."


def test_outside_a_band_no_share_of_a_pace_is_said(judge, leads):
    Kpi.objects.update(direction="within", target=None, band_low=90, band_high=100)
    fill(leads, 50, 50)

    judge()

    (alert,) = open_alerts("off_pace")
    card = card_of(alert)
    assert card.says.startswith("50\N{NO-BREAK SPACE}leads on 16 Aug, outside its band. Off track 2 times")
    assert card.clears == "The first value that is not off track, for example that of week 34."


def test_it_concerns_whoever_owes_the_values_and_whoever_answers_for_the_objective(judge, plan, leads, mia, mark):
    Kpi.objects.update(objective=ObjectiveFactory(plan=plan, owner=mark))
    fill(leads, 70, 70)

    judge()

    (alert,) = open_alerts("off_pace")
    assert set(alert.people.all()) == {mia, mark}


# No fresh value


def test_a_weekly_kpi_is_stale_on_the_ninth_day(judge, leads):
    fill(leads, 100, last=32)  # until 9 August

    judge(days=-2)
    assert open_alerts("stale") == []
    judge(days=-1)

    (alert,) = open_alerts("stale")
    card = card_of(alert)
    assert card.says == "No value since week 32, which ended on 9 Aug. A value is stale after 8 days."
    assert card.clears == "A value for the last period that is over, the earliest missing being week 33."
    assert alert.since == dt.date(2026, 8, 18)
    assert card.way.url.endswith(f"/checkin/#kpi-{leads.pk}")


@pytest.mark.parametrize(
    ("rhythm", "period", "limit"), [("monthly", (2026, 6, 1), 32), ("quarterly", (2026, 1, 1), 95)]
)
def test_monthly_and_quarterly_kpis_have_longer(judge, leads, rhythm, period, limit):
    Kpi.objects.update(rhythm=rhythm)
    ReadingFactory(kpi=leads, period=dt.date(*period), value=100)

    judge()

    (alert,) = open_alerts("stale")
    assert f"after {limit} days" in card_of(alert).says


def test_one_without_any_value_says_when_the_first_was_due(judge, leads):
    judge()

    (alert,) = open_alerts("stale")
    assert card_of(alert).says.startswith("No value yet, and its first period ended on 4 Jan.")


def test_a_week_that_was_skipped_with_a_reason_counts_as_answered(judge, leads):
    fill(leads, 100, last=31)
    SkipFactory(kpi=leads, period=week(33))

    judge()

    assert open_alerts("stale") == []


# A break with its past


def test_a_value_far_from_its_own_past_is_an_alert(judge, leads):
    fill(leads, 97, 98, 99, 100, 100, 101, 102, 103, 140)

    judge()

    (alert,) = open_alerts("break")
    card = card_of(alert)
    assert card.says == (
        "140\N{NO-BREAK SPACE}leads in week 33. Usual is 92.2\N{NO-BREAK SPACE}leads to 108\N{NO-BREAK SPACE}leads: "
        "the median of its 8 values before is 100\N{NO-BREAK SPACE}leads."
    )
    assert card.clears == (
        "A next value from 92.2\N{NO-BREAK SPACE}leads to 108\N{NO-BREAK SPACE}leads, or this one put right."
    )
    assert alert.since == dt.date(2026, 8, 16)


def test_downwards_too(judge, leads):
    fill(leads, 97, 98, 99, 100, 100, 101, 102, 103, 60)

    judge()

    assert len(open_alerts("break")) == 1


@pytest.mark.parametrize("values", [(97, 98, 99, 100, 100, 101, 102, 140), (97, 98, 99, 100, 100, 101, 102, 103, 107)])
def test_too_short_a_past_or_a_usual_value_is_none(judge, leads, values):
    fill(leads, *values)

    judge()

    assert open_alerts("break") == []


def test_a_total_whose_week_is_not_over_is_not_judged(judge, leads):
    Kpi.objects.update(measure="total")
    fill(leads, *[100] * 9, 10, last=34)

    judge()

    assert open_alerts("break") == []
