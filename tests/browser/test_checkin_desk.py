"""The check-in at a desk and on a phone: as a column of a sheet, skipped with a reason, ten KPIs with a thumb."""

import datetime as dt
import re

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from kpis.kpi.periods import WEEKLY, period_of
from kpis.models import Reading, Skip
from tests.factories import KpiFactory, ReadingFactory

pytestmark = pytest.mark.django_db(transaction=True)

NAMES = ["Website visits", "Qualified leads", "Demo requests", "Offers sent"]
PASTE = """(box, text) => {
  const clipboardData = new DataTransfer();
  clipboardData.setData("text/plain", text);
  box.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
}"""


@pytest.fixture
def monday():
    return period_of(timezone.localdate(), WEEKLY)


@pytest.fixture
def kpis(plan, mia, monday):
    plan.starts_on, plan.ends_on = monday - dt.timedelta(weeks=1), monday + dt.timedelta(weeks=20)
    plan.save()
    found = [KpiFactory(plan=plan, owner=mia, name=name, unit="", position=n) for n, name in enumerate(NAMES)]
    for kpi in found:
        ReadingFactory(kpi=kpi, period=monday - dt.timedelta(weeks=1), value=40)
    return found


def line(page, name):
    return page.locator("[data-ci-row]", has=page.get_by_role("link", name=name, exact=True))


def box(page, name):
    return line(page, name).locator("[data-ci-number]").first


def saved(page, name):
    expect(line(page, name).locator(".saved")).to_have_text("Saved")


def focused(page):
    return page.evaluate("document.activeElement.closest('[data-ci-row]')?.querySelector('.ci-n a').textContent")


def values(monday):
    return dict(Reading.objects.filter(period=monday).values_list("kpi__name", "value"))


def test_arrows_go_between_lines_as_in_a_sheet_and_escape_puts_back(window, mia, kpis, monday):
    page = window(mia).open(reverse("kpis:week"))
    box(page, "Website visits").focus()

    page.keyboard.type("41")
    page.keyboard.press("ArrowDown")
    assert focused(page) == "Qualified leads"
    saved(page, "Website visits")
    page.keyboard.type("42")
    page.keyboard.press("Enter")
    assert focused(page) == "Demo requests"
    saved(page, "Qualified leads")
    page.keyboard.press("ArrowUp")
    assert focused(page) == "Qualified leads"
    page.keyboard.type("99")
    page.keyboard.press("Escape")
    expect(box(page, "Qualified leads")).to_have_value("42")
    page.keyboard.press("Shift+Enter")
    assert focused(page) == "Website visits"

    assert values(monday) == {"Website visits": 41, "Qualified leads": 42}


def test_a_pasted_column_is_shown_first_and_fills_the_lines_below(window, mia, kpis, monday):
    one = window(mia)
    page = one.open(reverse("kpis:week"))
    box(page, "Qualified leads").focus()

    box(page, "Qualified leads").evaluate(PASTE, "41,5\r\n\r\n 1 234\r\n7\r\n")

    dialog = page.locator("#ci-paste")
    expect(dialog.locator("tbody tr")).to_have_text(["Qualified leads–41,5", "Offers sent–1 234"])
    expect(dialog.get_by_role("status")).to_have_text("Rows without a KPI, left out: 1")
    assert one.barriers == []
    assert values(monday) == {}
    dialog.get_by_role("button", name="Set values").click()
    saved(page, "Qualified leads")
    expect(line(page, "Offers sent").get_by_role("alert")).to_contain_text("31 times the last value")
    assert values(monday) == {"Qualified leads": 41.5}


def test_pasted_with_their_names_values_find_their_lines(window, mia, kpis, monday):
    page = window(mia).open(reverse("kpis:week"))
    box(page, "Website visits").focus()

    box(page, "Website visits").evaluate(PASTE, "KPI\tWeek\nDEMO REQUESTS\t41\nwebsite visits\tmany")

    rows = page.locator("#ci-paste tbody tr")
    expect(rows).to_have_text(["Demo requests–41", "Website visits–many no number"])
    page.locator("#ci-paste").get_by_role("button", name="Cancel").click()
    expect(box(page, "Demo requests")).to_have_value("")
    assert focused(page) == "Website visits"


def test_a_line_is_skipped_with_a_reason_and_that_is_taken_back(window, mia, kpis, monday):
    one = window(mia)
    page = one.open(reverse("kpis:week"))
    line(page, "Demo requests").hover()

    line(page, "Demo requests").get_by_role("link", name="Skip").click()
    dialog = page.locator("#ci-skip")
    expect(dialog).to_contain_text("Demo requests")
    assert one.barriers == []
    dialog.get_by_role("button", name="On leave").click()
    page.keyboard.press("Enter")
    expect(line(page, "Demo requests")).to_contain_text("skipped: On leave")
    expect(page.locator("#ci-progress")).to_contain_text("1 of 4")
    assert one.barriers == []

    line(page, "Demo requests").get_by_role("button", name="Take back").click()

    expect(line(page, "Demo requests")).not_to_contain_text("skipped")
    expect(page.locator("#ci-progress")).to_contain_text("0 of 4")
    assert not Skip.objects.exists()


def test_a_line_is_skipped_without_a_connection_too(window, mia, kpis, monday):
    one = window(mia, phone=True)
    page = one.open(reverse("kpis:week"))
    one.context.set_offline(True)

    page.get_by_role("button", name="Skip").click()
    page.locator("#ci-skip").get_by_label("Why is there no value?").fill("Server is down")
    page.locator("#ci-skip").get_by_role("button", name="Skip").click()

    expect(line(page, "Website visits")).to_contain_text(re.compile("not saved yet ?Server is down"))
    assert not Skip.objects.exists()
    one.context.set_offline(False)
    expect(page.locator("#waiting")).to_be_hidden(timeout=15_000)
    expect(line(page, "Website visits")).to_contain_text("skipped: Server is down")
    assert Skip.objects.get().reason == "Server is down"


def test_a_missed_week_is_one_tap_away(window, mia, plan, kpis, monday):
    Reading.objects.filter(kpi=kpis[1]).delete()
    Reading.history.filter(kpi_id=kpis[1].pk).delete()
    page = window(mia, phone=True).open(reverse("kpis:week"))

    page.get_by_role("navigation", name="Missed weeks").get_by_role("link").tap()

    page.locator(".ci-r.now [data-ci-number]").fill("38")
    page.get_by_role("button", name=re.compile("Save")).tap()
    saved(page, "Qualified leads")
    assert Reading.objects.get(kpi=kpis[1]).period == monday - dt.timedelta(weeks=1)


def test_on_a_phone_confidence_and_note_follow_the_value_before_the_line_closes(window, mia, kpis, monday):
    page = window(mia, phone=True).open(reverse("kpis:week"))
    box(page, "Website visits").fill("41")
    line(page, "Website visits").locator(".conf3 label", has_text="High").tap()
    expect(page.locator("[data-count-short]")).to_have_text("1 / 4")

    note = line(page, "Website visits").locator("[name=note]")
    note.fill("Fair in Lyon")
    page.get_by_role("button", name=re.compile("Save")).tap()

    expect(note).to_be_hidden()
    assert focused(page) == "Qualified leads"
    page.wait_for_function("() => !document.querySelector('.htmx-request')")  # value and note go one after the other
    saved(page, "Website visits")
    stored = Reading.objects.get(period=monday)
    assert (stored.value, stored.confidence, stored.note) == (41, "high", "Fair in Lyon")


def test_ten_kpis_are_in_with_a_thumb_and_the_effect_is_shown(window, mia, plan, kpis, monday):
    for number in range(6):
        KpiFactory(plan=plan, owner=mia, name=f"KPI {number}", unit="", position=10 + number)
    one = window(mia, phone=True)
    page = one.open(reverse("kpis:week"))

    for number in range(10):
        current = page.locator(".ci-r.now")
        expect(current).to_have_count(1)
        field = current.locator("[data-ci-number]")
        assert field.get_attribute("inputmode") == "decimal"
        assert field.bounding_box()["height"] >= 30
        for target in (current.locator(".inp"), page.locator("[data-next]"), current.locator(".conf3 label").first):
            assert target.bounding_box()["height"] >= 44
        field.fill(str(41 + number))
        current.locator(".conf3 label", has_text="Medium").tap()
        page.get_by_role("button", name=re.compile("Save")).tap()

    expect(page.locator("#ci-progress")).to_contain_text("10 of 10")
    expect(page.locator("#effect")).to_contain_text(re.compile("10 ?values entered"))
    expect(page.locator("#effect")).to_be_in_viewport()
    assert one.sideways == 0
    assert len(values(monday)) == 10
