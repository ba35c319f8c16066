"""Cells between the action table and a spreadsheet: copied, pasted, asked about, taken back."""

import datetime as dt

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from plans.models import Action
from tests.factories import ActionFactory, ObjectiveFactory

pytestmark = pytest.mark.django_db(transaction=True)

TITLES = ["Advertise online", "Exhibit in Lyon", "Call lost accounts"]

PUT = """([text, html]) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", text);
    if (html) clipboardData.setData("text/html", html);
    const event = new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true });
    document.activeElement.dispatchEvent(event);
}"""


@pytest.fixture
def table(plan):
    objective = ObjectiveFactory(plan=plan, title="Increase sales")
    for place, title in enumerate(TITLES):
        ActionFactory(objective=objective, title=title, position=place, deadline=dt.date(2026, 9, 4))
    return reverse("plans:actions", args=[plan.pk])


def put(page, text, html=""):
    page.evaluate(PUT, [text, html])


def values(name):
    return list(Action.objects.order_by("position").values_list(name, flat=True))


def cell(page, field, row=0):
    return page.locator(f"td[data-f={field}]").nth(row)


def test_a_block_is_looked_at_corrected_pasted_and_taken_back_by_keyboard_alone(window, mark, table):
    mine = window(mark)
    page = mine.open(table)
    cell(page, "status").focus()

    put(page, "Blocked\tHigh\r\nStuck\tLow\r\nDone\tNormal\r\nNot started\tLow\r\n")
    dialog = page.locator("#paste-dialog")
    expect(dialog.get_by_text("There is no action left below")).to_be_visible()
    assert mine.barriers == []
    assert values("status") == ["not_started"] * 3

    expect(page.locator("#paste-go")).to_be_focused()
    dialog.get_by_label("Stuck").focus()
    page.keyboard.type("At risk")
    expect(page.locator("#paste-go")).to_have_text("Change 5 cells")
    assert page.evaluate("document.activeElement.id").startswith("answer-status")
    page.locator("#paste-go").focus()
    page.keyboard.press("Enter")
    expect(dialog).to_be_hidden()
    expect(page.locator("#toasts")).to_contain_text("3 actions changed")
    assert (values("status"), values("priority")) == (["blocked", "at_risk", "done"], [2, 4, 3])
    expect(cell(page, "status", 1)).to_contain_text("At risk")
    expect(cell(page, "status")).to_be_focused()

    page.keyboard.press("z")
    expect(page.locator("#toasts")).to_contain_text("3 actions are as they were")
    assert values("status") == ["not_started"] * 3


def test_rows_below_the_last_one_are_added_and_merged_cells_left_alone(window, mark, table):
    page = window(mark).open(table)
    cell(page, "title", 1).focus()

    html = (
        "<html><body><table style='border:0'><tr><td style=\"x:y\" rowspan=2>One</td></tr><tr></tr>"
        "<tr><td>Three</td></tr></table></body></html>"
    )
    put(page, "One\r\n\r\nThree\r\n", html)
    expect(page.locator("#paste-dialog")).to_contain_text("Only the first of merged cells is taken")
    page.locator("#paste-go").click()

    expect(page.locator("#toasts")).to_contain_text("1 action changed, 1 action added")
    assert values("title") == ["Advertise online", "One", "Call lost accounts", "Three"]
    expect(page.locator("td[data-f=title] a", has_text="Three")).to_be_visible()
    expect(cell(page, "title", 1)).to_be_focused()


def test_escape_changes_nothing_and_goes_back_to_the_cell(window, mark, table):
    page = window(mark).open(table)
    cell(page, "due", 1).focus()

    put(page, "03/10/2026")
    expect(page.get_by_text("Which day is 03/10/2026?")).to_be_visible()
    page.locator("#paste-month-first").check()
    expect(page.locator("#paste-dialog")).to_contain_text("10 March 2026")
    page.keyboard.press("Escape")

    expect(page.locator("#paste-dialog")).to_be_hidden()
    expect(cell(page, "due", 1)).to_be_focused()
    assert values("deadline") == [dt.date(2026, 9, 4)] * 3


def test_one_value_fills_the_rows_that_are_selected(window, mark, table):
    page = window(mark).open(table)
    cell(page, "kind").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Shift+ArrowDown")

    put(page, "Digital")
    page.locator("#paste-go").click()

    expect(page.locator("#toasts")).to_contain_text("2 actions changed")
    assert values("kind") == ["digital", "digital", ""]


def test_in_an_open_editor_a_word_is_just_pasted_and_a_block_is_offered(window, mark, table):
    page = window(mark).open(table)
    cell(page, "title").focus()
    page.keyboard.press("Enter")
    page.locator("td form input[type=text]").wait_for()

    put(page, "word")
    expect(page.locator("td form input[type=text]")).to_be_visible()
    put(page, "One\r\nTwo\r\n")

    expect(page.locator("#paste-go")).to_have_text("Change 2 cells")
    expect(page.locator("td form")).to_have_count(0)


@pytest.mark.parametrize("secure", [True, False])
def test_what_is_copied_here_can_be_pasted_here(window, mark, table, secure):
    mine = window(mark)
    mine.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = mine.open(table)
    if not secure:
        page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    cell(page, "title").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Control+c")
    expect(page.locator("#say")).to_have_text("1 row copied")

    page.keyboard.press("Escape")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Control+v")
    expect(page.locator("#paste-go")).to_have_text("Change 1 cell")
    page.locator("#paste-go").click()

    expect(page.locator("#toasts")).to_contain_text("1 action changed")
    assert values("title") == ["Advertise online", "Advertise online", "Call lost accounts"]


@pytest.mark.parametrize("options", [{"phone": True}, {"dark": True}, {"scripts": False}])
def test_the_page_for_pasting_works_on_every_window(window, mark, table, plan, options):
    mine = window(mark, **options)
    page = mine.open(reverse("plans:actions_paste", args=[plan.pk]))
    if options.get("scripts", True):
        assert mine.barriers == []

    page.get_by_label("Cells").fill("2026-10-01\tnonsense\n2026-10-02\t")
    page.get_by_label("First column").select_option(label="Deadline")
    page.get_by_label("First row").select_option(label="Exhibit in Lyon")
    page.get_by_role("button", name="Look at it").click()
    expect(page.get_by_role("button", name="Change 2 cells")).to_be_visible()
    assert mine.sideways <= 0
    if options.get("scripts", True):
        assert mine.barriers == []
    page.get_by_role("button", name="Change 2 cells").click()

    page.wait_for_url("**/actions/")
    assert values("deadline")[1:] == [dt.date(2026, 10, 1), dt.date(2026, 10, 2)]


def test_what_a_colleague_changes_while_it_is_looked_at_is_shown_before_it_is_pasted_over(window, mark, alice, table):
    page, other = window(mark).open(table), window(alice).open(table)
    cell(page, "title").focus()
    put(page, "One\r\nTwo\r\n")
    expect(page.locator("#paste-go")).to_have_text("Change 2 cells")

    cell(other, "title").focus()
    put(other, "Hers")
    other.locator("#paste-go").click()
    expect(other.locator("#toasts")).to_contain_text("1 action changed")
    page.locator("#paste-go").click()

    expect(
        page.get_by_role("alert").filter(has_text="Changed or deleted by somebody meanwhile: “Hers”")
    ).to_be_visible()
    assert values("title")[:2] == ["Hers", "Exhibit in Lyon"]
    page.locator("#paste-go").click()
    expect(page.locator("#toasts")).to_contain_text("2 actions changed")
    assert values("title")[:2] == ["One", "Two"]
