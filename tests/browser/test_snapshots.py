"""A plan over time: kept, compared and replayed."""

import datetime as dt

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from plans.models import Plan
from tests.factories import ActionFactory, BudgetLineFactory, KpiFactory, ReadingFactory

pytestmark = pytest.mark.django_db(transaction=True)

MADE = dt.datetime(2026, 1, 5, 9, tzinfo=dt.UTC)
FINISHED = dt.datetime(2026, 1, 14, 9, tzinfo=dt.UTC)


@pytest.fixture
def action(plan):
    """Planned in the second week of the year, finished in the third."""
    kpi = KpiFactory(plan=plan, name="Qualified leads", on_dashboard=True)
    ReadingFactory(kpi=kpi)
    line = BudgetLineFactory(plan=plan)
    action = ActionFactory(objective__plan=plan, title="Exhibit in Lyon")
    Plan.history.filter(id=plan.pk).update(history_date=MADE)
    for row in (kpi, line, action, action.objective):
        row.history.update(history_date=MADE)
    action.status, action.done_on, action._history_date = "done", FINISHED.date(), FINISHED
    action.save()
    return action


def replay(plan, week) -> str:
    return f"{reverse('kpis:plan_replay', args=[plan.pk])}?week={week}"


def test_a_snapshot_is_taken_and_compared_with_what_came_of_it(window, mark, plan, action):
    page = window(mark).open(reverse("kpis:snapshots", args=[plan.pk]))
    page.get_by_label("name").fill("Before the negotiations")
    page.get_by_role("button", name="Take a snapshot").click()
    expect(page.get_by_role("link", name="Before the negotiations")).to_be_visible()
    action.title = "Exhibit in Hannover"
    action.save()

    page.get_by_role("link", name="Compare with now").click()

    row = page.get_by_role("row", name="Exhibit in Hannover")
    expect(row.locator("del")).to_have_text("before: Exhibit in Lyon")
    expect(row.locator("ins")).to_have_text("now: Exhibit in Hannover")


def test_another_day_is_chosen_and_the_address_keeps_it(window, mark, plan, action):
    page = window(mark).open(reverse("kpis:plan_compare", args=[plan.pk]))
    page.get_by_label("From", exact=True).select_option("day")
    page.get_by_label("From: the day").fill("2026-01-06")
    page.get_by_role("button", name="Compare", exact=True).click()

    expect(page.get_by_text("1 action was finished.")).to_be_visible()
    assert page.url.endswith("?from=2026-01-06&to=now")


def test_the_weeks_are_replayed_with_the_keyboard_and_going_back_asks_nothing(window, mark, plan, action):
    page = window(mark).open(replay(plan, "2026-W02"))
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "week=" in request.url else None)
    week = page.locator("#replay-week")
    expect(week).to_contain_text("Not started")

    page.get_by_role("slider", name="Week").focus()
    page.keyboard.press("ArrowRight")
    expect(week).to_contain_text("1 action was finished.")
    expect(page.get_by_role("slider", name="Week")).to_have_attribute("aria-valuetext", "week 3, 12 Jan – 18 Jan")
    page.keyboard.press("ArrowLeft")
    expect(week).not_to_contain_text("1 action was finished.")

    assert [url.split("?")[1] for url in asked] == ["week=2026-W03"]
    page.wait_for_url("**week=2026-W02")


def test_play_goes_on_by_itself_until_it_is_paused(window, mark, plan, action):
    page = window(mark).open(replay(plan, "2026-W02"))

    page.get_by_role("button", name="Play").click()
    page.wait_for_url("**week=2026-W04")
    page.get_by_role("button", name="Pause").click()

    expect(page.get_by_role("button", name="Play")).to_have_attribute("aria-pressed", "false")


def test_who_wants_less_motion_is_not_offered_play(window, mark, plan, action):
    his = window(mark)
    his.page.emulate_media(reduced_motion="reduce")

    page = his.open(replay(plan, "2026-W02"))

    expect(page.get_by_role("slider", name="Week")).to_be_visible()
    expect(page.get_by_role("button", name="Play")).to_be_hidden()


def test_without_a_script_a_week_is_chosen_in_the_list(window, mark, plan, action):
    page = window(mark, scripts=False).open(replay(plan, "2026-W02"))

    page.get_by_role("combobox", name="Week").select_option("2026-W03")
    page.get_by_role("button", name="Show").click()

    expect(page.locator("#replay-week")).to_contain_text("1 action was finished.")


@pytest.mark.parametrize("look", [{}, {"dark": True}, {"phone": True}], ids=["light", "dark", "phone"])
def test_the_pages_have_no_barriers_and_fit(window, alice, plan, action, look):
    her = window(alice, **look)
    compare = reverse("kpis:plan_compare", args=[plan.pk], query={"from": "2026-01-06", "to": "now", "rows": "all"})
    for path in (compare, replay(plan, "2026-W03"), reverse("kpis:snapshots", args=[plan.pk])):
        her.open(path)

        assert (her.barriers, her.sideways) == ([], 0), path
