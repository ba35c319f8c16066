"""The overview is arranged in a browser: dragged, by keyboard, on a phone, and without JavaScript."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from kpis.dashboard.arrangement import NATURAL
from plans.models import Plan, Visit
from tests.factories import ObjectiveFactory

pytestmark = pytest.mark.django_db(transaction=True)

SAVED = "The overview is arranged for you"


@pytest.fixture
def arranging(plan):
    ObjectiveFactory(plan=plan, title="Win accounts")
    return reverse("kpis:overview_arrange", args=[plan.pk])


def kept_by(user, plan):
    return Visit.objects.get(plan=plan, user=user).overview


def test_a_panel_is_dragged_to_another_place_and_saved(window, bob, plan, arranging):
    page = window(bob).open(arranging)
    first = page.locator(".arr > li").first
    expect(first).to_have_id("panel-figures")

    page.locator("#panel-objectives [data-grip]").drag_to(page.locator("#panel-figures [data-grip]"))
    expect(page.locator("#arranging-says")).to_have_text("Objectives is number 1 of 9")
    expect(first).to_have_id("panel-objectives")
    # What the server has put in can be dragged as well.
    page.locator("#panel-weeks [data-grip]").drag_to(page.locator("#panel-objectives [data-grip]"))
    expect(page.locator("#arranging-says")).to_have_text("Actions by status and week is number 1 of 9")

    page.get_by_role("button", name="Save for me").click()
    expect(page.get_by_text(SAVED)).to_be_visible()
    expect(page.get_by_text("This is your own arrangement.")).to_be_visible()
    assert kept_by(bob, plan).split()[:2] == ["weeks", "objectives"]


def test_all_of_it_is_done_by_keyboard_and_focus_stays_on_the_button(window, alice, plan, arranging):
    hers = window(alice)
    page = hers.open(plan.get_absolute_url())
    page.get_by_role("link", name="Arrange", exact=True).focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{arranging}")
    assert hers.barriers == []

    up = page.get_by_role("button", name="A row up: Objectives")
    up.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#arranging-says")).to_have_text("Objectives is number 2 of 9")
    expect(up).to_be_focused()
    page.get_by_role("button", name="Hide: Needs attention").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#arranging-says")).to_have_text("Needs attention is hidden")
    expect(page.get_by_role("button", name="Show: Needs attention")).to_be_focused()
    assert hers.barriers == []

    page.get_by_role("button", name="Save for everybody").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("This is how the overview is arranged for everybody.")).to_be_visible()
    expect(page.get_by_role("heading", name="Needs attention")).to_have_count(0)
    expect(page.get_by_role("heading", name="Objectives", exact=True)).to_be_visible()
    assert Plan.objects.get(pk=plan.pk).overview.startswith("figures objectives run")


@pytest.mark.parametrize("dark", [False, True])
def test_on_a_phone_panels_stand_under_each_other_and_move_by_one(window, mia, plan, arranging, dark):
    hers = window(mia, phone=True, dark=dark)
    page = hers.open(plan.get_absolute_url())
    page.get_by_role("link", name="Arrange or hide panels").click()
    page.wait_for_url(f"**{arranging}")

    expect(page.get_by_role("button", name="A row up: Objectives")).to_be_hidden()
    page.get_by_role("button", name="Earlier: Objectives").tap()
    expect(page.locator("#arranging-says")).to_have_text("Objectives is number 3 of 9")
    assert hers.sideways <= 0
    assert hers.barriers == []

    page.get_by_role("button", name="Save for me").tap()
    expect(page.get_by_text(SAVED)).to_be_visible()
    assert hers.sideways <= 0


def test_without_javascript_its_buttons_send_the_form(window, bob, plan, arranging):
    page = window(bob, scripts=False).open(arranging)
    expect(page.locator("[data-grip]").first).to_be_hidden()

    page.get_by_role("button", name="Later: Key figures").click()
    page.get_by_role("button", name="Hide: Objectives").click()
    page.get_by_role("button", name="Save for me").click()

    expect(page.get_by_text("One panel is hidden.")).to_be_visible()
    assert kept_by(bob, plan) == str(NATURAL.moved("figures", "later").without("objectives"))
