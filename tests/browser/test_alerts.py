"""Alerts are read, snoozed and called false in a browser: by keyboard, on a phone, and without JavaScript."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from kpis.alerts.judging import judge_alerts
from kpis.models import Alert
from plans.models import Objective, Plan
from tests.factories import ActionFactory, ObjectiveFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def alerts(plan, alice):
    """Of a plan that is under way: an objective without action, and an action without KPI."""
    today = timezone.localdate()
    Plan.objects.filter(pk=plan.pk).update(
        starts_on=today - dt.timedelta(days=100), ends_on=today + dt.timedelta(days=200), owner=alice
    )
    ObjectiveFactory(plan=plan, title="Retain customers", owner=alice)
    ActionFactory(objective=ObjectiveFactory(plan=plan, title="Win accounts"), title="Call", status="in_progress")
    judge_alerts(plan.pk, now=timezone.now())
    return reverse("kpis:alerts", args=[plan.pk])


def test_an_alert_is_snoozed_by_the_keyboard_and_taken_back(window, alice, alerts):
    mine = window(alice)
    page = mine.open(alerts)
    assert mine.barriers == []

    page.get_by_role("link", name="Snooze: Retain customers").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_label("It comes back on")).to_be_hidden()
    assert mine.barriers == []
    page.get_by_label("Until a day of my choice").check()
    page.get_by_label("Why").fill("Fair in Lyon")
    page.get_by_label("Why").press("Enter")
    expect(page.get_by_text("Choose the day on which it comes back.")).to_be_visible()
    expect(page.get_by_label("Why")).to_have_value("Fair in Lyon")
    page.get_by_label("It comes back on").fill((timezone.localdate() + dt.timedelta(days=3)).isoformat())
    page.get_by_label("Why").press("Enter")

    back = page.get_by_role("button", name="Take back: Retain customers")
    expect(back).to_be_focused()
    expect(page.locator(".nv[aria-current] .end")).to_have_text("1")
    back.press("Enter")
    expect(page.get_by_role("link", name="Snooze: Retain customers")).to_be_visible()
    expect(page.locator(".nv[aria-current] .end")).to_have_text("2")


def test_a_false_alarm_is_called_on_a_phone_and_counted(window, alice, plan, alerts):
    mine = window(alice, phone=True, dark=True)
    page = mine.open(alerts)

    page.get_by_role("link", name="False alarm: Call").tap()
    page.get_by_label("Why it is none").fill("A one-off")
    assert mine.sideways == 0
    page.get_by_role("button", name="It is a false alarm").tap()
    expect(page.get_by_text("called it a false alarm")).to_be_visible()
    assert mine.barriers == []

    page = mine.open(reverse("kpis:plan_rules", args=[plan.pk]))
    expect(page.locator("#rule-no_kpi")).to_contain_text("0% of 1")
    assert mine.sideways == 0
    assert mine.barriers == []


def test_cancelling_leaves_the_alert_as_it_was(window, alice, alerts):
    page = window(alice).open(alerts)

    page.get_by_role("link", name="Snooze: Call").click()
    page.get_by_role("link", name="Cancel").click()

    expect(page.locator(".alert-settle")).to_have_count(0)
    expect(page.get_by_role("link", name="Snooze: Call")).to_be_visible()


def test_the_overview_shows_the_worst_after_it_has_loaded(window, alice, plan, alerts):
    mine = window(alice)
    page = mine.open(plan.get_absolute_url())

    expect(page.locator("#alert-strip")).to_contain_text("Objective without action: No action says how")
    assert mine.barriers == []
    page.locator("#alert-strip").get_by_role("link", name="Retain customers", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Objective without action: Retain customers")
    assert mine.barriers == []


def test_without_javascript_an_alert_is_snoozed_on_a_page_of_its_own(window, alice, alerts):
    page = window(alice, scripts=False).open(alerts)

    page.get_by_role("link", name="Snooze: Retain customers").click()
    page.get_by_role("button", name="Snooze").click()

    expect(page.get_by_text("Alice Martin snoozed it until")).to_be_visible()
    assert Alert.objects.get(rule="no_action").state == "snoozed"


def test_the_rules_look_again_when_something_was_mended(window, alice, alerts):
    ActionFactory(objective=Objective.objects.get(title="Retain customers"))
    page = window(alice).open(alerts)

    page.get_by_role("button", name="Look again now").click()

    expect(page.get_by_text("Looked again: 0 new alerts, 1 cleared")).to_be_visible()
