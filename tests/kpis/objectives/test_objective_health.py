"""An objective is as healthy as its weakest KPI, or as all of them together by their weights; worked by hand."""

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse

from kpis.kpi.objective_health import health_of, share_of
from kpis.kpi.pace import freshness, judge
from kpis.kpi.progress import KpiProgress
from kpis.kpi.rules import Rules
from kpis.kpi.track import Track
from kpis.models import Kpi
from tests.factories import KpiFactory, ObjectiveFactory, ReadingFactory

START, HALFWAY, END = dt.date(2026, 1, 1), dt.date(2026, 2, 20), dt.date(2026, 4, 11)
RULES = Rules()


def a_kpi(actual, *, name="Leads", weight=1, **track):
    """100 of 200 are expected after half the time, so the value is its own percentage."""
    track = Track(**{"starts_on": START, "deadline": END, "baseline": Decimal(0), "target": Decimal(200)} | track)
    pace = judge(track, None if actual is None else Decimal(actual), HALFWAY)
    return KpiProgress(Kpi(name=name, weight=weight), track, pace, freshness(track, None, HALFWAY))


@pytest.mark.parametrize(
    ("values", "status"),
    [
        (["100", "150"], "on_track"),
        (["99", "150"], "on_track"),
        (["150", "98"], "at_risk"),
        (["90", "150"], "at_risk"),
        (["89", "300"], "off_track"),
        (["95", "80", "200"], "off_track"),
        (["95", None], "at_risk"),  # without data it says nothing
        ([None, None], "no_data"),
        ([], "no_data"),
    ],
)
def test_it_is_as_healthy_as_its_weakest_kpi(values, status):
    assert health_of("weakest", [a_kpi(value) for value in values], RULES).status == status


@pytest.mark.parametrize(
    ("weighed", "status"),
    [
        ([("80", 1), ("120", 1)], "on_track"),  # 100%
        ([("80", 1), ("118", 1)], "on_track"),  # 99%: within one percent
        ([("80", 2), ("120", 1)], "at_risk"),  # 93.3%
        ([("80", 1), ("100", 1)], "at_risk"),  # 90%
        ([("80", 3), ("100", 2)], "off_track"),  # 88%
        ([("50", 1), ("1000", 1)], "on_track"),  # the second counts 150%, so 100%
        ([("40", 1), ("1000", 1)], "at_risk"),  # 95%
        ([("20", 1), (None, 9), ("160", 1)], "off_track"),  # 85%: what has no data weighs nothing
        ([(None, 1)], "no_data"),
    ],
)
def test_by_weights_all_kpis_count_together(weighed, status):
    kpis = [a_kpi(value, weight=weight) for value, weight in weighed]

    assert health_of("weighted", kpis, RULES).status == status


def test_the_rules_of_the_company_say_what_the_weighted_mean_comes_to():
    kpis = [a_kpi("80"), a_kpi("100")]

    assert health_of("weighted", kpis, Rules(90, 80)).status == "on_track"


@pytest.mark.parametrize(
    ("actual", "share"),
    [("50", 1), ("62", "0.9"), ("38", "0.9"), ("70", "0.5"), ("100", 0)],
)
def test_outside_its_band_a_kpi_lacks_the_way_back_as_a_share_of_the_width(actual, share):
    band = {"direction": "within", "target": None, "band_low": Decimal(40), "band_high": Decimal(60)}

    assert share_of(a_kpi(actual, **band)) == Decimal(share)


def test_a_kpi_that_has_its_target_lacks_nothing():
    falling = a_kpi("81", baseline=Decimal(95), target=Decimal(80))  # 87.5 expected: 92.6% of it, and enough

    assert share_of(falling) == 1


@pytest.mark.parametrize(
    ("rule", "kpis", "words"),
    [
        ("weakest", [], "No KPI measures it."),
        ("weakest", [a_kpi(None)], "Its KPI has no value or no target yet."),
        ("weakest", [a_kpi(None), a_kpi(None)], "None of its 2 KPIs has a value and a target yet."),
        (
            "weakest",
            [a_kpi("84", name="Leads"), a_kpi("120", name="Visits")],
            "Its weakest KPI is “Leads”. 84 against 100 expected: 84% of pace. "
            "On track from 100%, at risk from 90%. Within 1% counts as on pace.",
        ),
        (
            "weakest",
            [a_kpi("104", name="Leads"), a_kpi("120", name="Visits"), a_kpi(None)],
            "All its KPIs are on track. The weakest is “Leads”. 104 against 100 expected: 104% of pace. "
            "On track from 100%, at risk from 90%. Within 1% counts as on pace. One KPI without data is left out.",
        ),
        (
            "weighted",
            [a_kpi("104", name="Leads"), a_kpi("80", name="Visits", weight=2)],
            "By their weights its KPIs together have 88% of their pace: “Visits” 80% × 2, “Leads” 104% × 1. "
            "On track from 100%, at risk from 90%. Within 1% counts as on pace.",
        ),
    ],
)
def test_the_reason_is_said_with_its_numbers(rule, kpis, words):
    assert health_of(rule, kpis, RULES).reason == words


@pytest.fixture
def objective(plan):
    """At 84% of the pace of its one KPI."""
    objective = ObjectiveFactory(plan=plan, title="Sell more")
    dates = {"starts_on": dt.date(2026, 1, 1), "deadline": dt.date(2026, 12, 31)}
    kpi = KpiFactory(plan=plan, objective=objective, name="Leads", unit="", baseline=None, target=100, **dates)
    ReadingFactory(kpi=kpi, period=dt.date(2026, 1, 5), value=84)
    return objective


def test_its_page_says_how_healthy_it_is_and_why(as_bob, objective, htmx):
    page = as_bob.get(objective.get_absolute_url())
    part = as_bob.get(reverse("kpis:objective_health", args=[objective.pk]), headers=htmx("why"))
    whole = as_bob.get(reverse("kpis:objective_health", args=[objective.pk]))

    assert reverse("kpis:objective_health", args=[objective.pk]) in page.text
    assert "Off track" in part.text
    assert "84 against 100 expected: 84% of pace" in part.text
    assert part.text in whole.text


def test_the_list_of_objectives_says_the_same(as_bob, plan, objective):
    text = as_bob.get(reverse("plans:objectives", args=[plan.pk])).text

    assert "Off track" in text
    assert "It has one KPI, “Leads”. 84 against 100 expected: 84% of pace." in text


def test_the_overview_leads_from_the_health_of_an_objective_to_its_reason(as_bob, plan, objective):
    text = as_bob.get(reverse("kpis:dashboard", args=[plan.pk])).text

    url = reverse("kpis:objective_health", args=[objective.pk])
    assert f'<a class="stt over why" href="{url}" data-why>' in text


def test_the_overview_leads_from_the_status_of_a_kpi_to_its_rule(as_bob, plan, objective, htmx):
    url = reverse("kpis:kpi_why", args=[Kpi.objects.get().pk])

    overview = as_bob.get(reverse("kpis:dashboard", args=[plan.pk])).text
    part, whole = as_bob.get(url, headers=htmx("why")).text, as_bob.get(url).text

    assert f'href="{url}" data-why' in overview
    assert "84 against 100 expected: 84% of pace. On track from 100%, at risk from 90%." in part
    assert part in whole


def test_whoever_steers_says_that_all_kpis_count_by_their_weights(as_alice, objective, htmx):
    url = reverse("plans:objective_change", args=[objective.pk])
    typed = {"title": objective.title, "aim": "sales", "measure": "total", "direction": "more", "kpi_rule": "weighted"}

    as_alice.post(url, typed, headers=htmx("objective-sheet"))

    objective.refresh_from_db()
    text = as_alice.get(reverse("kpis:objective_health", args=[objective.pk])).text
    assert objective.kpi_rule == "weighted"
    assert "By their weights" in text
    assert "weight 1" in text


@pytest.mark.parametrize("weight", ["0", "101", "-1", "half"])
def test_a_weight_is_a_whole_number_from_1_to_100(as_alice, objective, htmx, weight):
    kpi = Kpi.objects.get()
    typed = {"name": "Leads", "measure": "level", "direction": "more", "rhythm": "weekly", "weight": weight}

    response = as_alice.post(reverse("kpis:kpi_edit", args=[kpi.pk]), typed, headers=htmx("kpi-list"))

    kpi.refresh_from_db()
    assert response.status_code == 422
    assert kpi.weight == 1


@pytest.mark.parametrize("count", [1, 3])
def test_the_health_of_an_objective_asks_a_constant_number_of_queries(
    as_bob, plan, objective, count, django_assert_num_queries
):
    for kpi in KpiFactory.create_batch(count, plan=plan, objective=objective):
        ReadingFactory(kpi=kpi)

    # session, user, objective, plan, its KPIs, their values
    with django_assert_num_queries(6):
        url = reverse("kpis:objective_health", args=[objective.pk])
        as_bob.get(url, headers={"HX-Request": "true", "HX-Target": "why"})
