"""My work: what the reader answers for, the most pressing first."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from plans.actions.table import PAGE_SIZE
from tests.factories import ActionFactory, KpiFactory, ObjectiveFactory, RoleFactory


@pytest.fixture
def objective(plan):
    return ObjectiveFactory(plan=plan, title="Increase sales")


def show(client, plan, query="", **extra):
    return client.get(reverse("plans:actions", args=[plan.pk]) + f"?view=mine{query}", **extra)


def stretches(response):
    return {str(stretch.title): [card["title"] for card in stretch.cards] for stretch in response.context["stretches"]}


@pytest.mark.parametrize("count", [1, 3])
def test_the_number_of_queries_does_not_grow_with_the_cards(
    as_mark, plan, objective, mark, count, django_assert_num_queries
):
    for action in ActionFactory.create_batch(count, objective=objective, person=mark):
        KpiFactory(plan=plan).actions.add(action)

    # session, user, plan, saved views, counts, cards, KPIs; in the rail: completeness, workspaces, the week
    with django_assert_num_queries(10):
        response = show(as_mark, plan)

    assert response.context["page"].total == count


def test_it_holds_what_was_given_to_oneself_to_ones_roles_and_what_they_support(as_mark, plan, objective, mark, alice):
    mine = RoleFactory(team__plan=plan, holder=mark)
    ActionFactory(objective=objective, title="By name", person=mark)
    ActionFactory(objective=objective, title="By role", role=mine)
    supported = ActionFactory(objective=objective, title="In support", person=alice)
    supported.supporters.add(mine, RoleFactory(team__plan=plan, holder=mark))
    ActionFactory(objective=objective, title="Alice's", person=alice)
    ActionFactory(objective=objective, title="Nobody's")

    response = show(as_mark, plan)

    assert stretches(response) == {"Without a deadline": ["By name", "By role", "In support"]}
    assert response.text.count("<span>in support</span>") == 1


def test_it_is_ordered_by_when_with_what_is_closed_at_the_end(as_mark, plan, objective, mark):
    today = timezone.localdate()
    sunday = today + dt.timedelta(days=6 - today.weekday())
    dates = {
        "Late": today - dt.timedelta(days=1),
        "This week": sunday,
        "This month": today + dt.timedelta(days=30),
        "Next year": today + dt.timedelta(days=31),
        "Some day": None,
    }
    for title, deadline in reversed(dates.items()):
        ActionFactory(objective=objective, title=title, person=mark, deadline=deadline)
    ActionFactory(objective=objective, title="Over", person=mark, deadline=today, status="done", done_on=today)

    found = stretches(show(as_mark, plan))

    assert list(found.items()) == [
        ("Overdue", ["Late"]),
        ("This week", ["This week"]),
        ("Next 30 days", ["This month"]),
        ("Later", ["Next year"]),
        ("Without a deadline", ["Some day"]),
        ("Done and cancelled", ["Over"]),
    ]


def test_filters_hold(as_mark, plan, objective, mark):
    ActionFactory(objective=objective, title="Advertise", person=mark)
    ActionFactory(objective=objective, title="Call", person=mark)

    assert stretches(show(as_mark, plan, "&q=call")) == {"Without a deadline": ["Call"]}


def test_the_rest_is_fetched_without_saying_a_heading_twice(as_mark, plan, objective, mark, htmx):
    ActionFactory.create_batch(PAGE_SIZE + 5, objective=objective, person=mark)

    first = show(as_mark, plan)
    rest = as_mark.get(
        reverse("plans:actions", args=[plan.pk]) + first.context["more_query"], headers=htmx("action-more")
    )

    assert first.context["page"].shown == PAGE_SIZE
    assert rest.text.count('class="ac"') == 5
    assert "<h2>" not in rest.text


def test_a_team_member_sees_her_work_without_handles(as_mia, plan, objective, mia):
    ActionFactory(objective=objective, title="Call", person=mia)

    page = show(as_mia, plan).text

    assert "Call" in page
    assert "ac-mv" not in page


def test_who_has_nothing_to_do_is_told_so(as_bob, plan, objective):
    ActionFactory(objective=objective)

    assert "Nothing here is yours" in show(as_bob, plan).text
