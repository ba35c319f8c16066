"""Two people at the same actions: what one changes the other sees, and nobody loses what she is typing."""

import datetime as dt

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from plans.models import Action
from tests.factories import ActionFactory, ObjectiveFactory

pytestmark = pytest.mark.django_db(transaction=True)

#: What is promised, in milliseconds.
SOON = 10_000
TITLES = ["Advertise online", "Exhibit in Lyon", "Call lost accounts"]


@pytest.fixture
def objective(plan):
    objective = ObjectiveFactory(plan=plan, title="Increase sales")
    for place, title in enumerate(TITLES):
        ActionFactory(objective=objective, title=title, position=place, starts_on=dt.date(2026, 3, 1))
    return objective


@pytest.fixture
def table(plan, objective):
    return reverse("plans:actions", args=[plan.pk])


def cell(page, title, field):
    return page.locator(f"#action-{Action.objects.get(title=title).pk} td[data-f={field}]")


def edit(page, title, field):
    cell(page, title, field).focus()
    page.keyboard.press("Enter")
    page.locator("form[data-cell]").wait_for()


def choose(page, title, field, label):
    cell(page, title, field).click()
    # The editor comes by the same address.
    with page.expect_response(lambda answer: "/cell/" in answer.url and answer.request.method == "POST"):
        cell(page, title, field).locator("select").select_option(label=label)


def ask(page):
    """What is new, at once: that it asks by itself, and soon enough, the first test shows."""
    page.evaluate("document.dispatchEvent(new CustomEvent('ask-news'))")


def test_a_change_appears_without_a_reload_and_is_told_with_a_name(window, alice, mark, table):
    hers, his = window(alice).open(table), window(mark).open(table)
    his.locator("#action-rows .pick input").nth(1).check()
    cell(his, "Advertise online", "kind").focus()
    drawn = his.evaluate("document.getElementById('action-rows').dataset.seen = 'once'")

    choose(hers, "Exhibit in Lyon", "status", "Blocked")

    expect(cell(his, "Exhibit in Lyon", "status")).to_contain_text("Blocked", timeout=SOON)
    expect(his.locator("#live [role=status]")).to_have_text("Alice Martin changed “Exhibit in Lyon”")
    assert his.evaluate("document.activeElement.dataset.f") == "kind"
    assert his.locator("#action-rows .pick input").nth(1).is_checked()
    assert his.evaluate("document.getElementById('action-rows').dataset.seen") == drawn


def test_ones_own_change_is_not_told(window, mark, table):
    his = window(mark).open(table)
    choose(his, "Exhibit in Lyon", "status", "Blocked")

    with his.expect_response(lambda response: "/live/" in response.url and response.status == 200):
        ask(his)

    assert his.locator("#live [role=status]").inner_text() == ""
    assert his.locator(".lately").count() == 0
    assert his.locator("#action-rows [role=status]").inner_text() == "3 of 3 actions"


def test_what_one_is_typing_stays_and_the_change_shows_when_the_editor_is_closed(window, alice, mark, table):
    hers, his = window(alice).open(table), window(mark).open(table)
    edit(his, "Exhibit in Lyon", "title")
    his.locator("form[data-cell] [name=title]").fill("Exhibit in Ly")

    edit(hers, "Exhibit in Lyon", "title")
    hers.locator("form[data-cell] [name=title]").fill("Exhibit in Paris")
    hers.keyboard.press("Enter")
    with his.expect_response(lambda response: "/live/" in response.url and response.status == 200):
        ask(his)
    his.wait_for_timeout(200)

    assert his.input_value("form[data-cell] [name=title]") == "Exhibit in Ly"
    assert his.evaluate("document.activeElement.name") == "title"

    his.keyboard.press("Escape")

    expect(cell(his, "Exhibit in Paris", "title")).to_contain_text("Exhibit in Paris")


def test_both_see_both_values_when_they_change_the_same_cell(window, alice, mark, table):
    hers, his = window(alice).open(table), window(mark).open(table)
    cell(his, "Exhibit in Lyon", "status").click()
    his.locator("form[data-cell] select").wait_for()
    choose(hers, "Exhibit in Lyon", "status", "Blocked")

    with his.expect_response("**/cell/**"):
        his.locator("form[data-cell] select").select_option(label="Done")

    expect(his.locator("tr.conf")).to_contain_text("Alice Martin set “Status” to Blocked")
    assert Action.objects.get(title="Exhibit in Lyon").status == "blocked"

    his.get_by_role("button", name="Keep Done").click()

    expect(cell(his, "Exhibit in Lyon", "status")).to_contain_text("Done")
    expect(his.locator("tr.conf")).to_have_count(0)
    ask(hers)
    expect(cell(hers, "Exhibit in Lyon", "status")).to_contain_text("Done", timeout=SOON)


def test_changes_of_different_cells_are_both_kept(window, alice, mark, table):
    hers, his = window(alice).open(table), window(mark).open(table)
    cell(his, "Exhibit in Lyon", "kind").click()
    his.locator("form[data-cell] select").wait_for()
    choose(hers, "Exhibit in Lyon", "status", "Blocked")

    with his.expect_response("**/cell/**"):
        his.locator("form[data-cell] select").select_option(label="Digital")

    action = Action.objects.get(title="Exhibit in Lyon")
    assert (action.status, action.kind) == ("blocked", "digital")
    ask(his)
    expect(cell(his, "Exhibit in Lyon", "status")).to_contain_text("Blocked", timeout=SOON)


def test_a_row_deleted_by_somebody_else_stays_in_sight_and_says_so(window, alice, mark, table):
    hers, his = window(alice).open(table), window(mark).open(table)
    row = his.locator("#action-rows tr", has_text="Exhibit in Lyon")
    edit(his, "Call lost accounts", "title")
    his.locator("form[data-cell] [name=title]").fill("Call all lost accounts")

    hers.locator("tr", has_text="Exhibit in Lyon").locator(".rowmenu").click()
    hers.get_by_role("menuitem", name="Delete").click()

    ask(his)
    expect(row.locator(".told")).to_have_text("deleted by Alice Martin", timeout=SOON)
    assert his.input_value("form[data-cell] [name=title]") == "Call all lost accounts"
    expect(his.locator(f"#group-{Action.objects.first().objective_id}-sum")).to_contain_text("2 actions")
    row.locator("td[data-f=kind]").click()
    assert row.locator("form").count() == 0


def test_a_new_row_stands_where_it_belongs(window, alice, mark, table, objective):
    hers, his = window(alice).open(table), window(mark).open(table)

    hers.get_by_role("link", name="Add action").click()
    hers.get_by_label("New action").fill("Train the team")
    hers.keyboard.press("Enter")

    ask(his)
    expect(his.locator("tr[id^=action-] [data-f=title] a")).to_have_text([*TITLES, "Train the team"], timeout=SOON)
    expect(his.locator("#live [role=status]")).to_contain_text("Alice Martin added “Train the team”")
    expect(his.locator("#action-rows [role=status]")).to_have_text("4 of 4 actions")


def test_in_a_filtered_table_what_is_new_is_offered_and_what_leaves_is_not_taken_away(window, alice, mark, table):
    hers, his = window(alice).open(table), window(mark).open(f"{table}?status=blocked&status=not_started")
    choose(hers, "Exhibit in Lyon", "status", "Done")
    ActionFactory(objective=Action.objects.first().objective, title="Train the team", position=3)

    row = his.locator("tr", has_text="Exhibit in Lyon")
    ask(his)
    expect(row.locator(".told")).to_have_text("no longer in this view", timeout=SOON)
    expect(row.locator("[data-f=status]")).to_contain_text("Done")
    expect(his.locator("#live [role=status]")).to_contain_text("Changes not shown yet: 1")

    his.locator("#live button").click()

    expect(his.locator("tr[id^=action-] [data-f=title] a")).to_have_text([TITLES[0], TITLES[2], "Train the team"])
    expect(his.locator("#live [role=status]")).to_have_text("")


def test_a_row_that_now_belongs_to_another_objective_stays_and_says_so(window, alice, mark, table, plan):
    his = window(mark).open(table)
    action = Action.objects.get(title="Exhibit in Lyon")
    action.objective, action._history_user = ObjectiveFactory(plan=plan, title="Retain customers"), alice
    action.save()

    told = his.locator(f"#action-{action.pk} .told")
    ask(his)
    expect(told).to_have_text("now under another objective", timeout=SOON)


def test_a_card_moved_by_somebody_else_moves_on_the_board(window, alice, mark, table):
    hers, his = window(alice).open(table), window(mark).open(f"{table}?view=board")

    choose(hers, "Exhibit in Lyon", "status", "Blocked")

    ask(his)
    expect(his.locator("[data-column=blocked] .ac")).to_contain_text("Exhibit in Lyon", timeout=SOON)
    expect(his.locator("[data-column=blocked] [data-count]")).to_have_text("1")


def test_on_the_timeline_changes_are_counted_and_shown_when_asked_for(window, alice, mark, table):
    hers, his = window(alice).open(table), window(mark).open(f"{table}?view=timeline")

    choose(hers, "Exhibit in Lyon", "status", "Blocked")

    ask(his)
    expect(his.locator("#live [role=status]")).to_have_text("Changes not shown yet: 1", timeout=SOON)
    his.locator("#live button").click()
    expect(his.locator("#live [role=status]")).to_have_text("")


def test_a_reader_sees_changes_too(window, alice, bob, table):
    hers, his = window(alice).open(table), window(bob).open(table)

    choose(hers, "Exhibit in Lyon", "status", "Blocked")

    ask(his)
    expect(cell(his, "Exhibit in Lyon", "status")).to_contain_text("Blocked", timeout=SOON)


def test_nobody_asks_for_a_page_that_is_not_seen(window, mark, table):
    his = window(mark).open(table)
    asked = []
    his.on("request", lambda request: asked.append(request.url) if "/live/" in request.url else None)

    his.evaluate("Object.defineProperty(document, 'hidden', {get: () => true, configurable: true})")
    his.wait_for_timeout(7_000)
    assert asked == []

    his.evaluate("delete document.hidden; document.dispatchEvent(new Event('visibilitychange'))")
    his.wait_for_timeout(500)
    assert len(asked) == 1


def test_who_was_signed_out_is_told_and_asked_no_more(window, mark, table):
    one = window(mark)
    his = one.open(table)
    one.context.clear_cookies()

    ask(his)
    expect(his.locator("#live [role=status]")).to_contain_text("sign in again", timeout=SOON)
