"""Everybody arranges the overview for herself, and a director for everybody."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from kpis.dashboard.arrangement import NATURAL
from kpis.dashboard.services import arrange_for_all
from kpis.sharing.models import digest_of
from plans.items.services import duplicate_plan
from plans.models import Plan, Visit
from salesplan.lib.memory import memory
from tests.factories import (
    ActionFactory,
    BudgetEntryFactory,
    BudgetLineFactory,
    KpiFactory,
    ObjectiveFactory,
    ReadingFactory,
    SharedLinkFactory,
)

OWN = "This is your own arrangement."
FOR_ALL = "This is how the overview is arranged for everybody."


@pytest.fixture
def full_plan(plan, alice):
    objective = ObjectiveFactory(plan=plan, title="Win accounts", owner=alice)
    ReadingFactory(kpi=KpiFactory(plan=plan, objective=objective, name="Revenue"))
    ActionFactory(objective=objective)
    BudgetEntryFactory(line=BudgetLineFactory(plan=plan, name="Fairs"))
    return plan


def arrange_page(plan):
    return reverse("kpis:overview_arrange", args=[plan.pk])


def form(arrangement=NATURAL, **others):
    return {"shown": list(arrangement.shown), "hidden": list(arrangement.hidden), "before": "", **others}


def send(client, plan, deed, arrangement=NATURAL, **others):
    return client.post(arrange_page(plan), form(arrangement, do=deed, **others))


def overview(client, plan, **query):
    return client.get(reverse("kpis:dashboard", args=[plan.pk], query=query))


def charts(text):
    return re.findall(r'data-chart="([\w-]+)"', text)


def order_in(page):
    """The names of the panels in the form."""
    return re.findall(r'name="shown" value="(\w+)"', page.text)


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


def test_the_form_shows_all_panels_in_their_order_and_says_nobody_arranged_them(as_bob, plan):
    page = as_bob.get(arrange_page(plan))

    assert order_in(page) == list(NATURAL.shown)
    assert "Nobody has arranged this plan’s overview yet." in page.text


def test_a_panel_is_moved_by_its_button_and_nothing_is_kept_yet(as_bob, plan, bob):
    page = send(as_bob, plan, "earlier:run")

    assert order_in(page)[:2] == ["run", "figures"]
    assert "The run of the first KPI is number 1 of 9" in page.text
    assert not Visit.objects.filter(plan=plan, user=bob).exclude(overview="").exists()


def test_a_panel_that_was_dragged_says_where_it_came_to_stand(as_bob, plan, htmx):
    moved = NATURAL.moved("weeks", "earlier")

    page = as_bob.post(arrange_page(plan), form(moved, do="moved:weeks"), headers=htmx("arranging"))

    assert "<html" not in page.text
    assert "Actions by status and week is number 8 of 9" in page.text


def test_a_hidden_panel_waits_among_the_hidden_and_is_shown_again(as_bob, plan):
    page = send(as_bob, plan, "hide:run")
    assert "run" not in order_in(page)
    assert 'name="hidden" value="run"' in page.text
    assert "The run of the first KPI is hidden" in page.text

    assert order_in(send(as_bob, plan, "show:run", NATURAL.without("run"))) == list(NATURAL.shown)


def test_the_usual_order_is_put_back_at_once(as_bob, plan):
    page = send(as_bob, plan, "natural", NATURAL.without("run").moved("weeks", "up"))

    assert order_in(page) == list(NATURAL.shown)
    assert "All panels stand in their usual order" in page.text


def test_all_panels_may_be_hidden(as_bob, full_plan):
    page = send(as_bob, full_plan, "hide:weeks", _only("weeks"))
    assert "Every panel is hidden" in page.text

    send(as_bob, full_plan, "save", _only("weeks").without("weeks"))
    text = overview(as_bob, full_plan).text
    assert charts(text) == []
    assert "9 panels are hidden." in text
    assert 'class="lede"' in text


def _only(*names):
    arrangement = NATURAL
    for name in NATURAL.shown:
        arrangement = arrangement if name in names else arrangement.without(name)
    return arrangement


@pytest.mark.parametrize("do", ["", "fly", "earlier:nothing", "hide:", "show:<b>", "moved"])
def test_what_the_form_never_sends_changes_nothing(as_bob, plan, do):
    page = send(as_bob, plan, do)

    assert (page.status_code, order_in(page)) == (200, list(NATURAL.shown))


def test_one_sees_the_overview_as_one_has_arranged_it(as_bob, full_plan):
    assert OWN not in overview(as_bob, full_plan).text

    answer = send(as_bob, full_plan, "save", NATURAL.moved("weeks", "up").moved("weeks", "up").without("pace"))

    assert answer.url == full_plan.get_absolute_url()
    text = overview(as_bob, full_plan).text
    shown = charts(text)
    assert shown.index("actions-by-week") < shown.index("budget-by-category")
    assert "kpi-attainment" not in shown
    assert OWN in text
    assert "One panel is hidden." in text


def test_saving_twice_comes_to_the_same(as_bob, full_plan, bob):
    for _again in range(2):
        send(as_bob, full_plan, "save", NATURAL.without("pace"))

    assert Visit.objects.get(plan=full_plan, user=bob).overview == str(NATURAL.without("pace"))


def test_nobody_else_sees_what_one_arranged_for_oneself(as_bob, full_plan, mia):
    send(as_bob, full_plan, "save", NATURAL.without("pace"))

    assert "kpi-attainment" in charts(overview(signed_in(mia), full_plan).text)


def test_arranging_for_oneself_is_no_change_of_the_plan(as_bob, full_plan):
    before = Plan.objects.values("version", "changed_at", "overview").get(pk=full_plan.pk)

    send(as_bob, full_plan, "save", NATURAL.without("pace"))

    assert Plan.objects.values("version", "changed_at", "overview").get(pk=full_plan.pk) == before


def test_it_tells_nothing_about_what_one_has_seen(as_bob, full_plan, bob):
    visit = Visit.objects.create(plan=full_plan, user=bob)

    send(as_bob, full_plan, "save", NATURAL.without("pace"))

    kept = Visit.objects.get(pk=visit.pk)
    assert (kept.seen_at, kept.since) == (visit.seen_at, visit.since)


def test_a_director_arranges_it_for_everybody(as_alice, full_plan, mia):
    send(as_alice, full_plan, "save-all", NATURAL.without("pace"))

    text = overview(signed_in(mia), full_plan).text
    assert "kpi-attainment" not in charts(text)
    assert FOR_ALL in text


def test_what_is_arranged_for_everybody_is_recorded_and_ticks_the_clock(as_alice, full_plan, alice):
    before = Plan.objects.get(pk=full_plan.pk)

    send(as_alice, full_plan, "save-all", NATURAL.without("pace"))

    after = Plan.objects.get(pk=full_plan.pk)
    assert after.changed_at > before.changed_at
    assert after.version == before.version + 1
    record = after.history.first()
    assert (record.overview, record.history_user) == (str(NATURAL.without("pace")), alice)


def test_sent_again_it_is_recorded_once(as_alice, full_plan):
    send(as_alice, full_plan, "save-all", NATURAL.without("pace"))
    records = full_plan.history.count()

    assert send(as_alice, full_plan, "save-all", NATURAL.without("pace")).status_code == 302

    assert full_plan.history.count() == records


def test_who_arranged_it_for_herself_keeps_that(as_alice, full_plan, mia):
    hers = signed_in(mia)
    send(hers, full_plan, "save", NATURAL.without("weeks"))

    send(as_alice, full_plan, "save-all", NATURAL.without("pace"))

    text = overview(hers, full_plan).text
    assert "kpi-attainment" in charts(text)
    assert "actions-by-week" not in charts(text)


def test_one_gives_up_ones_own_for_that_of_everybody(as_alice, full_plan, mia):
    send(as_alice, full_plan, "save-all", NATURAL.without("pace"))
    hers = signed_in(mia)
    assert "Give up my own arrangement" not in hers.get(arrange_page(full_plan)).text
    send(hers, full_plan, "save", NATURAL.without("weeks"))
    assert "Give up my own arrangement" in hers.get(arrange_page(full_plan)).text

    send(hers, full_plan, "follow")

    assert FOR_ALL in overview(hers, full_plan).text


def test_who_arranges_it_as_everybody_has_it_follows_everybody(as_alice, full_plan, mia):
    hers = signed_in(mia)
    send(hers, full_plan, "save", NATURAL)

    send(as_alice, full_plan, "save-all", NATURAL.without("pace"))

    assert FOR_ALL in overview(hers, full_plan).text


def test_the_usual_order_is_ones_own_where_everybody_has_another(as_alice, full_plan, mia):
    send(as_alice, full_plan, "save-all", NATURAL.without("pace"))
    hers = signed_in(mia)

    send(hers, full_plan, "save", NATURAL)

    text = overview(hers, full_plan).text
    assert OWN in text
    assert "kpi-attainment" in charts(text)


@pytest.mark.parametrize("name", ["as_mark", "as_mia", "as_bob"])
def test_who_does_not_steer_arranges_it_for_nobody_else(request, full_plan, name):
    client = request.getfixturevalue(name)

    assert "Save for everybody" not in client.get(arrange_page(full_plan)).text
    assert send(client, full_plan, "save-all", NATURAL.without("pace")).status_code == 403
    assert Plan.objects.get(pk=full_plan.pk).overview == ""


def test_a_closed_plan_is_arranged_for_oneself_only(as_alice, full_plan):
    Plan.objects.filter(pk=full_plan.pk).update(status=Plan.Status.CLOSED)

    assert "Save for everybody" not in as_alice.get(arrange_page(full_plan)).text
    assert send(as_alice, full_plan, "save-all", NATURAL.without("pace")).status_code == 403
    send(as_alice, full_plan, "save", NATURAL.without("pace"))
    assert OWN in overview(as_alice, full_plan).text


def test_who_comes_second_is_told_and_keeps_what_she_arranged(as_alice, full_plan, alice):
    arrange_for_all(full_plan, alice, NATURAL.without("weeks"), before="")

    moved = send(as_alice, full_plan, "hide:pace")
    page = send(as_alice, full_plan, "save-all", NATURAL.without("pace"), before=_before_in(moved))

    assert page.status_code == 409
    assert "Somebody else has arranged it for everybody since you opened this page." in page.text
    assert "pace" not in order_in(page)
    assert Plan.objects.get(pk=full_plan.pk).overview == str(NATURAL.without("weeks"))

    again = send(as_alice, full_plan, "save-all", NATURAL.without("pace"), before=_before_in(page))
    assert again.status_code == 302
    assert Plan.objects.get(pk=full_plan.pk).overview == str(NATURAL.without("pace"))


def _before_in(page):
    return re.search(r'name="before" value="([\w -]*)"', page.text)[1]


def test_full_screen_shows_what_is_arranged_for_everybody(as_alice, full_plan):
    send(as_alice, full_plan, "save-all", NATURAL.without("weeks"))
    send(as_alice, full_plan, "save", NATURAL.without("pace"))

    shown = charts(overview(as_alice, full_plan, screen=1).text)

    assert "kpi-attainment" in shown
    assert "actions-by-week" not in shown


def test_a_screen_follows_what_is_arranged_for_everybody(as_alice, full_plan):
    mark = re.search(r'data-mark="(\w+)"', overview(as_alice, full_plan, screen=1).text)[1]

    send(as_alice, full_plan, "save-all", NATURAL.without("weeks"))

    news = as_alice.get(reverse("kpis:dashboard_live", args=[full_plan.pk], query={"since": mark}))
    assert charts(news.text)
    assert "actions-by-week" not in charts(news.text)


def test_plots_are_drawn_of_what_one_sees_or_the_screen_shows(as_alice, full_plan, mia):
    send(as_alice, full_plan, "save-all", NATURAL.without("weeks").without("categories"))
    hers = signed_in(mia)
    send(hers, full_plan, "save", NATURAL.without("pace").without("categories"))

    plots = reverse("kpis:dashboard_plots", args=[full_plan.pk])
    mine = {"objective-progress", "kpi-attainment", "budget-waterfall"}
    assert mine <= as_alice.get(plots).json().keys()
    assert {"actions-by-week", "budget-by-category"}.isdisjoint(as_alice.get(plots).json())
    assert mine | {"actions-by-week"} <= hers.get(plots).json().keys()
    assert "budget-by-category" not in hers.get(plots).json()


def test_people_outside_get_nothing_of_what_is_hidden_for_everybody(as_alice, full_plan, alice):
    SharedLinkFactory(plan=full_plan, made_by=alice, digest=digest_of("token"))
    outside, plots = Client(), reverse("kpis:shared_plots", args=["token"])
    page = reverse("kpis:shared", args=["token"])
    assert "budget-by-category" in charts(outside.get(page).text)
    assert "budget-by-category" in outside.get(plots).json()

    send(as_alice, full_plan, "save-all", NATURAL.without("categories"))
    send(as_alice, full_plan, "save", NATURAL.without("pace"))

    assert "budget-by-category" not in charts(outside.get(page).text)
    assert "kpi-attainment" in charts(outside.get(page).text)
    assert "budget-by-category" not in outside.get(plots).json()
    assert outside.get(plots, {"table": "budget-by-category"}).status_code == 404
    assert outside.get(plots, {"table": "kpi-attainment"}).status_code == 200


def test_a_panel_nobody_sees_is_not_drawn(as_alice, full_plan):
    send(as_alice, full_plan, "save-all", NATURAL.without("weeks"))
    overview(as_alice, full_plan)
    assert "weeks" not in drawn_of(full_plan)

    send(as_alice, full_plan, "save", NATURAL)
    overview(as_alice, full_plan)
    assert "weeks" in drawn_of(full_plan)


def drawn_of(plan):
    _stamp, pieces = memory.get(f"overview-{plan.pk}-en")
    return pieces


def test_pieces_are_kept_for_whoever_arranges_them_otherwise(as_alice, full_plan, django_assert_num_queries):
    overview(as_alice, full_plan)
    send(as_alice, full_plan, "save", NATURAL.moved("weeks", "up").without("pace"))
    as_alice.get(arrange_page(full_plan))  # says that it is saved

    with django_assert_num_queries(4):  # session, user, plan, workspaces
        overview(as_alice, full_plan)


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_however_much_there_is(as_alice, plan, count, django_assert_num_queries):
    ObjectiveFactory.create_batch(count, plan=plan)
    KpiFactory.create_batch(count, plan=plan)

    # session, user, plan, workspaces, my week, completeness
    with django_assert_num_queries(6):
        as_alice.get(arrange_page(plan))


def test_a_plan_without_a_budget_says_so_once_over_the_whole_width(as_bob, plan):
    page = overview(as_bob, plan).text

    budget = reverse("plans:budget", args=[plan.pk])
    panel = next(part for part in page.split("<section class=") if f'href="{budget}">' in part and "pan g" in part)
    assert panel.startswith('"pan g12"')
    assert page.count('<section class="pan g') == 8


def test_a_copy_of_a_plan_is_arranged_as_the_plan(full_plan, alice):
    full_plan.overview = str(NATURAL.without("pace"))
    full_plan.save()

    copy = duplicate_plan(full_plan, name="Next year", starts_on=full_plan.starts_on, owner=alice)

    assert copy.overview == str(NATURAL.without("pace"))


def test_a_stranger_learns_nothing(client, carol, full_plan):
    client.force_login(carol)

    assert client.get(arrange_page(full_plan)).status_code == 404
    assert send(client, full_plan, "save").status_code == 404
