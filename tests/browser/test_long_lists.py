"""Lists longer than what is sent first: the rest comes when one scrolls to it, and all that can be done still can."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from kpis.models import Kpi
from plans.models import Allocation
from salesplan.lib.pieces import FIRST
from tests.factories import ActionFactory, AdjustmentFactory, AllocationFactory, BudgetLineFactory, KpiFactory

pytestmark = pytest.mark.django_db(transaction=True)
MANY = 40


@pytest.fixture
def many_kpis(plan):
    return [KpiFactory(plan=plan, name=f"Leads of region {n}", position=n) for n in range(MANY)]


def test_the_rest_of_a_list_comes_when_one_scrolls_to_it(window, alice, plan, many_kpis):
    page = window(alice).open(reverse("kpis:kpis", args=[plan.pk]))
    rows = page.locator(".kl > [data-move-url]")
    expect(rows).to_have_count(FIRST)

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

    page.get_by_role("link", name=f"Show {MANY - FIRST} more").click()

    expect(page.locator(".kl > [data-move-url]")).to_have_count(MANY)


def test_below_the_lines_a_budget_is_complete_when_one_comes_there(window, alice, plan):
    line = BudgetLineFactory(plan=plan, name="Trade fairs")
    AdjustmentFactory(plan=plan, to_line=line, reason="A larger stand")
    page = window(alice).open(reverse("plans:budget", args=[plan.pk]) + "#adjustments")
    moved = page.locator("#adjustments")

    moved.get_by_role("link", name="Take back").click()
    moved.locator("[name=reason]").fill("The stand was cancelled")
    moved.get_by_role("button", name="Save").click()

    expect(moved.get_by_text("The stand was cancelled", exact=True)).to_be_visible()
    expect(page.locator("#ranking")).to_be_visible()


def test_an_amount_is_changed_in_its_cell_among_the_lines_that_came_later(window, alice, plan):
    lines = [BudgetLineFactory(plan=plan, name=f"Fair {n}", position=n, planned=1_000) for n in range(MANY)]
    page = window(alice).open(reverse("plans:budget", args=[plan.pk]))
    page.locator("#budget-rest").scroll_into_view_if_needed()
    row = page.locator(f"#budgetline-{lines[-1].pk}-row")

    row.get_by_role("link", name="Planned for").click()
    row.locator("[name=planned]").fill("2 500")
    page.keyboard.press("Enter")

    expect(row.get_by_role("link", name="Planned for")).to_have_text("2,500")
    expect(row.get_by_role("link", name="Planned for")).to_be_focused()
    expect(row).to_be_in_viewport()


def test_money_is_given_and_taken_back_where_it_is_shown(window, alice, plan):
    action = ActionFactory(objective__plan=plan, title="Stand in Hannover")
    allocation = AllocationFactory(line__plan=plan, action=action, amount=200)
    page = window(alice).open(reverse("plans:allocations", args=[plan.pk]))
    share = page.locator(f"#allocation-{allocation.pk}")

    share.get_by_role("link", name="Change what").click()
    share.locator("[name=amount]").fill("300")
    share.get_by_role("button", name="Save").first.click()
    expect(share).to_contain_text("300")
    share.get_by_role("button", name="Take back").click()

    expect(share).to_have_count(0)
    assert not Allocation.objects.exists()
