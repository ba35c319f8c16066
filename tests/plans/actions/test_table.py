"""The action table: what it shows, how it is sorted and filtered."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories import (
    ActionFactory,
    AllocationFactory,
    BudgetLineFactory,
    KpiFactory,
    ObjectiveFactory,
    RoleFactory,
)


@pytest.fixture
def objective(plan):
    return ObjectiveFactory(plan=plan, title="Increase sales")


def table(client, plan, query="", **extra):
    return client.get(reverse("plans:actions", args=[plan.pk]) + query, **extra)


def titles(response):
    return [row["title"] for group in response.context["page"].groups for row in group.rows]


@pytest.mark.parametrize("row_count", [1, 3])
def test_the_number_of_queries_does_not_grow_with_the_rows(
    as_alice, plan, objective, row_count, django_assert_num_queries
):
    for action in ActionFactory.create_batch(row_count, objective=objective, role=RoleFactory(team__plan=plan)):
        KpiFactory(plan=plan).actions.add(action)
        AllocationFactory(line=BudgetLineFactory(plan=plan), action=action)
        action.supporters.add(RoleFactory(team__plan=plan))

    # session, user, plan, saved views, rows, totals, waiting, KPIs with supporters, budgets; in the rail: completeness,
    # workspaces, the week
    with django_assert_num_queries(12):
        response = table(as_alice, plan)

    assert len(titles(response)) == row_count


def test_actions_stand_in_groups_with_their_totals(as_alice, plan, objective):
    late = ActionFactory(objective=objective, deadline=timezone.localdate() - dt.timedelta(days=3))
    line = BudgetLineFactory(plan=plan)
    AllocationFactory(line=line, action=late, amount=12_000)
    AllocationFactory(line=line, action=ActionFactory(objective=objective), amount=500)

    (group,) = table(as_alice, plan).context["page"].groups

    assert (group.title, group.count, group.overdue, group.budget) == ("Increase sales", 2, 1, "12,500")


def test_overdue_is_said_in_words(as_alice, plan, objective):
    ActionFactory(objective=objective, deadline=timezone.localdate() - dt.timedelta(days=3))

    assert '<span class="late">3 days late</span>' in table(as_alice, plan).text


def test_due_soon_is_said_in_words(as_alice, plan, objective):
    ActionFactory(objective=objective, deadline=timezone.localdate() + dt.timedelta(days=1))

    assert '<span class="soon">in 1 day</span>' in table(as_alice, plan).text


def test_a_done_action_is_never_late(as_alice, plan, objective):
    day = timezone.localdate() - dt.timedelta(days=3)
    ActionFactory(objective=objective, deadline=day, status="done", done_on=day)

    assert "late" not in table(as_alice, plan).text.replace("template", "")


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("deadline", ["B", "C", "A"]),
        ("-deadline", ["C", "B", "A"]),
        ("-budget", ["C", "B", "A"]),
        ("-roi", ["B", "C", "A"]),
        ("status", ["A", "C", "B"]),
        ("nonsense", ["A", "B", "C"]),
    ],
)
def test_rows_are_sorted_inside_their_group(as_alice, plan, objective, sort, expected):
    line = BudgetLineFactory(plan=plan)
    ActionFactory(objective=objective, title="A", status="blocked", position=0)
    b = ActionFactory(
        objective=objective,
        title="B",
        deadline=dt.date(2026, 3, 1),
        status="not_started",
        expected_return=500,
        position=1,
    )
    c = ActionFactory(
        objective=objective,
        title="C",
        deadline=dt.date(2026, 5, 1),
        status="in_progress",
        expected_return=300,
        position=2,
    )
    AllocationFactory(line=line, action=b, amount=100)
    AllocationFactory(line=line, action=c, amount=200)

    assert titles(table(as_alice, plan, f"?sort={sort}")) == expected


def test_roi_is_the_gain_over_the_budget_in_percent(as_alice, plan, objective):
    action = ActionFactory(objective=objective, expected_return=5_000)
    AllocationFactory(line=BudgetLineFactory(plan=plan), action=action, amount=2_000)

    (group,) = table(as_alice, plan).context["page"].groups

    assert group.rows[0]["roi"] == "150%"


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("?q=advert", ["Advertise online"]),
        ("?status=blocked&status=done", ["Call lost accounts"]),
        ("?kind=digital", ["Advertise online"]),
        ("?priority=1", ["Call lost accounts"]),
        ("?due=late", ["Call lost accounts"]),
        ("?due=none", ["Advertise online"]),
        ("?who=none", ["Advertise online"]),
        ("?budget_from=1 000,00", ["Advertise online"]),
        ("?roi_from=100", ["Advertise online"]),
        ("?kpi=traffic", ["Advertise online"]),
    ],
)
def test_each_column_filters(as_alice, plan, objective, query, expected, alice):
    online = ActionFactory(objective=objective, title="Advertise online", kind="digital", expected_return=5_000)
    AllocationFactory(line=BudgetLineFactory(plan=plan), action=online, amount=2_000)
    KpiFactory(plan=plan, name="Website traffic").actions.add(online)
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    ActionFactory(
        objective=objective, title="Call lost accounts", status="blocked", priority=1, deadline=yesterday, person=alice
    )

    assert titles(table(as_alice, plan, query)) == expected


def test_a_person_answers_for_what_her_role_was_given_too(as_alice, plan, objective, alice):
    ActionFactory(objective=objective, title="By role", role=RoleFactory(team__plan=plan, holder=alice))
    ActionFactory(objective=objective, title="By name", person=alice)
    ActionFactory(objective=objective, title="Somebody else's")

    assert titles(table(as_alice, plan, f"?who=person-{alice.pk}")) == ["By role", "By name"]


def test_filters_are_shown_as_chips_that_take_themselves_away(as_alice, plan, objective):
    ActionFactory(objective=objective)

    chips = table(as_alice, plan, "?status=done&q=trade").context["chips"]

    assert [(str(chip["label"]), chip["value"], chip["href"]) for chip in chips] == [
        ("Words", "trade", "?status=done"),
        ("Status", "Done", "?q=trade"),
    ]


def test_searching_with_htmx_answers_with_the_rows_only(as_alice, plan, objective, htmx):
    ActionFactory(objective=objective)

    response = table(as_alice, plan, "?q=launch", headers=htmx("action-rows"))

    assert "<html" not in response.text
    assert 'id="action-rows"' in response.text


def test_the_filters_offer_only_people_of_this_workspace(as_alice, plan, carol):
    response = as_alice.get(reverse("plans:action_filters", args=[plan.pk]))

    assert "Alice Martin" in response.text
    assert "Carol Novak" not in response.text


def test_fifty_rows_a_page_and_groups_that_reach_over_the_edge(as_alice, plan, objective):
    ActionFactory.create_batch(60, objective=objective)

    first, second = table(as_alice, plan).context["page"], table(as_alice, plan, "?page=2").context["page"]

    assert (len(first.groups[0].rows), first.groups[0].ends, first.next_page) == (50, False, 2)
    assert (len(second.groups[0].rows), second.groups[0].continued, second.next_page) == (10, True, None)
    assert second.shown == 60


@pytest.mark.parametrize("address", ["", "?status=blocked", "?sort=-deadline"])
def test_page_by_page_every_row_comes_once_and_in_its_order(as_alice, plan, address):
    for number, count in enumerate([30, 0, 45, 7, 70]):
        objective = ObjectiveFactory(plan=plan, title=f"Objective {number}", position=number)
        ActionFactory.create_batch(count, objective=objective, status="blocked", deadline=dt.date(2026, 9, 1))
    mark = "&" if address else "?"

    pages = [table(as_alice, plan, f"{address}{mark}page={number}").context["page"] for number in (1, 2, 3, 4)]

    seen = [row for page in pages for group in page.groups for row in group.rows]
    assert [len([row for group in page.groups for row in group.rows]) for page in pages] == [50, 50, 50, 2]
    assert len({row["pk"] for row in seen}) == 152
    assert [row["objective__title"] for row in seen] == sorted(row["objective__title"] for row in seen)
    assert [page.next_page for page in pages] == [2, 3, 4, None]


def test_a_page_beyond_the_last_is_empty(as_alice, plan, objective):
    ActionFactory(objective=objective)

    page = table(as_alice, plan, "?page=9").context["page"]

    assert (page.groups, page.total, page.next_page) == ([], 1, None)


def test_readers_see_the_table_without_its_tools(as_bob, plan, objective):
    ActionFactory(objective=objective)

    response = table(as_bob, plan)

    assert "data-grid" not in response.text
    assert "Add action" not in response.text


def test_an_empty_plan_leads_to_its_objectives(as_alice, plan):
    assert "No actions yet" in table(as_alice, plan).text


@pytest.mark.parametrize(
    "query",
    ["changed_from=0001-01-01", "changed_from=9999-12-31", f"objective={10**30}", f"objective=1&objective={10**30}"],
)
def test_values_far_out_of_reach_are_answered_all_the_same(as_alice, plan, objective, query):
    ActionFactory(objective=objective)

    assert table(as_alice, plan, f"?{query}").status_code == 200
