"""The view of the action table on paper."""

import datetime as dt
import re

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


def paper(client, plan, query=""):
    return client.get(reverse("plans:actions_paper", args=[plan.pk]) + query)


def titles(response):
    return [row["title"] for group in response.context["groups"] for row in group.rows]


def text_of(response) -> str:
    """The page as one reads it."""
    return " ".join(re.sub(r"<[^>]*>", " ", response.text.split("<main")[1]).split())


def test_every_row_of_the_view_is_there_in_its_order(as_alice, plan, objective):
    for number in range(60):
        ActionFactory(objective=objective, title=f"Call {number:02}", status="blocked")
    ActionFactory(objective=objective, title="Rest", status="not_started")

    response = paper(as_alice, plan, "?status=blocked&sort=-title&page=2")

    assert titles(response) == [f"Call {number:02}" for number in reversed(range(60))]


def test_the_head_says_what_one_looks_at(as_alice, plan, objective):
    ActionFactory(objective=objective, status="blocked")

    text = text_of(paper(as_alice, plan, "?status=blocked&sort=-deadline"))

    day = timezone.localdate().strftime("%Y")
    assert "Sales growth plan 2026 Actions · Jan–Dec 2026 · as of" in text
    assert day in text.split("as of")[1][:25]
    assert "Status: Blocked · sorted by Deadline, descending · 1 action " in text


def test_a_row_says_all_names_that_the_table_shortens(as_alice, plan, objective, alice):
    late = timezone.localdate() - dt.timedelta(days=3)
    role = RoleFactory(team__plan=plan, title="Marketing manager", holder=alice)
    action = ActionFactory(objective=objective, title="Advertise", role=role, deadline=late, kind="digital")
    action.supporters.add(RoleFactory(team__plan=plan, title="Copywriter"))
    for name in ("Traffic", "Leads"):
        KpiFactory(plan=plan, name=name).actions.add(action)
    AllocationFactory(line=BudgetLineFactory(plan=plan), action=action, amount=12_000)

    text = text_of(paper(as_alice, plan))

    assert "Increase sales 12,000 Advertise Digital Marketing manager (Alice Martin) + Copywriter" in text
    assert "3 days late Traffic; Leads Not started Normal – 12,000" in text


def test_nothing_of_the_page_around_it_is_printed(as_alice, plan, objective):
    page = paper(as_alice, plan).text

    assert 'class="rail"' not in page
    assert 'class="mtab"' not in page


def test_a_view_without_rows_says_so(as_alice, plan):
    assert "No actions yet" in paper(as_alice, plan).text
    assert "No action matches" in paper(as_alice, plan, "?q=nothing").text


@pytest.mark.parametrize("row_count", [1, 3])
def test_the_number_of_queries_does_not_grow_with_the_rows(as_alice, plan, row_count, django_assert_num_queries):
    for number in range(row_count):
        objective = ObjectiveFactory(plan=plan, title=f"Objective {number}")
        action = ActionFactory(objective=objective, role=RoleFactory(team__plan=plan))
        KpiFactory(plan=plan).actions.add(action)
        action.supporters.add(RoleFactory(team__plan=plan))

    with django_assert_num_queries(8):  # session, user, plan; the order, rows, KPIs, supporters, budgets
        response = paper(as_alice, plan)

    assert len(titles(response)) == row_count
