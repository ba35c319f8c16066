"""The targets of a KPI's periods: filled, pasted, counted and saved; and a status that is asked for its rule."""

import datetime as dt

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from kpis.models import Kpi
from tests.browser.test_paste import put
from tests.factories import KpiFactory, ObjectiveFactory, ReadingFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def revenue(plan):
    dates = {"starts_on": dt.date(2026, 1, 1), "deadline": dt.date(2026, 12, 31)}
    return KpiFactory(
        plan=plan,
        objective=ObjectiveFactory(plan=plan, title="Sell more"),
        name="Revenue",
        unit="€",
        measure="total",
        rhythm="quarterly",
        baseline=None,
        target=1000,
        on_dashboard=True,
        **dates,
    )


@pytest.fixture
def path_page(revenue):
    return reverse("kpis:kpi_path", args=[revenue.pk])


def numbers(page):
    return [box.input_value() for box in page.locator("[data-path-grid] input").all()]


def test_a_column_is_pasted_counted_and_saved_by_keyboard_alone(window, alice, path_page):
    mine = window(alice)
    page = mine.open(path_page)
    page.get_by_label("As typed, period by period").check()
    first = page.locator("[data-path-grid] input").first
    first.focus()

    put(page, "100\r\n200\r\n300\r\n350\r\n")

    expect(page.locator("#path-sum")).to_have_text("950 € in all, 50 € less than the target of 1,000 €.")
    expect(page.locator("[data-path-grid] input").nth(3)).to_be_focused()
    page.keyboard.type("400")
    page.keyboard.press("Control+A")
    page.keyboard.type("400")
    expect(page.locator("#path-sum")).to_have_text("1,000 € in all, exactly the target.")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Target path of “Revenue” saved")).to_be_visible()
    assert Kpi.objects.get().path_points == ["100", "200", "300", "400"]
    assert mine.faults == []


def test_enter_goes_from_box_to_box(window, alice, path_page):
    page = window(alice).open(path_page)
    page.get_by_label("As typed, period by period").check()
    page.locator("[data-path-grid] input").first.focus()

    for number in ("1", "2", "3"):
        page.keyboard.type(number)
        page.keyboard.press("Enter")

    assert numbers(page) == ["1", "2", "3", ""]


def test_the_boxes_are_filled_evenly_on_a_phone(window, alice, path_page):
    mine = window(alice, phone=True)
    page = mine.open(path_page)
    page.get_by_label("As typed, period by period").check()

    page.get_by_role("button", name="Fill evenly").click()

    expect(page.get_by_text("Nothing is saved yet")).to_be_visible()
    assert numbers(page) == ["250", "250", "250", "250"]
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert mine.faults == []


def test_without_script_the_boxes_are_filled_and_saved(window, alice, path_page):
    page = window(alice, scripts=False).open(path_page)
    page.get_by_label("As typed, period by period").check()

    page.get_by_role("button", name="Fill evenly").click()
    page.locator("[data-path-grid] input").first.press("Enter")

    expect(page.get_by_text("As typed, period by period")).to_be_visible()
    assert Kpi.objects.get().path_points == ["250", "250", "250", "250"]


def test_a_status_says_its_rule_when_asked_by_key(window, bob, plan, revenue):
    ReadingFactory(kpi=revenue, period=dt.date(2026, 1, 1), value=200)
    mine = window(bob)
    page = mine.open(reverse("kpis:kpis", args=[plan.pk]))
    status = page.get_by_role("link", name="Off track")
    rule = page.get_by_text("200 € against 250 € expected: 80% of pace.")
    expect(rule).to_be_hidden()

    status.focus()
    page.keyboard.press("Enter")

    expect(rule).to_be_visible()
    page.keyboard.press("Escape")
    expect(rule).to_be_hidden()
    expect(status).to_be_focused()


@pytest.mark.parametrize("scripts", [True, False], ids=["with script", "without"])
def test_the_overview_says_on_a_phone_why_an_objective_is_off_track(window, bob, plan, revenue, scripts):
    ReadingFactory(kpi=revenue, period=dt.date(2026, 1, 1), value=200)
    mine = window(bob, phone=True, scripts=scripts)
    page = mine.open(reverse("kpis:dashboard", args=[plan.pk]))

    page.locator("td .why").click()

    expect(page.get_by_text("It has one KPI, “Revenue”. 200 € against 250 € expected: 80% of pace.")).to_be_visible()
    assert mine.faults == []
