"""What happened while a KPI ran: numbered in its chart, turned off and on by the keyboard, in its picture too."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from tests.factories import ActionFactory, KpiFactory, ObjectiveFactory, ReadingFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def kpi(plan, alice):
    monday = timezone.localdate() - dt.timedelta(days=timezone.localdate().weekday())
    kpi = KpiFactory(plan=plan, owner=alice, objective=ObjectiveFactory(plan=plan), name="Qualified leads")
    for week in (1, 2, 3):
        ReadingFactory(kpi=kpi, period=monday - dt.timedelta(weeks=week), value=week, entered_by=alice)
    for number in (1, 2):
        ActionFactory(
            objective=kpi.objective,
            title=f"Call & visit {number}",
            status="done",
            done_on=monday - dt.timedelta(days=5 + number),
        )
    return kpi


def test_a_kind_is_turned_off_and_on_by_the_keyboard(window, alice, kpi):
    mine = window(alice)
    page = mine.open(kpi.get_absolute_url())
    numbers = page.locator(".plot .textpoint")
    expect(page.locator(".kd-ev > li")).to_contain_text(["(2)"])
    expect(numbers).to_have_text(["1"])
    assert mine.barriers == []

    switch = page.get_by_role("link", name="Actions finished")
    switch.press("Enter")

    expect(page.get_by_text("Nothing of what is shown here has happened yet")).to_be_visible()
    expect(numbers).to_have_count(0)
    expect(page.get_by_role("link", name="Show Actions finished")).to_be_focused()

    page.keyboard.press("Enter")

    expect(page.locator(".kd-ev")).to_contain_text("Call & visit 2")
    expect(numbers).to_have_text(["1"])


def test_on_a_phone_and_without_script_it_is_a_page_of_its_own(window, alice, kpi):
    mine = window(alice, phone=True)
    page = mine.open(reverse("kpis:kpi_events", args=[kpi.pk]))

    expect(page.locator(".kd-ev")).to_contain_text("Call & visit 1")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert mine.barriers == []


def test_the_picture_says_what_its_numbers_mean(window, alice, kpi, tmp_path):
    page = window(alice).open(kpi.get_absolute_url())
    box = page.locator("[data-chart]")
    expect(box.locator(".textpoint")).to_have_count(1)

    box.locator(".take-out summary").click()
    with page.expect_download() as download:
        box.locator("[data-picture=svg]").click()
    download.value.save_as(tmp_path / "run.svg")

    assert "Call &amp; visit 2; Call &amp; visit 1" in (tmp_path / "run.svg").read_text()
