"""Which KPIs a week asks for."""

import datetime as dt

import pytest

from kpis.checkin.due import asked_in, count_in_plan, count_owed, due_in_plan, due_of, due_period, my_week
from kpis.checkin.rows import rows_of
from kpis.models import Kpi
from plans.plan.frame import Week
from tests.factories import KpiFactory, PlanFactory, ReadingFactory, SkipFactory

WEEK_34 = dt.date(2026, 8, 17)
WEEK_36 = dt.date(2026, 8, 31)  # August ends on its Monday


def due(monday):
    return [(kpi.name, kpi.due_period) for kpi in due_of(Kpi.objects.all(), *asked_in(monday))]


@pytest.mark.parametrize(
    ("rhythm", "monday", "period"),
    [
        ("weekly", WEEK_34, WEEK_34),
        ("monthly", WEEK_34, dt.date(2026, 7, 1)),
        ("monthly", WEEK_36, dt.date(2026, 8, 1)),
        ("quarterly", WEEK_34, dt.date(2026, 4, 1)),
        ("quarterly", dt.date(2026, 9, 28), dt.date(2026, 7, 1)),
        ("weekly", dt.date(2026, 12, 28), dt.date(2026, 12, 28)),  # week 53
        ("quarterly", dt.date(2026, 12, 28), dt.date(2026, 10, 1)),
    ],
)
def test_the_period_asked_for_is_the_last_one_over_by_sunday(rhythm, monday, period):
    assert due_period(rhythm, monday) == period


def test_a_monthly_kpi_shows_in_the_week_its_month_ends_filled_or_not(plan):
    kpi = KpiFactory(plan=plan, name="Basket", rhythm="monthly")
    august = dt.date(2026, 8, 1)
    assert due(WEEK_36) == [("Basket", august)]

    ReadingFactory(kpi=kpi, period=august, entered_at=dt.datetime(2026, 9, 1, 8, tzinfo=dt.UTC))

    assert due(WEEK_36) == [("Basket", august)]


def test_a_monthly_kpi_stays_until_it_is_filled_in_and_through_the_week_it_is(plan):
    kpi = KpiFactory(plan=plan, name="Basket", rhythm="monthly")
    week_38, week_39 = dt.date(2026, 9, 14), dt.date(2026, 9, 21)
    assert due(week_38) == [("Basket", dt.date(2026, 8, 1))]

    ReadingFactory(kpi=kpi, period=dt.date(2026, 8, 1), entered_at=dt.datetime(2026, 9, 16, 8, tzinfo=dt.UTC))

    assert due(week_38) == [("Basket", dt.date(2026, 8, 1))]
    assert due(week_39) == []


def test_a_week_filled_in_later_stays_on_the_page_of_its_week(plan):
    kpi = KpiFactory(plan=plan, name="Leads", rhythm="weekly")
    three_weeks_later = dt.datetime(2026, 9, 9, 8, tzinfo=dt.UTC)
    ReadingFactory(kpi=kpi, period=WEEK_34, entered_at=three_weeks_later)

    assert due(WEEK_34) == [("Leads", WEEK_34)]


@pytest.mark.parametrize(
    ("starts_on", "deadline", "asked"),
    [
        (dt.date(2026, 8, 23), None, True),
        (dt.date(2026, 8, 24), None, False),
        (None, dt.date(2026, 8, 17), True),
        (None, dt.date(2026, 8, 16), False),
    ],
)
def test_a_kpi_is_asked_for_from_its_first_day_to_its_last(plan, starts_on, deadline, asked):
    KpiFactory(plan=plan, starts_on=starts_on, deadline=deadline)

    assert bool(due(WEEK_34)) == asked


def test_the_frame_counts_what_i_owe_in_one_query(plan, mia, alice, django_assert_num_queries, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args: dt.date(2026, 8, 19))
    mine = KpiFactory.create_batch(3, plan=plan, owner=mia)
    KpiFactory(plan=plan, owner=alice)
    KpiFactory(plan=PlanFactory(workspace=plan.workspace, status="draft"), owner=mia)
    ReadingFactory(kpi=mine[0], period=WEEK_34)

    with django_assert_num_queries(1):
        week = my_week(mia, [0])

    assert week == Week(done=1, due=3)


def test_a_viewer_owes_nothing(plan, bob):
    KpiFactory(plan=plan, owner=bob)

    assert count_owed(bob, WEEK_34) == Week(0, 0)


ANSWERS = {
    "before the week": dt.datetime(2026, 9, 2, 8, tzinfo=dt.UTC),
    "in the week": dt.datetime(2026, 9, 16, 8, tzinfo=dt.UTC),
    "after the week": dt.datetime(2026, 9, 30, 8, tzinfo=dt.UTC),
    "not at all": None,
}


@pytest.mark.parametrize("rhythm", Kpi.Rhythm.values)
@pytest.mark.parametrize("answered", ANSWERS)
@pytest.mark.parametrize("skipped", ANSWERS)
def test_what_is_counted_is_what_the_page_shows(plan, rhythm, answered, skipped):
    week_38 = dt.date(2026, 9, 14)
    kpi = KpiFactory(plan=plan, rhythm=rhythm)
    KpiFactory(plan=plan, rhythm=rhythm, starts_on=dt.date(2026, 11, 1))
    period = due_period(rhythm, week_38)
    if ANSWERS[answered]:
        ReadingFactory(kpi=kpi, period=period, entered_at=ANSWERS[answered])
    if ANSWERS[skipped]:
        SkipFactory(kpi=kpi, period=period, skipped_at=ANSWERS[skipped])

    shown = rows_of(due_in_plan(plan, week_38), today=week_38)

    answered_rows = [row for row in shown if row.reading or row.is_skipped]
    assert count_in_plan(plan, week_38) == Week(done=len(answered_rows), due=len(shown))
