"""A value is corrected with its reason, a locked one is read, and a goal moved: each on its page, in a browser."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from plans.models import MovedGoalpost, Plan
from tests.factories import KpiFactory, PeriodLockFactory, ReadingFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def kpi(plan, alice):
    """Of a plan approved a while ago, with a value of last week."""
    today = timezone.localdate()
    Plan.objects.filter(pk=plan.pk).update(
        starts_on=today - dt.timedelta(days=200),
        ends_on=today + dt.timedelta(days=100),
        approved_at=timezone.now() - dt.timedelta(days=190),
    )
    kpi = KpiFactory(plan=plan, owner=alice, name="Qualified leads", unit="leads", baseline=30, target=50)
    ReadingFactory(kpi=kpi, period=last_week(), value=40, entered_by=alice)
    return kpi


def last_week():
    today = timezone.localdate()
    return today - dt.timedelta(days=today.weekday() + 7)


def test_a_value_is_corrected_on_a_phone_with_its_reason(window, alice, kpi):
    mine = window(alice, phone=True)
    page = mine.open(kpi.get_absolute_url())

    page.locator("#kpi-board a[data-edit]").first.click()
    page.get_by_label("Value", exact=True).fill("44")
    page.get_by_role("button", name="Save").click()
    page.get_by_label("Why is 40").fill("Counted twice")
    assert mine.barriers == []
    page.get_by_role("button", name="Correct it").click()

    expect(page.locator(".kr-old")).to_contain_text("Counted twice")


def test_a_line_of_the_check_in_is_corrected_by_the_keyboard(window, alice, kpi):
    year, week, _day = last_week().isocalendar()
    page = window(alice).open(reverse("kpis:week") + f"?week={year}-W{week:02}")

    page.locator("[data-ci-number]").fill("44")
    page.keyboard.press("Tab")
    page.get_by_label("Why is 40").fill("Counted twice")
    page.keyboard.press("Enter")

    expect(page.locator("[data-ci-row].ok")).to_contain_text("Saved")
    expect(page.locator("[data-ci-number]")).to_have_value("44")


def test_a_locked_line_is_read_and_a_locked_value_unlocked(window, alice, kpi):
    PeriodLockFactory(plan=kpi.plan, locked_to=last_week() + dt.timedelta(days=6), locked_by=alice)
    year, week, _day = last_week().isocalendar()
    mine = window(alice)

    page = mine.open(reverse("kpis:week") + f"?week={year}-W{week:02}")
    expect(page.locator("[data-ci-number]")).to_be_disabled()
    expect(page.locator("[data-ci-row]")).to_contain_text("Locked")
    assert mine.barriers == []

    page = mine.open(kpi.get_absolute_url())
    page.locator("#kpi-board .item-menu a").first.click()
    page.get_by_label("Reason").fill("The invoice came late")
    page.get_by_role("button", name="Unlock").click()
    expect(page.locator("#kpi-board a[data-edit]")).to_have_count(1)


@pytest.mark.parametrize("scripts", [True, False])
def test_a_goal_moves_with_its_reason_with_and_without_scripts(window, alice, kpi, scripts):
    mine = window(alice, scripts=scripts)
    page = mine.open(reverse("kpis:kpi_edit", args=[kpi.pk]))

    page.get_by_label("Target", exact=True).fill("40")
    page.get_by_role("button", name="Save").click()
    page.get_by_label("Why the goalpost moves").fill("The market shrank")
    page.get_by_role("button", name="Save").click()
    page.wait_for_url("**/kpis/**")

    page = mine.open(reverse("plans:goalposts", args=[kpi.plan_id]))
    expect(page.get_by_text("The market shrank")).to_be_visible()
    expect(page.get_by_text("cut by 20%")).to_be_visible()
    assert MovedGoalpost.objects.count() == 1
