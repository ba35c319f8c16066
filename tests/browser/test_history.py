"""The past of an action: what others changed is seen, and a former state brought back; by key, and without scripts."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from plans.models import Action, Visit
from tests.factories import ActionFactory, ObjectiveFactory, VisitFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def action(plan, alice, mark):
    """Mark was here yesterday; since then Alice has worked on one of two actions."""
    yesterday = timezone.now() - dt.timedelta(days=1)
    VisitFactory(plan=plan, user=mark, seen_at=yesterday)
    objective = ObjectiveFactory(plan=plan)
    action = ActionFactory(objective=objective, title="Call", description="Call ten of them.")
    other = ActionFactory(objective=objective, title="Write")
    Action.objects.filter(pk=other.pk).update(changed_at=yesterday - dt.timedelta(days=1))
    action._history_user = alice
    action.title, action.status, action.description = "Call everybody", "at_risk", "Call twenty of them."
    action.save()
    return action


def test_what_others_changed_is_marked_shown_and_seen(window, mark, plan, action):
    mine = window(mark)
    page = mine.open(reverse("plans:actions", args=[plan.pk]))

    news = page.locator("#news")
    expect(news).to_contain_text("1 action changed by others since your last visit on")
    expect(news).to_contain_text("Alice Martin 1")
    expect(page.get_by_role("img", name="Changed by Alice Martin on")).to_have_count(1)
    expect(page.locator("#save-state")).not_to_contain_text("Saved")
    assert mine.barriers == []

    news.get_by_role("link", name="Show them").click()
    expect(page.locator("tr[id^=action-]:not(.addr)")).to_have_count(1)

    page.locator("#news").get_by_role("button", name="Mark as seen").click()
    expect(page.locator("tr[id^=action-]:not(.addr)")).to_have_count(2)
    expect(page.locator(".news")).to_have_count(0)
    expect(page.locator("#news")).to_be_empty()


@pytest.mark.parametrize("looks", [{}, {"phone": True}], ids=["wide", "phone"])
def test_what_was_done_to_all_actions_is_told_on_one_page(window, mark, plan, action, looks):
    mine = window(mark, **looks)
    page = mine.open(reverse("plans:actions", args=[plan.pk]))

    page.locator("#news").get_by_role("link", name="What was changed").click()

    expect(page.locator(".fresh").first).to_contain_text("Call → Call everybody")
    assert mine.barriers == []
    assert mine.sideways == 0


def test_a_visit_lasts_while_one_works_on_the_page(window, mark, plan, action):
    mine = window(mark)
    mine.page.clock.install()
    page = mine.open(reverse("plans:actions", args=[plan.pk]))
    expect(page.locator("#news")).to_contain_text("Alice Martin")
    before = timezone.now() - dt.timedelta(minutes=20)
    Visit.objects.update(seen_at=before)

    page.keyboard.press("ArrowDown")
    page.clock.fast_forward("06:00")
    with page.expect_response("**/visit/"):
        page.keyboard.press("ArrowDown")

    assert Visit.objects.get().seen_at > before
    expect(page.locator("#save-state")).not_to_contain_text("Saved")


@pytest.mark.parametrize("looks", [{}, {"phone": True}, {"dark": True}], ids=["wide", "phone", "dark"])
def test_a_former_state_is_looked_at_and_brought_back(window, mark, action, looks):
    mine = window(mark, **looks)
    page = mine.open(action.get_absolute_url() + "#history")

    history = page.locator("#history")
    expect(history).to_contain_text("Alice Martin")
    expect(history.locator("del").filter(has_text="ten")).to_be_visible()
    assert mine.barriers == []
    assert mine.sideways == 0

    history.get_by_role("link", name="Restore the state of").click()
    expect(page.get_by_role("heading", name="What would change")).to_be_visible()
    expect(page.locator(".restore")).to_contain_text("At risk → Not started")
    assert mine.barriers == []
    assert mine.sideways == 0

    page.get_by_role("button", name="Restore").click()
    expect(page.locator("h1")).to_have_text("Call")
    expect(page.locator("#toasts")).to_contain_text("“Call” is again as it was on")
    expect(page.locator("#history")).to_contain_text("restored the state of")


def test_the_history_is_reached_from_the_table_by_key(window, mark, plan, action):
    page = window(mark).open(reverse("plans:actions", args=[plan.pk]))

    page.locator(f"#action-{action.pk} td[data-f=title]").focus()
    page.keyboard.press("m")
    page.get_by_role("menuitem", name="History").press("Enter")

    expect(page).to_have_url(f"{page.url.partition('/actions')[0]}{action.get_absolute_url()}#history")
    expect(page.locator("#history")).to_contain_text("Restore this state")


def test_without_scripts_what_was_changed_is_a_page_and_marked_as_seen(window, mark, plan, action):
    page = window(mark, scripts=False).open(reverse("plans:actions", args=[plan.pk]))

    page.get_by_role("link", name="What was changed").click()
    expect(page.locator(".fresh").first).to_contain_text("Call → Call everybody")
    page.get_by_role("button", name="Mark as seen").click()

    expect(page.locator("tr[id^=action-]:not(.addr)")).to_have_count(2)
    expect(page.locator(".news")).to_have_count(0)


def test_without_scripts_the_history_is_a_page_and_restores_too(window, mark, action):
    page = window(mark, scripts=False).open(action.get_absolute_url())

    page.get_by_role("link", name="Show what was changed").click()
    page.get_by_role("link", name="Restore the state of").click()
    page.get_by_role("button", name="Restore").click()

    expect(page.locator("h1")).to_have_text("Call")
    action.refresh_from_db()
    assert (action.title, action.status) == ("Call", "not_started")
