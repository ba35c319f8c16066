"""The morning of a manager without a mouse: nothing here is clicked."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from plans.models import Action
from tests.factories import ActionFactory, ObjectiveFactory, RoleFactory

pytestmark = pytest.mark.django_db(transaction=True)

TITLES = ("Advertise online", "Call lost accounts", "Exhibit in Lyon")


@pytest.fixture
def actions(plan):
    RoleFactory(team__plan=plan, title="Sales manager")
    objective = ObjectiveFactory(plan=plan, title="Increase sales")
    return [ActionFactory(objective=objective, title=title, position=place) for place, title in enumerate(TITLES)]


def press(page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def cell(page, action, field):
    return page.locator(f"#action-{action.pk} [data-f={field}]")


def test_a_manager_works_through_the_table_with_the_keyboard_alone(window, mark, plan, actions):
    page = window(mark).open(reverse("plans:objectives", args=[plan.pk]))

    # To the table by name, and to its first row.
    press(page, "Control+k")
    page.locator("#palette [role=combobox]:focus").wait_for()
    page.keyboard.type("Actions")
    expect(page.locator("#palette-list [role=option][aria-selected=true]")).to_contain_text("Budget & actions")
    press(page, "Enter")
    page.wait_for_url(re.compile(r"/actions/$"))
    page.wait_for_load_state("networkidle")
    press(page, "j")
    expect(cell(page, actions[0], "title")).to_be_focused()

    # A cell is edited in place; Tab saves it and goes on to the next.
    press(page, "ArrowRight", "ArrowRight", "ArrowRight", "Enter")
    page.locator("input[name=starts_on]:focus").wait_for()
    page.keyboard.type("03022026")
    press(page, "Enter")
    expect(cell(page, actions[0], "start")).to_be_focused()
    expect(cell(page, actions[0], "start")).not_to_have_text("–")

    # What was begun by mistake is given up.
    press(page, "ArrowDown", "ArrowLeft", "Enter")
    page.locator("form[data-cell] select:focus").wait_for()
    press(page, "Escape")
    expect(page.locator("form[data-cell]")).to_have_count(0)

    # Two rows at once: from the selection to its bar, and back with one key.
    press(page, "Space", "Shift+ArrowDown")
    expect(page.locator("#bulk-count")).to_have_text("2 selected")
    press(page, "m")
    expect(page.locator("#bulk summary").first).to_be_focused()
    press(page, "Enter", "Tab")
    for _status in range(8):
        if page.evaluate("document.activeElement.value") == "blocked":
            break
        press(page, "Tab")
    press(page, "Enter")
    expect(page.locator("#toasts")).to_contain_text("2 actions changed")
    expect(page.locator("tr.sel .stt.block")).to_have_count(2)
    press(page, "z")
    expect(page.locator("#toasts")).to_contain_text("2 actions are as they were")

    # A row is added at the end by typing, and another one right after it.
    press(page, "Escape", "c")
    page.locator("form[data-quick] input[name=title]:focus").wait_for()
    page.keyboard.type("Write the blog")
    press(page, "Enter")
    page.locator("td[data-f=title]", has_text="Write the blog").wait_for()
    page.locator("form[data-quick] input[name=title]:focus").wait_for()
    press(page, "Escape")
    expect(page.locator("#action-rows .add")).to_be_focused()

    # Found by a word, opened, and edited.
    press(page, "/")
    page.locator("[data-search]:focus").wait_for()
    page.keyboard.type("blog")
    expect(page.get_by_text("1 of 1 action")).to_be_visible()
    press(page, "Tab", "Escape")
    for _stop in range(20):
        if page.evaluate("document.activeElement.matches('td[data-f]')"):
            break
        press(page, "Tab")
    press(page, "Shift+Enter")
    page.wait_for_url(re.compile(r"/actions/\d+/$"))
    press(page, "e")
    page.wait_for_url(re.compile(r"/edit/"))
    assert Action.objects.filter(title="Write the blog").exists()


def test_tab_leaves_the_table_with_one_press(window, mark, plan, actions):
    page = window(mark).open(reverse("plans:actions", args=[plan.pk]))

    press(page, "j", "Tab")

    expect(page.locator("#action-rows .add")).to_be_focused()


def test_the_list_of_keys_opens_with_a_question_mark_and_closes_with_escape(window, mark, plan, actions):
    page = window(mark).open(reverse("plans:actions", args=[plan.pk]))

    press(page, "j", "?")
    expect(page.get_by_role("dialog")).to_contain_text("Select the action; with Shift and an arrow several")
    press(page, "Escape")

    expect(cell(page, actions[0], "title")).to_be_focused()
