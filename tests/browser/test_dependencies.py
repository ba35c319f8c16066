"""Moving a deadline that others wait for: the offer, by mouse, by key and without JavaScript."""

import datetime as dt

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from plans.models import Action
from tests.factories import ActionFactory, ObjectiveFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def table(plan):
    objective = ObjectiveFactory(plan=plan)
    train = ActionFactory(objective=objective, title="Train", deadline=dt.date(2026, 9, 4), position=0)
    for place, (title, day) in enumerate([("Launch", dt.date(2026, 9, 11)), ("Advertise", dt.date(2026, 9, 18))]):
        ActionFactory(objective=objective, title=title, deadline=day, position=place + 1).waits_for.add(train)
    return reverse("plans:actions", args=[plan.pk])


def deadlines():
    return list(Action.objects.order_by("position").values_list("deadline", flat=True))


def test_what_waits_is_offered_beside_the_table_moved_when_ticked_and_taken_back(window, mark, table):
    mine = window(mark)
    page = mine.open(table)
    expect(page.locator(".waits")).to_have_count(2)

    page.locator("td[data-f=due]").first.focus()
    page.keyboard.press("Enter")
    page.locator("form[data-cell] input[type=date]").fill("2026-09-11")
    page.keyboard.press("Enter")
    dialog = page.locator("#action-dialog")
    expect(dialog).to_contain_text("Move what waits for it?")
    assert deadlines() == [dt.date(2026, 9, 11), dt.date(2026, 9, 11), dt.date(2026, 9, 18)]
    assert mine.barriers == []

    dialog.get_by_label("Advertise", exact=True).uncheck()
    dialog.get_by_role("button", name="Move those ticked").click()
    expect(dialog).to_be_hidden()
    expect(page.locator("#toasts")).to_contain_text("1 action changed")
    expect(page.locator("td[data-f=due]").nth(1)).to_contain_text("18 Sep")
    assert deadlines() == [dt.date(2026, 9, 11), dt.date(2026, 9, 18), dt.date(2026, 9, 18)]

    page.get_by_role("button", name="Undo").click()
    expect(page.locator("td[data-f=due]").nth(1)).to_contain_text("11 Sep")


def test_leaving_the_offer_moves_nothing_and_goes_on_in_the_cell(window, mark, table):
    page = window(mark).open(table)

    page.locator("td[data-f=due]").first.focus()
    page.keyboard.press("Enter")
    page.locator("form[data-cell] input[type=date]").fill("2026-09-11")
    page.keyboard.press("Enter")
    expect(page.locator("#action-dialog")).to_be_visible()
    page.keyboard.press("Escape")

    expect(page.locator("#action-dialog")).to_be_hidden()
    expect(page.locator("td[data-f=due]").first).to_be_focused()
    assert deadlines()[1:] == [dt.date(2026, 9, 11), dt.date(2026, 9, 18)]


def test_without_javascript_the_offer_is_the_next_page(window, mark, table):
    page = window(mark, scripts=False).open(table)
    train = Action.objects.get(title="Train")

    page.goto(page.url.split("/plans/")[0] + reverse("plans:action_cell", args=[train.pk]) + "?cell=due")
    page.locator("input[type=date]").fill("2026-09-07")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("button", name="Move those ticked").click()

    assert deadlines() == [dt.date(2026, 9, 7), dt.date(2026, 9, 14), dt.date(2026, 9, 21)]


@pytest.mark.parametrize("options", [{"dark": True}, {"phone": True}])
def test_the_offer_as_a_page_has_no_barriers(window, mark, plan, table, options):
    mine = window(mark, **options)
    train = Action.objects.get(title="Train")

    mine.open(reverse("plans:actions_follow", args=[plan.pk]) + f"?moved={train.pk}:5")

    assert mine.barriers == []
    assert mine.sideways == 0


def test_among_many_actions_one_finds_by_typing_what_to_wait_for(window, mark, plan, table):
    ActionFactory.create_batch(110, objective=Action.objects.first().objective, title="Call", position=9)
    ActionFactory(objective__plan=plan, title="Exhibit in Lyon", position=99)
    train = Action.objects.get(title="Train")
    page = window(mark).open(reverse("plans:action_edit", args=[train.pk]))

    page.get_by_role("combobox", name="Waits for").press_sequentially("exhibit")
    page.locator(".ts-dropdown .option", has_text="Exhibit in Lyon").click()
    page.get_by_role("button", name="Save").click()

    expect(page.locator(".waits")).to_have_count(3)
    assert [action.title for action in train.waits_for.all()] == ["Exhibit in Lyon"]
