"""From the mail to the values: on the phone, without signing in."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from accounts.models import User
from kpis.kpi.periods import WEEKLY, period_of
from kpis.models import Reading, Reminder
from kpis.reminders.link import link_of
from tests.factories import KpiFactory, ReadingFactory, ReminderFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def week():
    return period_of(timezone.localdate(), WEEKLY) - dt.timedelta(weeks=1)


@pytest.fixture
def link(mia, plan, week):
    """What stands in Mia's mail: two KPIs of the week before."""
    for name, before in (("Qualified leads", 46), ("Demo requests", 12)):
        kpi = KpiFactory(plan=plan, owner=mia, name=name, starts_on=week - dt.timedelta(weeks=5))
        ReadingFactory(kpi=kpi, period=week - dt.timedelta(weeks=1), value=before)
    reminder = ReminderFactory(membership=mia.memberships.get(), week=week)
    return link_of(reminder).removeprefix("http://localhost:8000")


@pytest.mark.parametrize("phone", [True, False], ids=["phone", "desktop"])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_the_link_in_the_mail_opens_the_form_and_the_values_are_saved(window, mia, link, phone, dark):
    hers = window(phone=phone, dark=dark)
    page = hers.open(link)
    assert "key=" not in page.url
    assert (hers.sideways, hers.barriers) == (0, [])

    for name, value in (("Qualified leads", "47"), ("Demo requests", "13")):
        field = page.get_by_role("textbox", name=name, exact=True).first
        if phone:
            expect(page.locator(".ci-r.now")).to_contain_text(name)
        field.fill(value)
        field.press("Enter")
        hers.settle()
    expect(page.locator("#ci-progress")).to_contain_text("2 of 2")
    page.get_by_role("button", name="Finish check-in").click()

    expect(page.get_by_role("heading")).to_have_text("All values are in")
    assert hers.barriers == []
    assert {(int(one.value), one.entered_by) for one in Reading.objects.filter(entered_by=mia)} == {
        (47, mia),
        (13, mia),
    }
    page = hers.open(link)
    expect(page.get_by_role("heading")).to_have_text("This link has been used")
    assert hers.barriers == []
    page.get_by_role("link", name="Sign in").click()
    expect(page).to_have_url(hers.server + reverse("account_login") + "?next=/week/")


def test_what_looks_at_the_link_first_takes_nothing_from_her(window, link):
    window().open(link)
    hers = window(phone=True)
    page = hers.open(link)
    page.locator(".now [data-ci-number]").fill("47")
    page.locator("[data-next]").click()
    hers.settle()

    expect(page.locator("#ci-progress")).to_contain_text("1 of 2")
    assert Reminder.objects.get().used_at


def test_a_line_sent_from_a_second_browser_says_why_it_is_not_saved_and_keeps_what_was_typed(window, link):
    first, second = window(), window()
    first.open(link), second.open(link)
    for one, value in ((first, "47"), (second, "48")):
        field = one.page.locator("[data-ci-number]").first
        field.fill(value)
        field.press("Enter")
        one.settle()

    expect(second.page.get_by_role("alert")).to_contain_text("This link has been used")
    expect(second.page.locator("[data-ci-number]").first).to_have_value("48")
    assert Reading.objects.filter(value=47).exists()
    assert not Reading.objects.filter(value=48).exists()


def test_without_javascript_each_line_has_its_button(window, link):
    page = window(scripts=False).open(link)
    line = page.locator(".ci-r", has_text="Demo requests")
    line.locator("[data-ci-number]").fill("13")
    line.get_by_role("button", name="Save").click()

    expect(page.locator("#ci-progress")).to_contain_text("1 of 2")
    page.get_by_role("button", name="Finish check-in").click()
    expect(page.get_by_role("heading")).to_have_text("1 of 2 entered")


def test_signing_up_says_where_the_browser_is(window, db):
    newcomer = window()
    page = newcomer.open(reverse("account_signup"))
    zone = page.evaluate("Intl.DateTimeFormat().resolvedOptions().timeZone")
    page.locator("[name=email]").fill("nina@example.com")
    for field in page.locator("[type=password]").all():
        field.fill("quiet-harbour-77")
    page.get_by_role("button", name="Create account").click()
    newcomer.settle()

    assert User.objects.get().time_zone == zone


def test_a_time_zone_is_found_by_typing_a_part_of_its_name(window, mia):
    hers = window(mia)
    page = hers.open(reverse("accounts:profile"))
    page.get_by_role("combobox", name="Time zone").click()
    page.keyboard.type("new york")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Save").click()
    hers.settle()

    assert User.objects.get(pk=mia.pk).time_zone == "America/New_York"
    assert hers.barriers == []
