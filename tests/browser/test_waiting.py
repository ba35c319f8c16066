"""The connection is lost while one edits: what was changed waits on the device, and is saved once."""

import datetime as dt
import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from plans.models import Action, Receipt
from tests.factories import ActionFactory, ObjectiveFactory

pytestmark = pytest.mark.django_db(transaction=True)

TITLES = ["Advertise online", "Exhibit in Lyon", "Call lost accounts"]
#: Longer than the page waits before it tries again for the first time, and for the second.
AGAIN = 15_000
#: What the browser and HTMX say about a server that is not there.
NO_SERVER = re.compile(r"net::ERR_|htmx:(sendError|afterRequest|responseError)|(status of|Error Code) (503|404)")


@pytest.fixture
def objective(plan):
    objective = ObjectiveFactory(plan=plan, title="Increase sales")
    for place, title in enumerate(TITLES):
        ActionFactory(
            objective=objective,
            title=title,
            position=place,
            starts_on=dt.date(2026, 3, 1),
            deadline=dt.date(2026, 9, 30),
        )
    return objective


@pytest.fixture
def table(plan, objective):
    return reverse("plans:actions", args=[plan.pk])


@pytest.fixture
def lonely(window):
    """A window whose server may be gone; what the browser says about that is no fault of the page."""
    opened = []

    def open_lonely(user, **options):
        one = window(user, **options)
        opened.append(one)
        return one

    yield open_lonely
    for one in opened:
        one.faults[:] = [fault for fault in one.faults if not NO_SERVER.search(fault)]


def cell(page, title, field):
    return page.locator(f"#action-{Action.objects.get(title=title).pk} td[data-f={field}]")


def edit(page, title, field):
    cell(page, title, field).focus()
    page.keyboard.press("Enter")
    page.locator("form[data-cell]").wait_for()


def bar(page):
    return page.locator("#waiting")


def test_a_change_made_without_a_connection_is_shown_as_unsaved_and_saved_when_it_is_back(lonely, mark, table):
    one = lonely(mark)
    page = one.open(table)
    edit(page, "Exhibit in Lyon", "status")
    one.context.set_offline(True)
    page.locator("form[data-cell] select").select_option(label="Blocked")

    expect(cell(page, "Exhibit in Lyon", "status")).to_contain_text("Blocked not saved yet")
    expect(bar(page).get_by_role("status")).to_have_text("No connection. One change waits on this device.")
    assert page.evaluate("document.activeElement.dataset.f") == "status"
    assert one.barriers == []
    assert Action.objects.get(title="Exhibit in Lyon").status == "not_started"

    one.context.set_offline(False)

    expect(bar(page)).to_be_hidden(timeout=AGAIN)
    # Its health, which disagrees, may have come beside it by now.
    expect(cell(page, "Exhibit in Lyon", "status")).to_have_text(re.compile("^Blocked(Off track)?$"))
    expect(page.locator(".unsaved")).to_have_count(0)
    assert Action.objects.get(title="Exhibit in Lyon").history.count() == 2
    assert page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('salesplan'))") == []


def test_changes_survive_a_reload_and_are_sent_in_their_order(lonely, mark, table, objective):
    one = lonely(mark)
    page = one.open(table)
    one.context.route("**/*", lambda route: route.abort() if route.request.method == "POST" else route.continue_())
    edit(page, "Exhibit in Lyon", "title")
    page.locator("form[data-cell] [name=title]").fill("Exhibit in Paris")
    page.keyboard.press("Enter")
    expect(bar(page)).to_be_visible()
    page.get_by_role("link", name="Add action").click()
    page.get_by_label("New action").fill("Train the team")
    page.keyboard.press("Enter")
    expect(page.locator(".unsaved-row")).to_contain_text("Train the team not saved yet")
    page.get_by_label("New action").fill("Write the blog")
    page.keyboard.press("Enter")
    expect(bar(page).get_by_role("status")).to_have_text("No connection. 3 changes wait on this device.")

    page.reload()

    expect(cell(page, "Exhibit in Lyon", "title")).to_contain_text("Exhibit in Paris not saved yet")
    expect(page.locator(".unsaved-row")).to_have_count(2)
    columns = page.evaluate("document.querySelector('tr:has(> td[data-f])').cells.length")
    assert page.locator(".unsaved-row td").first.evaluate("cell => cell.colSpan") == columns

    one.context.unroute("**/*")
    bar(page).get_by_role("button", name="Try again").click()

    expect(bar(page)).to_be_hidden(timeout=AGAIN)
    titles = page.locator("tr[id^=action-] [data-f=title] a")
    expect(titles).to_have_text([TITLES[0], "Exhibit in Paris", TITLES[2], "Train the team", "Write the blog"])
    assert Action.objects.count() == 5


def test_an_edit_whose_answer_got_lost_is_not_written_twice(lonely, mark, table):
    one = lonely(mark)
    page = one.open(table)
    answers = []

    def lose_the_first_answer(route):
        if route.request.method == "POST" and not answers:
            answers.append(route.fetch().status)
            return route.abort()
        return route.continue_()

    one.context.route("**/cell/**", lose_the_first_answer)
    edit(page, "Exhibit in Lyon", "status")
    page.locator("form[data-cell] select").select_option(label="Blocked")
    expect(bar(page)).to_be_visible()
    assert (answers, Action.objects.get(title="Exhibit in Lyon").status) == ([200], "blocked")

    expect(bar(page)).to_be_hidden(timeout=AGAIN)

    assert Action.objects.get(title="Exhibit in Lyon").history.count() == 2
    assert Receipt.objects.count() == 1
    expect(cell(page, "Exhibit in Lyon", "status")).to_contain_text("Blocked")


def test_a_change_that_waited_meets_anothers_and_both_are_shown(lonely, window, mark, alice, table):
    one = lonely(mark)
    page = one.open(table)
    edit(page, "Exhibit in Lyon", "status")
    one.context.set_offline(True)
    page.locator("form[data-cell] select").select_option(label="Done")
    expect(bar(page)).to_be_visible()
    action = Action.objects.get(title="Exhibit in Lyon")
    action.status, action._history_user = "blocked", alice
    action.save()

    one.context.set_offline(False)

    line = bar(page).locator("li")
    expect(line).to_contain_text("Alice Martin set “Status” to Blocked", timeout=AGAIN)
    expect(line).to_contain_text("while you set it to Done")
    assert Action.objects.get(pk=action.pk).status == "blocked"

    line.get_by_role("button", name="Keep mine").click()

    expect(bar(page)).to_be_hidden(timeout=AGAIN)
    expect(cell(page, "Exhibit in Lyon", "status")).to_have_text("Done")
    assert Action.objects.get(pk=action.pk).status == "done"


def test_a_change_of_a_row_that_was_deleted_meanwhile_is_shown_until_one_gives_it_up(lonely, mark, table):
    one = lonely(mark)
    page = one.open(table)
    edit(page, "Exhibit in Lyon", "title")
    page.locator("form[data-cell] [name=title]").fill("Exhibit in Paris")
    Action.objects.get(title="Exhibit in Lyon").delete()
    page.keyboard.press("Enter")

    expect(bar(page).get_by_role("status")).to_have_text("Not taken: 1.")
    expect(bar(page).locator("li")).to_contain_text("Exhibit in Paris")
    expect(bar(page).locator("li")).to_contain_text("It is not there any more.")
    page.reload()
    expect(bar(page).locator("li")).to_contain_text("Exhibit in Paris")

    bar(page).get_by_role("button", name="Discard").click()

    expect(bar(page)).to_be_hidden()


def test_what_waits_can_be_discarded_and_the_cell_is_as_it_was(lonely, mark, table):
    one = lonely(mark)
    page = one.open(table)
    edit(page, "Exhibit in Lyon", "status")
    one.context.set_offline(True)
    page.locator("form[data-cell] select").select_option(label="Blocked")
    bar(page).locator("summary").click()

    bar(page).get_by_role("button", name="Discard").click()

    expect(bar(page)).to_be_hidden()
    expect(cell(page, "Exhibit in Lyon", "status")).to_contain_text("Not started")
    one.context.set_offline(False)
    page.wait_for_timeout(1_000)
    assert Action.objects.get(title="Exhibit in Lyon").status == "not_started"


def test_a_card_moved_without_a_connection_stays_where_it_was_moved(lonely, mark, table):
    one = lonely(mark)
    page = one.open(f"{table}?view=board")
    one.context.set_offline(True)

    page.locator(".ac-t", has_text="Exhibit in Lyon").focus()
    page.keyboard.press("Shift+ArrowRight")

    card = page.locator("[data-column=in_progress] .ac")
    expect(card).to_contain_text("not saved yet")
    page.keyboard.press("Shift+ArrowRight")
    expect(page.locator("[data-column=at_risk] .ac")).to_contain_text("not saved yet")
    expect(bar(page).get_by_role("status")).to_have_text("No connection. One change waits on this device.")

    one.context.set_offline(False)

    expect(bar(page)).to_be_hidden(timeout=AGAIN)
    expect(page.locator("[data-column=at_risk] .ac .unsaved-mark")).to_have_count(0)
    expect(page.locator("[data-column=at_risk] .ac")).to_contain_text("Exhibit in Lyon")
    assert Action.objects.get(title="Exhibit in Lyon").status == "at_risk"


def test_a_bar_moved_without_a_connection_stays_where_it_was_moved(lonely, mark, table):
    one = lonely(mark)
    page = one.open(f"{table}?view=timeline")
    row = page.locator("tr[id^=action-]", has_text="Exhibit in Lyon")
    one.context.set_offline(True)
    row.locator(".tl-bar").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")

    expect(row).to_contain_text("not saved yet 2 Mar – 1 Oct")
    one.context.set_offline(False)

    expect(bar(page)).to_be_hidden(timeout=AGAIN)
    expect(page.locator(".unsaved-mark")).to_have_count(0)
    assert Action.objects.get(title="Exhibit in Lyon").deadline == dt.date(2026, 10, 1)


def test_two_changes_of_one_row_do_not_meet_each_other_as_a_conflict(lonely, mark, table):
    one = lonely(mark)
    page = one.open(f"{table}?view=board")
    answered = []

    def lose(route):
        """The first change arrives, and its answer does not; then nothing comes through for a while."""
        if len(answered) < 1:
            answered.append(route.fetch().status)
        if len(answered) < 3:
            answered.append(0)
            return route.abort()
        return route.continue_()

    one.context.route("**/card/**", lose)
    page.locator(".ac-t", has_text="Exhibit in Lyon").focus()
    page.keyboard.press("Shift+ArrowRight")
    expect(page.locator("[data-column=in_progress] .ac")).to_contain_text("not saved yet")
    page.keyboard.press("Shift+ArrowRight")

    expect(bar(page)).to_be_hidden(timeout=AGAIN)
    action = Action.objects.get(title="Exhibit in Lyon")
    assert (action.status, action.history.count()) == ("at_risk", 3)


def test_what_waits_is_hers_alone_and_is_sent_when_she_signs_in_again(lonely, mark, alice, plan, table):
    one = lonely(mark)
    page = one.open(table)
    edit(page, "Exhibit in Lyon", "status")
    one.context.set_offline(True)
    page.locator("form[data-cell] select").select_option(label="Blocked")
    expect(bar(page)).to_be_visible()

    one.context.clear_cookies()
    one.sign_in(alice)
    one.context.set_offline(False)
    expect(bar(page).get_by_role("status")).to_contain_text("You were signed out.", timeout=AGAIN)
    page = one.open(table)
    expect(bar(page)).to_be_hidden()
    assert Action.objects.get(title="Exhibit in Lyon").status == "not_started"

    one.context.clear_cookies()
    one.sign_in(mark)
    page = one.open(reverse("plans:objectives", args=[plan.pk]))

    expect(bar(page)).to_be_hidden(timeout=AGAIN)
    page.wait_for_timeout(500)
    assert Action.objects.get(title="Exhibit in Lyon").history.first().history_user == mark


def test_a_server_that_is_being_restarted_is_waited_for(lonely, mark, table):
    one = lonely(mark)
    page = one.open(table)
    one.context.route(
        "**/cell/**", lambda route: route.fulfill(status=503) if route.request.method == "POST" else route.continue_()
    )
    edit(page, "Exhibit in Lyon", "kind")
    page.locator("form[data-cell] select").select_option(label="Digital")

    expect(cell(page, "Exhibit in Lyon", "kind")).to_contain_text("Digital not saved yet")
    one.context.unroute("**/cell/**")

    expect(bar(page)).to_be_hidden(timeout=AGAIN)
    assert Action.objects.get(title="Exhibit in Lyon").kind == "digital"


def by_place():
    return list(Action.objects.order_by("position").values_list("title", flat=True))


def choose_deed(page, title, name):
    cell(page, title, "title").focus()
    page.keyboard.press("m")
    page.locator("#item-menu").get_by_role("menuitem", name=name).click()


def select(page, *titles):
    for title in titles:
        page.get_by_role("checkbox", name=f"Select {title}").click()
    page.locator("#bulk summary").first.wait_for()


def test_rows_moved_copied_and_deleted_without_a_connection_wait_and_are_changed_in_that_order(lonely, mark, table):
    one = lonely(mark)
    page = one.open(table)
    one.context.set_offline(True)

    cell(page, "Call lost accounts", "due").focus()
    page.keyboard.press("Alt+ArrowUp")
    expect(cell(page, "Call lost accounts", "title")).to_contain_text("not saved yet Move up")
    assert page.evaluate("document.activeElement.dataset.f") == "due"
    page.keyboard.press("Alt+ArrowUp")
    choose_deed(page, "Exhibit in Lyon", "Duplicate")
    choose_deed(page, "Advertise online", "Delete")
    expect(bar(page).get_by_role("status")).to_have_text("No connection. 4 changes wait on this device.")
    expect(cell(page, "Advertise online", "title")).to_contain_text("not saved yet Delete")
    bar(page).locator("summary").click()
    expect(bar(page).locator("li")).to_contain_text(
        ["Call", "Call", "Exhibit in LyonDuplicate", "Advertise onlineDelete"]
    )
    assert by_place() == TITLES

    one.context.set_offline(False)

    expect(bar(page)).to_be_hidden(timeout=AGAIN)
    after = ["Call lost accounts", "Exhibit in Lyon", "Exhibit in Lyon"]
    expect(page.locator("tr[id^=action-] [data-f=title] a")).to_have_text(after)
    expect(page.locator(".unsaved-mark")).to_have_count(0)
    assert by_place() == after
    page.locator("#toasts [data-undo] button").last.click()
    expect(page.locator("tr[id^=action-] [data-f=title] a")).to_have_count(4)


@pytest.mark.parametrize(
    ("deed", "after"), [("Duplicate", [*TITLES[:2], "Exhibit in Lyon", TITLES[2]]), ("Delete", TITLES[::2])]
)
@pytest.mark.parametrize("by", ["menu", "bar"])
def test_a_deed_whose_answer_got_lost_is_done_once(lonely, mark, table, by, deed, after):
    one = lonely(mark)
    page = one.open(table)
    answers = []

    def lose_the_first_answer(route):
        if route.request.method == "POST" and not answers:
            answers.append(route.fetch().status)
            return route.abort()
        return route.continue_()

    one.context.route("**/actions/**", lose_the_first_answer)
    if by == "menu":
        choose_deed(page, "Exhibit in Lyon", deed)
    else:
        select(page, "Exhibit in Lyon")
        page.locator("#bulk").get_by_role("button", name=deed).click()
    expect(bar(page)).to_be_visible()
    assert answers == [200]

    expect(bar(page)).to_be_hidden(timeout=AGAIN)

    expect(page.locator("tr[id^=action-] [data-f=title] a")).to_have_text(after)
    assert by_place() == after


def test_what_several_rows_are_given_without_a_connection_waits_and_survives_a_reload(lonely, mark, table):
    one = lonely(mark)
    page = one.open(table)
    select(page, "Advertise online", "Exhibit in Lyon")
    one.context.route("**/*", lambda route: route.abort() if route.request.method == "POST" else route.continue_())

    menu = page.locator("#bulk details")
    for name, choice in [("Status", "Blocked"), ("Kind", "Digital"), ("Priority", "High")]:
        menu.filter(has=page.locator("summary", has_text=name)).locator("summary").click()
        page.locator("#bulk").get_by_role("button", name=choice, exact=True).click()
    menu.filter(has=page.locator("summary", has_text="Deadline")).locator("summary").click()
    page.locator("#bulk_shift").fill("1")
    page.keyboard.press("Enter")
    menu.filter(has=page.locator("summary", has_text="Effort")).locator("summary").click()
    page.locator("#bulk_effort").fill("7.5")
    page.keyboard.press("Enter")
    expect(bar(page).get_by_role("status")).to_have_text("No connection. 5 changes wait on this device.")
    page.reload()
    expect(cell(page, "Exhibit in Lyon", "title")).to_contain_text("not saved yet Status: Blocked")
    expect(cell(page, "Call lost accounts", "title").locator(".unsaved-mark")).to_have_count(0)
    bar(page).locator("summary").click()
    wanted = [
        "Status: Blocked",
        "Kind: Digital",
        "Priority: High",
        "Move the deadline by working days: 1",
        "Effort: 7.5",
    ]
    expect(bar(page).locator("li span:first-of-type")).to_have_text(wanted)
    assert one.barriers == []

    one.context.unroute("**/*")
    bar(page).get_by_role("button", name="Try again").click()

    expect(bar(page)).to_be_hidden(timeout=AGAIN)
    for action in Action.objects.exclude(title="Call lost accounts"):
        assert (action.status, action.kind, action.deadline) == ("blocked", "digital", dt.date(2026, 10, 1))
        assert (action.effort, action.get_priority_display(), action.history.count()) == (7.5, "High", 6)
    assert Action.objects.get(title="Call lost accounts").history.count() == 1


def test_what_cannot_be_done_to_several_rows_any_more_is_shown_with_what_was_wanted(lonely, mark, table):
    one = lonely(mark)
    page = one.open(table)
    select(page, "Advertise online", "Exhibit in Lyon")
    one.context.set_offline(True)
    page.locator("#bulk summary", has_text="Status").click()
    page.locator("#bulk").get_by_role("button", name="Blocked").click()
    expect(bar(page)).to_be_visible()
    Action.objects.get(title="Exhibit in Lyon").delete()

    one.context.set_offline(False)

    line = bar(page).locator("li")
    expect(line).to_contain_text("Advertise online, Exhibit in LyonStatus: Blocked", timeout=AGAIN)
    expect(line).to_contain_text("Deleted meanwhile: “Exhibit in Lyon”.")
    assert Action.objects.get(title="Advertise online").status == "not_started"
    line.get_by_role("button", name="Discard").click()
    expect(bar(page)).to_be_hidden()
    expect(page.locator(".unsaved-mark")).to_have_count(0)


TWICE = """([url, values]) => Promise.all([1, 2].map(async () => {
  const headers = {"HX-Request": "true", "X-CSRFToken": document.cookie.match(/csrftoken=([^;]+)/)[1]};
  headers["Idempotency-Key"] = values.uid;
  return (await fetch(url, {method: "POST", headers, body: new URLSearchParams(values)})).status;
}))"""


@pytest.mark.parametrize(("deed", "count"), [("duplicate", 4), ("delete", 2)])
@pytest.mark.parametrize("together", [False, True])
def test_the_same_deed_sent_twice_at_once_is_done_once(lonely, mark, plan, table, together, deed, count):
    page = lonely(mark).open(table)
    action = Action.objects.get(title="Exhibit in Lyon")
    values = {"uid": "0d8a9f6e-8f0f-4f0e-9a59-6d40a1a7a9f1", "ids": str(action.pk), "deed": deed}
    several = reverse("plans:actions_change", args=[plan.pk])

    answers = page.evaluate(TWICE, [several if together else reverse(f"plans:action_{deed}", args=[action.pk]), values])

    assert sorted(answers) == ([200, 200] if together else [200, 204])
    assert Action.objects.count() == count
