"""Many actions at once: chosen by mouse and by key, changed in the bar, taken back."""

import datetime as dt

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from plans.models import Action
from tests.factories import ActionFactory, ObjectiveFactory

pytestmark = pytest.mark.django_db(transaction=True)

TITLES = ["Advertise online", "Exhibit in Lyon", "Call lost accounts", "Train the team", "Write the blog"]


@pytest.fixture
def table(plan):
    objective = ObjectiveFactory(plan=plan, title="Increase sales")
    for place, title in enumerate(TITLES):
        ActionFactory(objective=objective, title=title, position=place, deadline=dt.date(2026, 9, 4))
    return reverse("plans:actions", args=[plan.pk])


def chosen(page):
    return page.locator("tr.sel td[data-f=title] a").all_inner_texts()


def box(page, title):
    return page.get_by_role("checkbox", name=f"Select {title}")


def statuses():
    return list(Action.objects.order_by("position").values_list("status", flat=True))


def test_a_range_by_mouse_is_changed_and_taken_back_with_one_key(window, mark, table):
    mine = window(mark)
    page = mine.open(table)

    box(page, TITLES[1]).click()
    box(page, TITLES[3]).click(modifiers=["Shift"])
    page.locator("td[data-f=kind]").first.click(modifiers=["Control"])
    assert chosen(page) == TITLES[:4]

    page.locator("td[data-f=kind]").first.click(modifiers=["Control"])
    expect(page.locator("#bulk-count")).to_have_text("3 selected")
    page.locator("#bulk summary", has_text="Status").click()
    page.locator("#bulk").get_by_role("button", name="Blocked").click()
    expect(page.locator("#toasts")).to_contain_text("3 actions changed")
    assert statuses() == ["not_started", "blocked", "blocked", "blocked", "not_started"]
    assert chosen(page) == TITLES[1:4]
    assert page.evaluate("document.activeElement.textContent") == "Status"

    page.keyboard.press("z")
    expect(page.locator("#toasts")).to_contain_text("3 actions are as they were")
    assert statuses() == ["not_started"] * 5
    expect(page.locator("tr.sel .stt", has_text="Not started")).to_have_count(3)


def test_by_keyboard_alone_rows_are_selected_and_moved_by_working_days(window, mark, table):
    page = window(mark).open(table)
    page.locator("td[data-f=due]").first.focus()

    page.keyboard.press("Space")
    page.keyboard.press("Shift+ArrowDown")
    page.keyboard.press("Shift+ArrowDown")
    assert chosen(page) == TITLES[:3]
    page.keyboard.press("Shift+ArrowUp")
    assert chosen(page) == TITLES[:2]
    page.keyboard.press("Control+a")
    assert chosen(page) == TITLES
    page.keyboard.press("Escape")
    assert chosen(page) == []
    expect(page.locator("#bulk")).to_be_hidden()

    page.keyboard.press("Space")
    summary = page.locator("#bulk summary", has_text="Deadline")
    summary.focus()
    page.keyboard.press("Enter")
    page.locator("#bulk_shift").focus()
    page.keyboard.type("-3")
    page.keyboard.press("Enter")
    expect(page.locator("tr.sel td[data-f=due]")).to_contain_text("1 Sep")
    expect(summary).to_be_focused()


def test_what_is_refused_is_named_and_stays_selected(window, mark, table):
    Action.objects.filter(title=TITLES[0]).update(starts_on=dt.date(2026, 9, 1))
    page = window(mark).open(table)

    page.get_by_role("checkbox", name="Select all rows shown").click()
    page.locator("#bulk summary", has_text="Deadline").click()
    page.locator("#bulk_deadline").fill("2026-08-03")
    page.locator("#bulk form", has=page.locator("#bulk_deadline")).get_by_role("button").click()

    expect(page.get_by_role("alert")).to_contain_text("before the start of “Advertise online”")
    assert chosen(page) == TITLES
    assert set(Action.objects.values_list("deadline", flat=True)) == {dt.date(2026, 9, 4)}


def test_what_is_deleted_together_leaves_the_table_and_comes_back(window, mark, table):
    page = window(mark).open(table)

    box(page, TITLES[0]).click()
    box(page, TITLES[2]).click()
    page.locator("#bulk").get_by_role("button", name="Delete").click()
    expect(page.locator("td[data-f=title]")).to_have_count(3)
    expect(page.locator("#bulk")).to_be_hidden()

    page.locator("[data-undo] button").click()
    expect(page.locator("td[data-f=title]")).to_have_count(5)


def test_a_second_change_is_not_taken_for_the_first_sent_again(window, mark, table):
    page = window(mark).open(table)
    box(page, TITLES[0]).click()

    for count in (6, 7):
        page.locator("#bulk").get_by_role("button", name="Duplicate").click()
        expect(page.locator("td[data-f=title]")).to_have_count(count)


def test_what_a_search_no_longer_shows_is_no_longer_selected(window, mark, table):
    page = window(mark).open(table)
    box(page, TITLES[0]).click()

    page.locator("main [data-search]").fill("nothing like it")
    expect(page.locator("#action-rows")).to_contain_text("No action matches")

    expect(page.locator("#bulk")).to_be_hidden()


def test_a_box_survives_the_editing_of_its_title(window, mark, table):
    page = window(mark).open(table)
    box(page, TITLES[0]).click()

    page.locator("td[data-f=title]").first.focus()
    page.keyboard.press("Enter")
    page.locator("form[data-cell]").wait_for()
    page.keyboard.press("Escape")

    expect(box(page, TITLES[0])).to_be_checked()


@pytest.mark.parametrize("options", [{}, {"dark": True}, {"phone": True}, {"language": "pl"}])
def test_the_bar_and_its_menus_have_no_barriers(window, mark, table, options):
    mine = window(mark, **options)
    page = mine.open(table)

    page.locator("td .pick").first.click()
    page.locator("#bulk summary").nth(2).click()

    assert mine.barriers == []
    assert mine.sideways == 0


def test_without_javascript_boxes_lead_to_a_page(window, mark, table):
    page = window(mark, scripts=False).open(table)

    page.locator("noscript a").click()
    box(page, TITLES[1]).check()
    box(page, TITLES[4]).check()
    page.get_by_role("button", name="Change the selected actions").click()
    page.get_by_label("Status").select_option("in_progress")
    page.get_by_role("button", name="Change all").click()

    expect(page.locator("#toasts")).to_contain_text("2 actions changed")
    assert statuses() == ["not_started", "in_progress", "not_started", "not_started", "in_progress"]
    page.get_by_role("button", name="Undo").click()
    assert statuses() == ["not_started"] * 5
