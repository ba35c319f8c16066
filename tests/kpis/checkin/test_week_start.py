"""Weeks that begin on a Saturday or a Sunday: what is asked for, what may be entered, what a change leaves alone."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from kpis.checkin.due import my_week
from kpis.kpi.progress import kpi_progress
from kpis.models import Reading
from tests.factories import KpiFactory, ReadingFactory

WEEK_34, WEEK_35 = dt.date(2026, 8, 17), dt.date(2026, 8, 24)
FRIDAY, SATURDAY, SUNDAY = dt.date(2026, 8, 21), dt.date(2026, 8, 22), dt.date(2026, 8, 23)


def begin_weeks_on(workspace, day):
    workspace.week_starts_on = day
    workspace.save()


@pytest.fixture
def on(monkeypatch):
    def travel(day):
        monkeypatch.setattr(timezone, "localdate", lambda *_args: day)

    return travel


@pytest.mark.parametrize(
    ("week_start", "days"), [(0, "17–23 Aug"), (6, "16–22 Aug"), (5, "15–21 Aug")], ids=["Monday", "Sunday", "Saturday"]
)
def test_the_page_of_a_week_says_its_days(as_mia, plan, mia, on, week_start, days):
    KpiFactory(plan=plan, owner=mia)
    begin_weeks_on(plan.workspace, week_start)
    on(WEEK_34)

    for page in (reverse("kpis:week"), reverse("kpis:checkin", args=[plan.pk])):
        response = as_mia.get(page, {"week": "2026-W34"})

        assert "week 34" in response.text
        assert days in response.text


@pytest.mark.parametrize(
    ("week_start", "day", "week"),
    [
        (0, SUNDAY, "week 34"),
        (6, SATURDAY, "week 34"),
        (6, SUNDAY, "week 35"),
        (5, FRIDAY, "week 34"),
        (5, SATURDAY, "week 35"),
    ],
)
def test_a_new_week_begins_on_the_day_the_company_says(as_mia, plan, mia, on, week_start, day, week):
    KpiFactory(plan=plan, owner=mia)
    begin_weeks_on(plan.workspace, week_start)
    on(day)

    assert f"My KPIs, {week}" in as_mia.get(reverse("kpis:week")).text


def test_a_value_can_be_entered_on_the_first_day_of_a_week_that_is_named_by_the_monday_after(
    as_mia, plan, mia, on, htmx
):
    kpi = KpiFactory(plan=plan, owner=mia)
    begin_weeks_on(plan.workspace, 6)
    typed = {"period": WEEK_35.isoformat(), "value": "3", "week": "2026-W35"}
    url = reverse("kpis:reading_enter", args=[kpi.pk])

    on(SATURDAY)
    refused = as_mia.post(url, typed, headers=htmx("kpi"))
    on(SUNDAY)
    accepted = as_mia.post(url, typed, headers=htmx("kpi"))

    assert (refused.status_code, accepted.status_code) == (422, 200)
    assert "This period has not begun yet" in refused.text
    assert Reading.objects.get().period == WEEK_35


def test_a_value_of_the_week_that_begins_today_counts_today(plan, on):
    kpi = KpiFactory(plan=plan)
    begin_weeks_on(plan.workspace, 5)
    ReadingFactory(kpi=kpi, period=WEEK_34, value=3)
    ReadingFactory(kpi=kpi, period=WEEK_35, value=4)

    (friday,), (saturday,) = kpi_progress(plan, FRIDAY), kpi_progress(plan, SATURDAY)

    assert (friday.value, saturday.value) == (3, 4)
    assert (friday.last_period, saturday.last_period) == (WEEK_34, WEEK_35)


def test_another_first_day_of_the_week_leaves_each_value_and_its_history_in_its_week(as_alice, plan):
    kpi = KpiFactory(plan=plan)
    reading = ReadingFactory(kpi=kpi, period=WEEK_34, value=3)
    before = list(Reading.history.values_list("history_id", "period", "value", "version"))

    for week_start in (5, 6, 0):
        begin_weeks_on(plan.workspace, week_start)
        page = as_alice.get(kpi.get_absolute_url())

        reading.refresh_from_db()
        assert "week 34" in page.text
        assert (reading.period, reading.version) == (WEEK_34, before[-1][3])
        assert list(Reading.history.values_list("history_id", "period", "value", "version")) == before


def test_a_month_that_ends_in_the_week_is_asked_for_whichever_day_the_week_begins_on(plan, mia, on):
    """Saturday, 31 October 2026, ends week 44 where weeks begin on Sundays, and begins week 45 on Saturdays."""
    kpi = KpiFactory(plan=plan, owner=mia, rhythm="monthly")
    on(dt.date(2026, 10, 30))
    ReadingFactory(kpi=kpi, period=dt.date(2026, 9, 1), entered_at=dt.datetime(2026, 10, 2, tzinfo=dt.UTC))

    from_sunday, from_saturday = my_week(mia, [6]), my_week(mia, [5])

    assert (from_sunday.due, from_saturday.due) == (1, 0)
