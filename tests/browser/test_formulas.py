"""A director composes a KPI from others: names are offered as she types, its page shows where values come from."""

import datetime as dt

import pytest

from kpis.models import Kpi
from tests.factories import KpiFactory, ReadingFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def measured(plan):
    """Revenue and orders of two weeks long ago, the second of them without any order."""
    revenue = KpiFactory(plan=plan, name="Revenue", measure="total", unit="EUR", baseline=None, target=50_000)
    orders = KpiFactory(plan=plan, name="Orders, net", measure="count", unit="orders", baseline=None, target=None)
    for kpi, values in ((revenue, (1200, 900)), (orders, (40, 0))):
        for week, value in enumerate(values):
            ReadingFactory(kpi=kpi, period=dt.date(2026, 1, 5) + dt.timedelta(weeks=week), value=value)
    return revenue, orders


def shown(page, *names):
    return [page.locator(f"[name={name}]").is_visible() for name in names]


def offered(page):
    return page.get_by_role("listbox").get_by_role("option").all_inner_texts()


def test_a_formula_is_typed_with_the_keyboard(window, alice, plan, measured):
    mine = window(alice)
    page = mine.open(f"/plans/{plan.pk}/kpis/")
    page.get_by_role("link", name="Add KPI").first.click()
    page.get_by_label("KPI*", exact=True).fill("Average order")
    assert shown(page, "formula", "upper", "expression") == [False, False, False]

    page.select_option("[name=measure]", "computed")
    box = page.get_by_label("Formula over other KPIs")
    box.focus()
    page.keyboard.type("[rev")
    assert offered(page) == ["Revenue"]
    page.keyboard.press("Enter")
    page.keyboard.type(" / [")
    assert offered(page) == ["Revenue", "Orders, net"]
    assert mine.barriers == []
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    assert box.input_value() == "[Revenue] / [Orders, net]"
    page.keyboard.type(" / [")
    page.keyboard.press("Escape")
    assert offered(page) == []
    assert box.is_visible()

    page.keyboard.press("Control+Enter")
    page.get_by_text("Character 29: The bracket that opens here is not closed.").wait_for()
    assert box.input_value() == "[Revenue] / [Orders, net] / ["
    box.fill("[Revenue] / [Orders, net]")
    page.keyboard.press("Control+Enter")
    page.get_by_role("link", name="Average order", exact=True).click()

    page.get_by_text("It would have to be divided by zero.").first.wait_for()
    assert page.locator(".kt li").nth(1).inner_text().split("\n")[:2] == ["week 2", "30"]
    assert mine.barriers == []


def test_what_belongs_to_another_kind_is_out_of_the_way(window, alice, plan):
    page = window(alice).open(f"/plans/{plan.pk}/kpis/add/")

    page.select_option("[name=measure]", "ratio")
    page.select_option("[name=formula]", "own")
    assert shown(page, "formula", "upper", "lower", "expression") == [True, True, True, False]
    page.select_option("[name=measure]", "count")

    assert shown(page, "formula", "upper", "expression") == [False, False, False]
    assert page.locator("[name=formula]").input_value() == ""


def test_on_a_phone_names_are_tapped(window, alice, plan, measured):
    mine = window(alice, phone=True)
    page = mine.open(f"/plans/{plan.pk}/kpis/add/")
    page.select_option("[name=measure]", "sum")
    page.get_by_label("Formula over other KPIs").press_sequentially("2 * [net")

    page.get_by_role("option", name="Orders, net").tap()

    assert page.get_by_label("Formula over other KPIs").input_value() == "2 * [Orders, net]"
    assert mine.sideways == 0


def test_a_long_name_stays_inside_the_page_of_a_phone(window, alice, plan, measured):
    revenue, _orders = measured
    revenue.name = "Revenue" * 17
    revenue.save()
    half = KpiFactory(plan=plan, name="Half", measure="computed", expression=f"#{revenue.pk} / 2", unit="EUR")
    mine = window(alice, phone=True)

    for path in (half.get_absolute_url(), f"/kpis/{half.pk}/edit/"):
        mine.open(path)
        assert mine.sideways == 0
        assert mine.barriers == []


def test_without_scripts_everything_is_there_with_the_names_to_write(window, alice, plan, measured):
    page = window(alice, scripts=False).open(f"/plans/{plan.pk}/kpis/add/")
    assert shown(page, "formula", "upper", "expression") == [True, True, True]
    page.get_by_text("KPIs that can be named").click()
    assert page.get_by_text("[Orders, net]").is_visible()

    page.get_by_label("KPI*", exact=True).fill("Half")
    page.select_option("[name=measure]", "computed")
    page.get_by_label("Formula over other KPIs").fill("[Revenue] / 2")
    page.get_by_role("button", name="Save").click()

    assert Kpi.objects.get(name="Half").expression == f"#{measured[0].pk} / 2"
