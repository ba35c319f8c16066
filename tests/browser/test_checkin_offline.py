"""A phone without a connection: the check-in is opened all the same, and what is typed is saved once."""

import datetime as dt
import re

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from kpis.kpi.periods import WEEKLY, period_of
from kpis.models import Reading
from plans.models import Receipt
from tests.factories import KpiFactory, ReadingFactory

pytestmark = pytest.mark.django_db(transaction=True)

NAMES = ["Website visits", "Qualified leads", "Demo requests"]
#: Longer than the page waits before it tries again for the first time, and for the second.
AGAIN = 15_000
#: What the browser says about a server that is not there.
NO_SERVER = re.compile(r"net::ERR_|htmx:(sendError|afterRequest|responseError)|Failed to fetch")
COPIED = """async () => {
  for (const name of await caches.keys()) {
    const copy = await (await caches.open(name)).match(location.href.split('#')[0]);
    if (copy) return (await copy.text()).includes('data-checkin');
  }
  return false;
}"""


@pytest.fixture
def monday():
    return period_of(timezone.localdate(), WEEKLY)


@pytest.fixture
def kpis(plan, mia, monday):
    plan.starts_on, plan.ends_on = monday - dt.timedelta(weeks=20), monday + dt.timedelta(weeks=20)
    plan.save()
    found = [KpiFactory(plan=plan, owner=mia, name=name, unit="", position=n) for n, name in enumerate(NAMES)]
    for kpi in found:
        ReadingFactory(kpi=kpi, period=monday - dt.timedelta(weeks=1), value=40)
    return found


@pytest.fixture
def phone(window, mia, kpis):
    """Mia's phone, which has opened her week once; what it says about a missing server is no fault of the page."""
    one = window(mia, phone=True)
    one.open(reverse("kpis:week"))
    one.page.wait_for_function(COPIED)
    yield one
    one.faults[:] = [fault for fault in one.faults if not NO_SERVER.search(fault)]


def line(page, name):
    return page.locator("[data-ci-row]", has=page.get_by_role("link", name=name, exact=True))


def box(page, name):
    return line(page, name).locator("[data-ci-number]")


def bar(page):
    return page.locator("#waiting")


def enter(page, name, value):
    if not box(page, name).is_visible():
        line(page, name).click()
    box(page, name).fill(value)
    page.get_by_role("button", name=re.compile("Save")).click()


def values(monday):
    return dict(Reading.objects.filter(period=monday).values_list("kpi__name", "value"))


def test_opened_again_without_a_connection_typed_reloaded_closed_and_sent_once(phone, kpis, monday):
    context, page = phone.context, phone.page
    context.set_offline(True)
    page.reload()
    expect(page.get_by_text("No connection. This is the page as it was on")).to_be_visible()

    enter(page, "Website visits", "41")
    expect(line(page, "Website visits")).to_contain_text("not saved yet")
    enter(page, "Qualified leads", "42,5")
    expect(bar(page).get_by_role("status")).to_have_text("No connection. 2 changes wait on this device.")
    expect(page.locator("[data-count-short]")).to_have_text("2 / 3")
    page.reload()
    expect(line(page, "Qualified leads")).to_contain_text("not saved yet")
    expect(box(page, "Qualified leads")).to_have_value("42,5")
    enter(page, "Qualified leads", "43")
    assert phone.barriers == []

    page.close()
    assert values(monday) == {}
    phone.page = page = context.new_page()
    page.goto(phone.server + reverse("kpis:week"))
    expect(box(page, "Qualified leads")).to_have_value("43")
    context.set_offline(False)

    expect(bar(page)).to_be_hidden(timeout=AGAIN)
    expect(page.locator(".unsaved-mark:visible")).to_have_count(0)
    expect(page.get_by_role("status").get_by_text("2 of 3")).to_be_visible()
    assert values(monday) == {"Website visits": 41, "Qualified leads": 43}
    assert [reading.history.count() for reading in Reading.objects.filter(period=monday)] == [1, 1]


def test_an_answer_that_got_lost_does_not_double_the_value(phone, monday):
    page, answers = phone.page, []

    def lose_the_first_answer(route):
        if not answers:
            answers.append(route.fetch().status)
            return route.abort()
        return route.continue_()

    phone.context.route("**/readings/enter/", lose_the_first_answer)
    enter(page, "Website visits", "41")

    expect(bar(page)).to_be_hidden(timeout=AGAIN)
    expect(line(page, "Website visits").locator(".saved")).to_have_text("Saved", timeout=AGAIN)
    assert answers == [200]
    assert Receipt.objects.count() == 1
    assert Reading.objects.get(period=monday).history.count() == 1


def test_what_was_saved_stands_in_the_copy_too(phone, monday):
    page = phone.page
    enter(page, "Website visits", "41")
    expect(line(page, "Website visits").locator(".saved")).to_have_text("Saved")
    page.wait_for_timeout(1_000)

    phone.context.set_offline(True)
    page.reload()

    expect(box(page, "Website visits")).to_have_value("41")
    expect(page.locator("[data-count-short]")).to_have_text("1 / 3")


def test_somebody_else_has_entered_the_same_week_and_both_values_are_shown(phone, kpis, monday, alice):
    page = phone.page
    phone.context.set_offline(True)
    enter(page, "Website visits", "41")
    ReadingFactory(kpi=kpis[0], period=monday, value=45, entered_by=alice)

    phone.context.set_offline(False)

    asked = line(page, "Website visits").get_by_role("alert")
    expect(asked).to_contain_text("Alice Martin entered this meanwhile", timeout=AGAIN)
    expect(asked).to_contain_text("theirs 45, yours 41")
    assert values(monday) == {"Website visits": 45}
    page.reload()
    expect(line(page, "Website visits").get_by_role("alert")).to_contain_text("theirs 45, yours 41")
    assert phone.barriers == []

    asked.get_by_role("button", name="Keep 41").click()
    asked.get_by_label("Why is 45 corrected to 41?").fill("Counted twice", timeout=AGAIN)
    asked.get_by_role("button", name="Correct it").click()

    expect(bar(page)).to_be_hidden(timeout=AGAIN)
    expect(line(page, "Website visits").locator(".saved")).to_have_text("Saved")
    assert values(monday) == {"Website visits": 41}


def test_a_value_far_from_the_usual_is_asked_about_when_the_connection_is_back(phone, monday):
    page = phone.page
    phone.context.set_offline(True)
    enter(page, "Website visits", "400")
    phone.context.set_offline(False)
    entry = bar(page).locator("li")
    expect(entry).to_contain_text("400 is ten times the last value of 40", timeout=AGAIN)
    assert values(monday) == {}

    entry.get_by_role("button", name="Keep 400").click()

    expect(bar(page)).to_be_hidden(timeout=AGAIN)
    assert values(monday) == {"Website visits": 400}


def test_what_is_typed_anew_comes_in_the_place_of_what_was_refused(phone, monday):
    page = phone.page
    phone.context.set_offline(True)
    enter(page, "Website visits", "many")
    phone.context.set_offline(False)
    expect(line(page, "Website visits").get_by_role("alert")).to_contain_text("Write a number", timeout=AGAIN)

    box(page, "Website visits").fill("41")
    box(page, "Website visits").blur()

    expect(bar(page)).to_be_hidden(timeout=AGAIN)
    expect(line(page, "Website visits").locator(".saved")).to_have_text("Saved")
    assert values(monday) == {"Website visits": 41}


def test_what_waits_can_be_given_up(phone, monday):
    page = phone.page
    phone.context.set_offline(True)
    enter(page, "Website visits", "41")
    bar(page).locator("summary").click()

    bar(page).get_by_role("button", name="Discard").click()

    expect(bar(page)).to_be_hidden()
    expect(line(page, "Website visits")).not_to_contain_text("not saved yet")
    assert line(page, "Website visits").locator("[data-ci-number]").input_value() == ""


def test_another_person_on_the_same_phone_neither_sees_nor_sends_it(phone, window, mia, alice, monday):
    page = phone.page
    phone.context.set_offline(True)
    enter(page, "Website visits", "41")
    phone.context.clear_cookies()
    phone.sign_in(alice)
    phone.context.set_offline(False)
    expect(bar(page).get_by_role("status")).to_contain_text("You were signed out.", timeout=AGAIN)

    page = phone.open(reverse("plans:plan_list"))
    expect(bar(page)).to_be_hidden()
    page.wait_for_function("async () => (await caches.keys()).length === 0")
    phone.context.set_offline(True)
    with pytest.raises(Exception, match=r"ERR_INTERNET_DISCONNECTED|ERR_FAILED"):
        page.goto(phone.server + reverse("kpis:week"))
    phone.context.set_offline(False)
    assert values(monday) == {}

    phone.context.clear_cookies()
    phone.sign_in(mia)
    page = phone.open(reverse("plans:plan_list"))

    expect(bar(page)).to_be_hidden(timeout=AGAIN)
    assert values(monday) == {"Website visits": 41}
    assert Reading.objects.get(period=monday).entered_by == mia


def test_signing_out_leaves_no_copy_on_the_phone(phone):
    page = phone.open(reverse("account_logout"))

    page.locator("main form button[type=submit]").click()

    page.wait_for_function("async () => (await caches.keys()).length === 0")
