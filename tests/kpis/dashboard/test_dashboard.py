"""The overview of a plan, as each reader finds it."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from salesplan.lib.memory import memory
from tests.factories import (
    ActionFactory,
    BudgetEntryFactory,
    BudgetLineFactory,
    KpiFactory,
    ObjectiveFactory,
    ReadingFactory,
    SwotItemFactory,
)

TODAY = dt.date(2026, 8, 19)


@pytest.fixture(autouse=True)
def _wednesday_in_august(monkeypatch):
    memory.clear()
    monkeypatch.setattr(timezone, "localdate", lambda *args: TODAY)


def overview(client, plan):
    return client.get(reverse("kpis:dashboard", args=[plan.pk]))


def fill(plan, count, owner=None):
    """`count` of everything the page shows."""
    for number in range(count):
        objective = ObjectiveFactory(plan=plan, title=f"Objective {number}", owner=owner)
        kpi = KpiFactory(plan=plan, objective=objective, name=f"KPI {number}", owner=owner)
        for week in range(count):
            ReadingFactory(kpi=kpi, period=dt.date(2026, 8, 3) + dt.timedelta(weeks=week), value=2)
        ActionFactory(
            objective=objective, title=f"Action {number}", deadline=TODAY - dt.timedelta(days=1), person=owner
        )
        BudgetEntryFactory(line=BudgetLineFactory(plan=plan, name=f"Line {number}"))
        SwotItemFactory(plan=plan)


@pytest.mark.parametrize("count", [1, 100])
def test_it_costs_the_same_however_much_there_is(as_alice, plan, alice, count, django_assert_num_queries):
    fill(plan, count, alice)

    # session, user, plan, workspaces, my week, completeness; KPIs, readings, budget, objectives with actions,
    # SWOT points, history of actions
    with django_assert_num_queries(12):
        overview(as_alice, plan)


def test_the_second_visit_asks_for_the_frame_only(as_alice, plan, alice, django_assert_num_queries):
    fill(plan, 1, alice)
    first = overview(as_alice, plan)

    with django_assert_num_queries(4):  # session, user, plan, workspaces
        again = overview(as_alice, plan)

    assert again.context["body"] == first.context["body"]


def test_what_is_kept_goes_with_the_next_change(as_alice, plan):
    action = ActionFactory(objective__plan=plan, title="Call dormant accounts")
    overview(as_alice, plan)

    action.title = "Visit dormant accounts"
    action.save()

    assert "Visit dormant accounts" in overview(as_alice, plan).text


def test_what_is_kept_goes_when_somebody_is_renamed(as_alice, plan, mark):
    ObjectiveFactory(plan=plan, owner=mark)
    overview(as_alice, plan)

    mark.name = "Mark Weber-Nowak"
    mark.save()

    assert "Mark Weber-Nowak" in overview(as_alice, plan).text


def test_what_is_kept_is_kept_by_language(as_alice, plan, alice):
    ReadingFactory(kpi__plan=plan, value="2.5")
    assert "2.5<span" in overview(as_alice, plan).text

    alice.language = "pl"
    alice.save(update_fields=["language"])

    assert "2,5<span" in overview(as_alice, plan).text


@pytest.mark.parametrize("client_name", ["as_alice", "as_mark", "as_mia", "as_bob"])
def test_everybody_in_the_workspace_sees_it(request, plan, alice, client_name):
    fill(plan, 1, alice)

    response = overview(request.getfixturevalue(client_name), plan)

    charts = ["objective-progress", "kpi-attainment", "budget-by-category", "budget-waterfall", "actions-by-week"]
    for chart in charts:
        assert f'data-chart="{chart}"' in response.text
    assert "against its pace" in response.text


def test_who_enters_values_is_led_to_the_check_in(as_mia, plan):
    assert f'href="{reverse("kpis:checkin", args=[plan.pk])}">' in overview(as_mia, plan).text.split("<main")[0]


def test_a_reader_is_not(as_bob, plan):
    head = overview(as_bob, plan).text.split('<div class="acts">')[1].split("</header>")[0]

    assert reverse("kpis:checkin", args=[plan.pk]) not in head


def test_the_head_says_where_in_its_period_the_plan_is(as_bob, plan):
    assert "1 Jan – 31 Dec, week 34 of 53" in overview(as_bob, plan).text


@pytest.mark.parametrize("status", ["draft", "active", "closed"])
def test_an_empty_plan_says_what_belongs_in_each_panel(as_bob, plan, status):
    plan.status = status
    plan.save()

    text = overview(as_bob, plan).text

    pages = ["kpis:kpis", "kpis:checkin", "plans:objectives", "plans:budget", "plans:actions"]
    for page in pages:
        assert f'<a class="btn btn-o sm" href="{reverse(page, args=[plan.pk])}">' in text
    assert "data-chart" not in text


def test_a_draft_says_what_is_missing_and_leads_there(as_alice, plan):
    plan.status = "draft"
    plan.save()
    ObjectiveFactory(plan=plan)

    text = overview(as_alice, plan).text

    assert "The plan is a draft, and none of its seven steps is complete yet." in text
    assert f'href="{reverse("plans:objectives", args=[plan.pk])}#objective-list">' in text
    assert "Next: Situation" in text


def test_a_closed_plan_asks_for_nothing(as_alice, plan, alice):
    fill(plan, 1, alice)
    plan.status = "closed"
    plan.save()

    text = overview(as_alice, plan).text

    assert "The plan is closed: nothing waits for anybody." in text
    assert "The plan is closed; this is how it ended." in text
    assert "New date" not in text


def test_the_weeks_of_a_closed_plan_are_those_before_its_end(as_alice, plan):
    ActionFactory(objective__plan=plan)
    plan.status, plan.ends_on = "closed", dt.date(2026, 6, 30)
    plan.save()

    table = as_alice.get(reverse("kpis:dashboard_plots", args=[plan.pk]), {"table": "actions-by-week"}).text

    assert '<th scope="row">week 27</th>' in table
    assert '<th scope="row">week 28</th>' not in table


def test_a_value_grows_old_only_while_the_next_is_due(as_alice, plan):
    kpi = KpiFactory(plan=plan, deadline=dt.date(2026, 3, 1))
    ReadingFactory(kpi=kpi, period=dt.date(2026, 2, 23))
    assert "clock-exclamation" not in overview(as_alice, plan).text

    kpi.deadline = None
    kpi.save()
    assert "clock-exclamation" in overview(as_alice, plan).text


def test_what_needs_attention_comes_late_things_first(as_alice, plan, alice, mark):
    objective = ObjectiveFactory(plan=plan, owner=alice)
    ActionFactory(objective=objective, title="A little late", deadline=TODAY - dt.timedelta(days=1), person=mark)
    ActionFactory(objective=objective, title="Very late", deadline=TODAY - dt.timedelta(days=48), person=mark)
    ActionFactory(objective=objective, title="Stuck", status="blocked", person=mark)
    KpiFactory(plan=plan, name="Orphan")

    attention = overview(as_alice, plan).text.split('<ul class="att">')[1].split("</ul>")[0]

    places = [attention.index(title) for title in ("Very late", "A little late", "Stuck", "Orphan")]
    assert places == sorted(places)
    assert "48 days overdue, Mark Weber" in attention


def test_more_than_eight_lines_open_beneath(as_alice, plan, mark):
    objective = ObjectiveFactory(plan=plan)
    for number in range(10):
        ActionFactory(objective=objective, title=f"Stuck {number}", status="blocked", person=mark)

    text = overview(as_alice, plan).text

    shown, more = (part.split("</ul>")[0].count("<li>") for part in text.split('<ul class="att">')[1:])
    assert (shown, more) == (8, 2)
    assert "Show 2 more" in text


def test_hundreds_are_left_to_the_table_of_actions(as_alice, plan, mark):
    objective = ObjectiveFactory(plan=plan)
    ActionFactory.create_batch(60, objective=objective, status="blocked", person=mark)

    text = overview(as_alice, plan).text

    assert text.count("Unblock</span>") == 20
    assert "Show 12 more" in text
    assert "40 more are left out here." in text


def test_of_many_tiles_the_first_are_shown(as_alice, plan):
    KpiFactory.create_batch(13, plan=plan, on_dashboard=True)

    text = overview(as_alice, plan).text

    assert text.count('<div class="kpi">') == 12
    assert f'Shown are the first 12 of 13. <a class="lnk" href="{reverse("kpis:kpis", args=[plan.pk])}">' in text


def test_of_many_objectives_those_farthest_behind_are_shown(as_alice, plan):
    for number in range(14):
        kpi = KpiFactory(plan=plan, objective=ObjectiveFactory(plan=plan, title=f"Objective {number}"))
        ReadingFactory(kpi=kpi, period=dt.date(2026, 8, 10), value=9 if number in (2, 5) else 0)

    text = overview(as_alice, plan).text

    table = text.split("<tbody>")[1].split("</tbody>")[0]
    titles = [f"Objective {number}" for number in range(14) if number not in (2, 5)]
    assert [title for title in titles if f">{title}<" in table] == titles
    assert ">Objective 2<" not in table
    more = f'<a class="lnk" href="{reverse("plans:objectives", args=[plan.pk])}">'
    assert f"Shown are the 12 of 14 that are farthest behind. {more}" in text


def test_as_many_as_there_is_room_for_are_all_shown(as_alice, plan, alice):
    fill(plan, 12, alice)

    assert "Shown are the" not in overview(as_alice, plan).text


def test_names_are_text_never_markup(as_alice, plan):
    ObjectiveFactory(plan=plan, title="<b>bold</b>")
    KpiFactory(plan=plan, name="<script>alert(1)</script>")

    text = overview(as_alice, plan).text

    assert "<b>bold</b>" not in text
    assert "<script>alert" not in text
