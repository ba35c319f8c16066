"""A review from its start to its minutes: on the big screen of a manager and on the phone of a member."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from kpis.models import AgendaItem, Decision, Review
from kpis.reviews.services import start_review
from plans.models import Action
from tests.factories import ActionFactory, ObjectiveFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def objective(plan):
    return ObjectiveFactory(plan=plan, title="Win partners")


@pytest.fixture
def late(objective):
    return ActionFactory(objective=objective, title="Call the CRM supplier", deadline=dt.date(2026, 1, 9))


@pytest.fixture
def review(plan, alice, mark, mia, late):
    return start_review(plan, kind="weekly", by=alice, participants=[mark, mia], now=timezone.now())


def test_a_manager_holds_a_review_and_closes_it(window, mark, plan, late):
    marks = window(mark)
    page = marks.open(reverse("kpis:reviews", args=[plan.pk]))
    page.get_by_role("link", name="Start: Weekly review").click()
    page.get_by_role("button", name="Start").click()
    point = page.get_by_role("article", name="Call the CRM supplier")

    point.get_by_label("Note").press_sequentially("They want a signature")
    expect(point.locator("[name=version]")).to_have_value("1")
    point.get_by_role("button", name="Talked about").click()
    expect(page.get_by_role("status").filter(has_text="talked about")).to_have_text("1 of 2 talked about.")
    expect(point.get_by_role("button", name="Talked about")).to_have_attribute("aria-pressed", "true")
    point.get_by_role("link", name="Decide something").click()
    point.get_by_label("Decision").fill("Have the contract signed")
    point.get_by_label("Who sees to it").select_option("Mark Weber")
    point.get_by_label("By when").fill("2027-01-15")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("link", name="Have the contract signed")).to_be_focused()
    assert marks.barriers == []

    point.get_by_role("link", name="Make an action").click()
    page.get_by_role("button", name="Make the action").click()
    expect(page.get_by_role("link", name="Action: Have the contract signed")).to_be_visible()
    page.get_by_role("link", name="Close the review").click()
    expect(page.get_by_text("Everything was talked about")).to_be_visible()
    assert marks.barriers == []
    page.get_by_role("button", name="Close the review").click()
    expect(page.get_by_text("These are its minutes.")).to_be_visible()
    assert marks.barriers == []

    assert not Review.objects.get().is_open
    page.goto(page.url.split("/reviews/")[0] + Action.objects.get(title="Have the contract signed").get_absolute_url())
    page.get_by_role("link", name="Have the contract signed").click()
    expect(page.get_by_role("heading", name="Have the contract signed")).to_be_visible()
    assert marks.barriers == []


def test_two_who_write_one_note_keep_both(window, mark, mia, review):
    first, second = window(mark).open(review.get_absolute_url()), window(mia).open(review.get_absolute_url())
    mine = second.get_by_role("article", name="Call the CRM supplier")

    first.get_by_role("article", name="Call the CRM supplier").get_by_label("Note").fill("They want a signature")
    first.keyboard.press("Tab")
    expect(first.get_by_role("article", name="Call the CRM supplier").locator("[name=version]")).to_have_value("1")
    mine.get_by_label("Note").fill("They want money first")
    second.keyboard.press("Tab")
    expect(mine.get_by_role("alert")).to_contain_text("Mark Weber")
    mine.get_by_role("button", name="Keep both").click()

    expect(mine.get_by_label("Note")).to_have_value("They want a signature\nThey want money first")
    assert AgendaItem.objects.get(section="late").note == "They want a signature\nThey want money first"


def test_what_changes_meanwhile_appears_beside_the_point(window, bob, review, late):
    late.status, late.done_on = "done", dt.date(2026, 1, 10)
    late.save()

    page = window(bob).open(review.get_absolute_url())

    point = page.get_by_role("article", name="Call the CRM supplier")
    expect(point.get_by_text("Now: No longer late")).to_be_visible()


def test_on_a_phone_a_decision_is_written_with_the_thumb(window, mark, review):
    phone = window(mark, phone=True, dark=True)
    page = phone.open(review.get_absolute_url())
    assert phone.sideways == 0
    point = page.get_by_role("article", name="Whatever else there is to say or decide")

    point.get_by_role("link", name="Decide something").tap()
    point.get_by_label("Decision").fill("Meet again in a week")
    point.get_by_role("button", name="Save").tap()

    expect(page.get_by_role("link", name="Meet again in a week")).to_be_visible()
    assert Decision.objects.get().text == "Meet again in a week"
    assert phone.barriers == []


def test_without_script_notes_are_saved_by_a_button(window, mia, review):
    page = window(mia, scripts=False).open(review.get_absolute_url())
    point = page.get_by_role("article", name="Call the CRM supplier")

    point.get_by_label("Note").fill("They want a signature")
    point.get_by_role("button", name="Save the note").click()

    expect(point.get_by_label("Note")).to_have_value("They want a signature")
    assert AgendaItem.objects.get(section="late").note == "They want a signature"
