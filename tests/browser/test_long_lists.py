"""Lists longer than what is sent first: the rest comes when one scrolls to it, and all that can be done still can."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from kpis.models import Kpi
from tests.factories import KpiFactory

pytestmark = pytest.mark.django_db(transaction=True)
MANY = 40


@pytest.fixture
def many_kpis(plan):
    return [KpiFactory(plan=plan, name=f"Leads of region {n}", position=n) for n in range(MANY)]


def test_the_rest_of_a_list_comes_when_one_scrolls_to_it(window, alice, plan, many_kpis):
    page = window(alice).open(reverse("kpis:kpis", args=[plan.pk]))
    rows = page.locator(".kl > [data-move-url]")
    expect(rows).to_have_count(25)

    page.locator("#kpi-rest").scroll_into_view_if_needed()

    expect(rows).to_have_count(MANY)
    expect(page.locator("#kpi-rest")).to_have_count(0)
    expect(rows.last.get_by_role("link", name=f"Edit Leads of region {MANY - 1}")).to_be_attached()


def test_an_item_of_the_rest_is_moved_edited_and_pinned(window, alice, plan, many_kpis):
    page = window(alice).open(reverse("kpis:kpis", args=[plan.pk]))
    page.locator("#kpi-rest").scroll_into_view_if_needed()
    item = page.locator(f"#kpi-{many_kpis[25].pk}")

    item.get_by_role("button", name="Move Leads of region 25").focus()
    page.keyboard.press("ArrowUp")
    expect(page.locator(".kl > [data-move-url]").nth(24)).to_have_id(f"kpi-{many_kpis[25].pk}")
    item.locator("[data-grip]:focus").wait_for()
    item.get_by_role("button", name="on the dashboard").click()
    item.locator("[aria-pressed=true]").wait_for()
    item.get_by_role("link", name="Edit").click()
    item.locator("[name=name]").fill("Leads of the north")
    page.keyboard.press("Control+Enter")
    expect(item.get_by_role("link", name="Leads of the north", exact=True)).to_be_visible()

    names = list(Kpi.objects.order_by("position").values_list("name", flat=True))
    assert names[23:26] == ["Leads of region 23", "Leads of the north", "Leads of region 24"]
    assert list(Kpi.objects.filter(on_dashboard=True)) == [many_kpis[25]]


def test_without_javascript_the_rest_is_a_link_away(window, alice, plan, many_kpis):
    page = window(alice, scripts=False).open(reverse("kpis:kpis", args=[plan.pk]))

    page.get_by_role("link", name=f"Show {MANY - 25} more").click()

    expect(page.locator(".kl > [data-move-url]")).to_have_count(MANY)
