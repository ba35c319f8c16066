import datetime as dt
from decimal import Decimal

import pytest

from kpis.kpi.progress import kpi_progress
from tests.factories import KpiFactory, ReadingFactory

MONDAY = dt.date(2026, 1, 5)


def weeks(kpi, *values, first=MONDAY):
    for number, value in enumerate(values):
        if value is not None:
            ReadingFactory(kpi=kpi, period=first + dt.timedelta(weeks=number), value=value)


def test_a_level_stands_at_its_last_value(plan):
    weeks(KpiFactory(plan=plan, baseline=2, target=4), "2.1", "2.4", None, "2.3")

    (progress,) = kpi_progress(plan, dt.date(2026, 2, 4))

    assert progress.value == Decimal("2.3")
    assert progress.last_period == dt.date(2026, 1, 26)
    assert progress.series == (Decimal("2.1"), Decimal("2.4"), None, Decimal("2.3"))
    assert len(progress.pace_series) == 4
    assert progress.target_share == Decimal("0.15")  # 0.3 of the 2 to go
    assert progress.freshness.updated_on == dt.date(2026, 2, 1)


def test_a_total_adds_its_readings_up_from_the_day_it_is_counted_from(plan):
    kpi = KpiFactory(plan=plan, measure="total", target=530, baseline=400, starts_on=dt.date(2026, 1, 14))
    weeks(kpi, 100, 10, 20, 30)  # the first week was over before

    (progress,) = kpi_progress(plan, dt.date(2026, 2, 4))

    assert (progress.value, progress.last) == (60, 30)
    assert progress.series == (None, 10, 30, 60)
    assert progress.entered == (100, 10, 20, 30)


def test_pace_is_that_of_the_period_read_not_of_today(plan):
    kpi = KpiFactory(plan=plan, measure="total", target=530)  # 53 weeks of 2026: 10 a week
    weeks(kpi, 20, 10)

    (progress,) = kpi_progress(plan, dt.date(2026, 12, 1))

    assert progress.pace.expected == 30  # the week of 1 January, and two more
    assert progress.status == "on_track"
    assert progress.freshness.stale


def test_a_day_in_the_past_shows_what_was_known_of_the_periods_begun_by_then(plan):
    weeks(KpiFactory(plan=plan), 1, 2, 3)

    (progress,) = kpi_progress(plan, dt.date(2026, 1, 18))

    assert progress.value == 2


def test_the_series_ends_with_the_last_eight_periods(plan):
    weeks(KpiFactory(plan=plan), *range(1, 13))

    (progress,) = kpi_progress(plan, dt.date(2026, 4, 1))

    assert progress.series == tuple(Decimal(value) for value in range(5, 13))


def test_readings_alone_without_a_target_are_grey(plan):
    weeks(KpiFactory(plan=plan, baseline=None, target=None), 1)

    (progress,) = kpi_progress(plan, dt.date(2026, 1, 20))

    assert (progress.value, progress.status, progress.words, progress.pace_words) == (1, "no_data", "", "")


def test_only_the_kpis_asked_for(plan):
    KpiFactory(plan=plan)
    wanted = KpiFactory(plan=plan)

    assert [progress.kpi for progress in kpi_progress(plan, MONDAY, only=[wanted.pk])] == [wanted]


@pytest.mark.parametrize("kpi_count", [1, 3])
def test_queries_do_not_grow_with_kpis_or_readings(plan, alice, kpi_count, django_assert_num_queries):
    for kpi in KpiFactory.create_batch(kpi_count, plan=plan, owner=alice):
        weeks(kpi, *range(kpi_count * 3))

    with django_assert_num_queries(2):  # KPIs with owner and objective, readings
        names = [str(progress.kpi.owner) for progress in kpi_progress(plan, dt.date(2026, 5, 1))]

    assert names == ["Alice Martin"] * kpi_count
