"""A tile of the overview as a file."""

import re
from html import unescape

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories import KpiFactory, ReadingFactory


@pytest.fixture
def kpi(plan):
    kpi = KpiFactory(plan=plan, name="Leads & <offers>", unit="%", on_dashboard=True)
    ReadingFactory(kpi=kpi, value="3.25")
    return kpi


def picture(client, kpi):
    return client.get(reverse("kpis:kpi_tile", args=[kpi.pk]))


def test_a_tile_is_a_picture_with_its_value_plan_and_source(as_bob, plan, kpi):
    answer = picture(as_bob, kpi)

    words = unescape(re.sub(r"<[^>]*>", " ", answer.text))
    assert answer.headers["Content-Type"] == "image/svg+xml"
    assert all(part in words for part in ("Leads & <offers>", "3.25", plan.name, "Source: Salesplan"))
    assert "#0b5c6e" in answer.text


def test_its_file_is_called_after_plan_and_kpi(as_bob, kpi):
    assert f"leads-offers-{timezone.localdate().isoformat()}.svg" in picture(as_bob, kpi).headers["Content-Disposition"]


def test_a_kpi_without_values_has_a_picture_that_says_so(as_bob, plan):
    words = picture(as_bob, KpiFactory(plan=plan)).text

    assert "No data" in words


def test_decimals_of_another_language_move_no_line(as_bob, bob, kpi):
    bob.language = "pl"
    bob.save(update_fields=["language"])

    [(x, y)] = re.findall(r'cx="([^"]*)" cy="([^"]*)"', picture(as_bob, kpi).text)

    assert x == "2"
    assert float(y) > 0


def test_a_tile_with_values_offers_its_files_and_one_without_does_not(as_bob, plan, kpi):
    bare = KpiFactory(plan=plan, on_dashboard=True)

    page = as_bob.get(reverse("kpis:dashboard", args=[plan.pk])).text

    assert f'data-tile="{kpi.pk}"' in page
    assert f'data-tile="{bare.pk}"' not in page


def test_its_queries_are_few(as_bob, kpi, django_assert_num_queries):
    with django_assert_num_queries(6):  # session, user, KPI, plan, KPI with its people, values
        picture(as_bob, kpi)
