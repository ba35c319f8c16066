import datetime as dt

import pytest

from kpis.kpi.attention import kpi_attention
from tests.factories import KpiFactory, ReadingFactory

TODAY = dt.date(2026, 8, 19)
LAST_WEEK = dt.date(2026, 8, 10)


def problems(plan):
    return [(problem.kind, problem.title, problem.detail) for problem in kpi_attention(plan, TODAY)]


def test_a_kpi_on_track_with_an_owner_asks_for_nothing(plan, mia):
    ReadingFactory(kpi=KpiFactory(plan=plan, owner=mia), period=LAST_WEEK, value=4)

    assert problems(plan) == []


def test_off_track_says_how_far(plan, mia):
    ReadingFactory(kpi=KpiFactory(plan=plan, owner=mia, baseline=4, target=4), period=LAST_WEEK, value=2)

    assert problems(plan) == [("off_track", "Website conversion rate", "2 pt behind, pace 4%")]


def test_stale_says_for_how_long_and_leads_to_the_box(plan, mia):
    kpi = KpiFactory(plan=plan, owner=mia, baseline=None, target=3)
    ReadingFactory(kpi=kpi, period=dt.date(2026, 7, 20), value=3)

    (problem,) = kpi_attention(plan, TODAY)

    assert (problem.kind, problem.detail) == ("stale", "No value for 24 days, weekly KPI")
    assert (problem.verb, problem.url) == ("Enter value", f"/plans/{plan.pk}/checkin/#kpi-{kpi.pk}")


def test_a_kpi_nobody_enters_is_a_gap(plan):
    ReadingFactory(kpi=KpiFactory(plan=plan, target=None), period=LAST_WEEK)

    assert problems(plan) == [("missing", "Website conversion rate", "Nobody enters its values")]


@pytest.mark.parametrize("kpi_count", [1, 3])
def test_it_costs_the_same_however_many_kpis(plan, kpi_count, django_assert_num_queries):
    KpiFactory.create_batch(kpi_count, plan=plan)

    with django_assert_num_queries(2):  # KPIs, readings
        kpi_attention(plan, TODAY)


def test_a_gap_leads_to_its_kpi_however_long_the_list_is(as_alice, plan, mia):
    KpiFactory.create_batch(30, plan=plan, owner=mia)
    last = KpiFactory(plan=plan, owner=None, position=99)
    [problem] = [problem for problem in kpi_attention(plan, TODAY) if problem.verb == "Name an owner"]

    page = as_alice.get(problem.url)

    assert f'id="kpi-{last.pk}"' in page.text
    assert problem.url.endswith(f"#kpi-{last.pk}")
