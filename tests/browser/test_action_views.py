"""The same actions as table, board, timeline and calendar: moved by mouse and by key, and kept under a name."""

import datetime as dt
import re

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from plans.models import Action, SavedView
from tests.factories import ActionFactory, KpiFactory, ObjectiveFactory, PlanFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def plan(workspace):
    year = timezone.localdate().year
    return PlanFactory(workspace=workspace, starts_on=dt.date(year, 1, 1), ends_on=dt.date(year, 12, 31))


@pytest.fixture
def campaign(plan):
    objective = ObjectiveFactory(plan=plan, title="Increase sales")
    KpiFactory(plan=plan, objective=objective)
    first = timezone.localdate().replace(month=3, day=2)
    ActionFactory(objective=objective, title="Call lost accounts", status="blocked", deadline=first)
    return ActionFactory(
        objective=objective, title="Launch a campaign", starts_on=first, deadline=first + dt.timedelta(days=30)
    )


def address(plan, query=""):
    return reverse("plans:actions", args=[plan.pk]) + query


def test_switching_the_view_keeps_what_was_searched(window, mark, plan, campaign):
    page = window(mark).open(address(plan))

    page.get_by_role("searchbox").fill("campaign")
    expect(page.get_by_text("1 of 1 action")).to_be_visible()
    for view in ("Board", "Timeline", "My work", "Calendar", "Table"):
        page.get_by_role("navigation", name="View", exact=True).get_by_role("link", name=view).click()
        expect(page).to_have_url(re.compile(r"q=campaign"))
        expect(page.get_by_role("link", name=view, exact=True)).to_have_attribute("aria-current", "page")
        expect(page.get_by_text("Call lost accounts")).to_have_count(0)


def test_a_card_is_moved_by_key_by_mouse_and_by_its_button(window, mark, plan, campaign):
    page = window(mark).open(address(plan, "?view=board"))
    card = page.locator(f"#action-{campaign.pk}")
    column = {value: page.locator(f"[data-column={value}]") for value in ("in_progress", "at_risk", "done")}

    card.get_by_role("link", name="Launch a campaign", exact=True).focus()
    page.keyboard.press("Shift+ArrowRight")
    expect(column["in_progress"].locator(".ac")).to_have_id(f"action-{campaign.pk}")
    expect(card.get_by_role("link", name="Launch a campaign", exact=True)).to_be_focused()
    expect(column["in_progress"].locator("[data-count]")).to_have_text("1")
    expect(page.locator("#say")).to_have_text("Moved to In progress")

    card.locator(".ac-m").drag_to(column["at_risk"].locator(".kb-l"))
    expect(card).to_have_attribute("data-in", "at_risk")
    expect(column["at_risk"].locator("[data-count]")).to_have_text("1")

    card.get_by_role("link", name="Move “Launch a campaign”").click()
    page.get_by_role("dialog").get_by_role("button", name="Done").click()
    expect(column["done"].locator(".ac")).to_have_id(f"action-{campaign.pk}")

    campaign.refresh_from_db()
    assert (campaign.status, campaign.history.first().history_user) == ("done", mark)


def test_arrows_go_from_card_to_card(window, mark, plan, campaign):
    page = window(mark).open(address(plan, "?view=board"))

    page.get_by_role("link", name="Launch a campaign", exact=True).focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("link", name="Call lost accounts", exact=True)).to_be_focused()
    page.keyboard.press("ArrowLeft")
    expect(page.get_by_role("link", name="Launch a campaign", exact=True)).to_be_focused()


def test_a_card_somebody_else_has_moved_shows_both_and_goes_back_until_one_chooses(window, mark, plan, campaign, alice):
    page = window(mark).open(address(plan, "?view=board"))
    card = page.locator(f"#action-{campaign.pk}")
    theirs = Action.objects.get(pk=campaign.pk)
    theirs.status, theirs._history_user = "at_risk", alice
    theirs.save()

    card.get_by_role("link", name="Launch a campaign", exact=True).focus()
    page.keyboard.press("Shift+ArrowRight")
    expect(card.get_by_role("alert")).to_contain_text("Alice Martin set “Status” to At risk")
    expect(page.locator("[data-column=at_risk] .ac")).to_have_id(f"action-{campaign.pk}")
    card.get_by_role("button", name="Keep mine").click()
    expect(page.locator("[data-column=in_progress] .ac")).to_have_id(f"action-{campaign.pk}")

    campaign.refresh_from_db()
    assert campaign.status == "in_progress"


def test_a_bar_is_moved_by_key_as_a_whole_and_by_one_end(window, mark, plan, campaign):
    page = window(mark).open(address(plan, "?view=timeline"))
    bar = page.get_by_role("slider", name="Launch a campaign")
    start, deadline = campaign.starts_on, campaign.deadline

    bar.focus()
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("ArrowLeft")
    expect(page.locator("#say")).to_have_text(re.compile(rf"^8 March {start.year} to 7 April {start.year}$"))
    page.keyboard.press("Escape")
    expect(page.locator("#say")).to_have_text("given up, the dates are as they were")
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Space")
    page.keyboard.press("Space")
    expect(page.locator("#say")).to_have_text("the deadline moves")
    page.keyboard.press("ArrowRight")
    with page.expect_response(re.compile("/bar/")):
        page.keyboard.press("Enter")
    expect(bar).to_be_focused()

    campaign.refresh_from_db()
    week, day = dt.timedelta(weeks=1), dt.timedelta(days=1)
    assert (campaign.starts_on, campaign.deadline) == (start + week, deadline + week + day)
    assert campaign.history.count() == 2


def test_a_bar_is_dragged_and_so_is_its_end(window, mark, plan, campaign):
    page = window(mark).open(address(plan, "?view=timeline&zoom=quarter&from=" + f"{campaign.starts_on:%Y}-02"))
    start, deadline = campaign.starts_on, campaign.deadline
    days = (deadline - start).days

    def drag(part, by):
        box = page.locator(f"#action-{campaign.pk} {part}").bounding_box()
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        page.mouse.move(x, y)
        page.mouse.down()
        page.mouse.move(x + by / 2, y)
        page.mouse.move(x + by, y)
        with page.expect_response(re.compile("/bar/")):
            page.mouse.up()
        campaign.refresh_from_db()

    drag("rect.tl-b", 100)
    moved = (campaign.starts_on - start).days
    assert moved > 3
    assert (campaign.deadline - campaign.starts_on).days == days
    drag("[data-end=end] .tl-end", -80)

    assert (campaign.starts_on - start).days == moved
    assert campaign.deadline < deadline + dt.timedelta(days=moved)


def test_a_view_is_saved_and_opens_first_until_one_leaves_it(window, mark, plan, campaign):
    page = window(mark).open(address(plan, "?view=board&status=blocked"))

    page.get_by_role("link", name="Save view").click()
    page.get_by_label("Name").fill("What is stuck")
    page.get_by_label("Open the actions of this plan with it").check()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/actions/\?view=board"))
    page.goto(page.url.partition("?")[0])
    expect(page).to_have_url(re.compile(r"\?view=board&by=status&status=blocked$"))
    expect(page.get_by_role("link", name="What is stuck")).to_have_attribute("aria-current", "page")
    expect(page.get_by_text("Launch a campaign")).to_have_count(0)
    page.get_by_role("link", name="All actions").click()
    expect(page.get_by_text("Launch a campaign")).to_be_visible()

    assert SavedView.objects.get().owner == mark


def test_a_reader_sees_every_view_without_its_handles(window, bob, plan, campaign):
    reader = window(bob)

    for view in ("board", "timeline", "calendar", "mine"):
        page = reader.open(address(plan, f"?view={view}"))
        assert (
            page.locator("[role=slider], .ac-mv, [data-board], [data-timeline], form[method=post]:visible").count() == 0
        )
        assert page.locator("script[src*=board], script[src*=timeline], script[src*=grid]").count() == 0


def test_without_javascript_a_card_has_a_page_to_move_it(window, mark, plan, campaign):
    page = window(mark, scripts=False).open(address(plan, "?view=board"))

    page.get_by_role("link", name="Move “Launch a campaign”").click()
    page.get_by_role("button", name="Blocked").click()

    campaign.refresh_from_db()
    assert campaign.status == "blocked"
    expect(page).to_have_url(re.compile(rf"view=board&by=status#action-{campaign.pk}$"))


@pytest.mark.parametrize("options", [{}, {"dark": True}, {"phone": True}], ids=["light", "dark", "phone"])
def test_no_view_has_a_barrier_or_is_wider_than_its_window(window, mark, plan, campaign, options):
    manager = window(mark, **options)
    ActionFactory(objective=campaign.objective, title="Late", deadline=timezone.localdate() - dt.timedelta(days=3))
    ActionFactory(objective=campaign.objective, title="Without a date", person=mark)
    faults = []

    queries = ("?view=board", "?view=board&by=who", "?view=timeline&zoom=month", "?view=timeline", "?view=calendar")
    for query in (*queries, "?view=mine"):
        manager.open(address(plan, query))
        faults += [f"{query}: {barrier}" for barrier in manager.barriers]
        faults += [f"{query}: {manager.sideways} px too wide"] if manager.sideways > 1 else []

    assert faults == []


def test_what_could_not_be_saved_goes_back_and_is_tried_again(window, mark, plan, campaign):
    manager = window(mark)
    page = manager.open(address(plan, "?view=timeline"))
    bar = page.get_by_role("slider", name="Launch a campaign")
    before = bar.locator("rect.tl-b").get_attribute("x")
    page.route("**/bar/", lambda route: route.fulfill(status=500))

    bar.focus()
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Try again").wait_for()
    expect(bar.locator("rect.tl-b")).to_have_attribute("x", before)
    page.unroute("**/bar/")
    page.get_by_role("button", name="Try again").click()
    expect(bar.locator("rect.tl-b")).not_to_have_attribute("x", before)

    campaign.refresh_from_db()
    assert campaign.starts_on == timezone.localdate().replace(month=3, day=9)
    manager.faults = [fault for fault in manager.faults if "500" not in fault]


def test_a_card_that_could_not_be_moved_goes_back_and_is_tried_again(window, mark, plan, campaign):
    manager = window(mark)
    page = manager.open(address(plan, "?view=board"))
    page.route("**/card/**", lambda route: route.fulfill(status=500))

    page.get_by_role("link", name="Launch a campaign", exact=True).locator("..").locator(".ac-m").drag_to(
        page.locator("[data-column=done] .kb-l")
    )
    page.get_by_role("button", name="Try again").wait_for()
    expect(page.locator("[data-column=not_started] .ac")).to_have_id(f"action-{campaign.pk}")
    page.unroute("**/card/**")
    page.get_by_role("button", name="Try again").click()
    expect(page.locator("[data-column=done] .ac")).to_have_id(f"action-{campaign.pk}")

    campaign.refresh_from_db()
    assert campaign.status == "done"
    manager.faults = [fault for fault in manager.faults if "500" not in fault]


def test_arrows_on_the_timeline_lead_from_what_is_waited_for(window, mark, plan, campaign):
    awaited = ActionFactory(
        objective=campaign.objective,
        title="Hire an agency",
        starts_on=campaign.starts_on - dt.timedelta(days=40),
        deadline=campaign.starts_on - dt.timedelta(days=20),
    )
    campaign.waits_for.add(awaited)
    page = window(mark).open(address(plan, "?view=timeline"))
    arrow = page.locator(".tl-arrows path")
    expect(arrow).to_have_count(1)
    expect(arrow).not_to_have_class(re.compile("early"))
    expect(page.get_by_text("is waited for")).to_be_visible()

    bar = page.get_by_role("slider", name="Launch a campaign")
    bar.focus()
    expect(arrow).to_have_class(re.compile(r"\bon\b"))
    for _day in range(5):
        page.keyboard.press("Shift+ArrowLeft")

    expect(arrow).to_have_class(re.compile("early"))


@pytest.mark.parametrize("view", ["board", "timeline", "calendar", "mine"])
def test_j_and_k_go_through_every_view_and_e_edits_and_comes_back(window, mark, plan, campaign, view):
    """The form is a page of its own here: saving leads back to the view, and to the row."""
    Action.objects.update(person=mark.pk)
    query = f"?view={view}" + (f"&month={campaign.deadline:%Y-%m}" if view == "calendar" else "")
    page = window(mark).open(address(plan, query))
    link = page.locator(f"#action-{campaign.pk}").get_by_role("link", name="Launch a campaign").first

    for _row in range(9):
        page.keyboard.press("j")  # to the last row
    for _row in range(9):
        if link.evaluate("link => link === document.activeElement"):
            break
        page.keyboard.press("k")
    expect(link).to_be_focused()

    page.keyboard.press("e")
    page.get_by_role("textbox", name="Action").fill("Launch two campaigns")
    page.get_by_role("button", name="Save", exact=True).click()

    expect(page).to_have_url(re.compile(re.escape(query)))
    expect(page.locator(f"#action-{campaign.pk}")).to_contain_text("Launch two campaigns")


def middle(box):
    return box["y"] + box["height"] / 2


def test_what_is_said_of_a_bar_stands_beside_it(window, mark, plan, campaign):
    page = window(mark).open(address(plan, "?view=timeline"))
    bar = page.locator(f"#action-{campaign.pk} .tl-b")
    label = page.locator(f"#action-{campaign.pk} .tl-lb")

    expect(label).to_contain_text("late")
    assert abs(middle(label.bounding_box()) - middle(bar.bounding_box())) < 4


def test_on_a_phone_one_sees_which_view_it_is_and_all_that_filters(window, mark, plan, campaign):
    campaign.objective.title = "Increase sales to mid-size firms in all the markets we serve"
    campaign.objective.save()
    mine = window(mark, phone=True)
    page = mine.open(address(plan, f"?view=workload&objective={campaign.objective_id}"))

    here = page.get_by_role("navigation", name="View", exact=True).get_by_role("link", name="Workload").bounding_box()
    assert here["x"] + here["width"] <= 390
    assert mine.sideways == 0


def test_every_filter_has_a_field_with_an_edge(window, mark, plan, campaign):
    page = window(mark).open(address(plan, "?filters=1"))
    page.locator(".ffield .ts-wrapper").first.wait_for()

    edges = page.locator(".ffield").evaluate_all(
        "all => all.map(one => one.querySelector('.ts-wrapper') ?? one.querySelector('input, select'))"
        ".map(field => getComputedStyle(field).borderTopWidth)"
    )
    assert set(edges) == {"1px"}
