"""The calendar: a month of deadlines."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from plans.actions.calendar import PER_DAY
from tests.factories import ActionFactory, ObjectiveFactory


@pytest.fixture
def objective(plan):
    return ObjectiveFactory(plan=plan)


def show(client, plan, query="&month=2026-03"):
    return client.get(reverse("plans:actions", args=[plan.pk]) + f"?view=calendar{query}")


def days(response):
    return {day.date: day for week in response.context["weeks"] for day in week}


@pytest.mark.parametrize("count", [1, 3])
def test_the_number_of_queries_does_not_grow_with_the_deadlines(
    as_alice, plan, objective, count, django_assert_num_queries
):
    for number in range(count):
        ActionFactory(objective=objective, deadline=dt.date(2026, 3, 10 + number))

    # session, user, plan, saved views, totals, days, actions; in the rail: completeness, workspaces, the week
    with django_assert_num_queries(10):
        response = show(as_alice, plan)

    assert sum(day.count for day in days(response).values()) == count


def test_whole_weeks_are_shown_from_monday_on(as_alice, plan, objective):
    ActionFactory(objective=objective, title="Before", deadline=dt.date(2026, 2, 28))
    ActionFactory(objective=objective, title="In March", deadline=dt.date(2026, 3, 31))

    found = days(show(as_alice, plan))

    assert (min(found), max(found)) == (dt.date(2026, 2, 23), dt.date(2026, 4, 5))
    assert [action["title"] for action in found[dt.date(2026, 2, 28)].actions] == ["Before"]
    assert not found[dt.date(2026, 2, 28)].in_month


def test_a_full_day_shows_what_is_wrong_first_and_leads_to_the_rest(as_alice, plan, objective):
    on = dt.date(2026, 3, 31)
    ActionFactory.create_batch(PER_DAY, objective=objective, deadline=on)
    ActionFactory(objective=objective, deadline=on, title="Stuck", status="blocked")

    day = days(show(as_alice, plan, "&month=2026-03&q=&kind="))[on]

    assert (len(day.actions), day.more) == (PER_DAY, 1)
    assert day.actions[0]["title"] == "Stuck"
    rest = as_alice.get(reverse("plans:actions", args=[plan.pk]) + day.href)
    assert rest.context["page"].total == PER_DAY + 1


def test_filters_hold_and_so_do_they_in_every_link(as_alice, plan, objective):
    ActionFactory(objective=objective, title="Advertise", deadline=dt.date(2026, 3, 10))
    ActionFactory(objective=objective, title="Call", deadline=dt.date(2026, 3, 10))
    ActionFactory(objective=objective, title="Advertise some day")

    context = show(as_alice, plan, "&month=2026-03&q=advert").context

    assert (context["page"].shown, context["page"].total, context["undated"]) == (1, 2, 1)
    assert context["before"] == "?view=calendar&q=advert&month=2026-02"
    assert context["after"] == "?view=calendar&q=advert&month=2026-04"
    assert context["undated_href"] == "?view=table&q=advert&due=none"


@pytest.mark.parametrize("month", ["", "&month=", "&month=soon", "&month=0001-01"])
def test_without_a_month_it_opens_where_today_is(as_alice, plan, objective, month):
    ActionFactory(objective=objective)
    today = timezone.localdate()
    plan.starts_on, plan.ends_on = today - dt.timedelta(days=100), today + dt.timedelta(days=100)
    plan.save()

    assert days(show(as_alice, plan, month))[today].today


def test_a_plan_that_is_not_running_opens_where_it_begins(as_alice, plan, objective):
    ActionFactory(objective=objective)
    plan.starts_on, plan.ends_on = dt.date(2031, 5, 1), dt.date(2032, 4, 30)
    plan.save()

    assert dt.date(2031, 5, 15) in days(show(as_alice, plan, ""))


def test_overdue_is_said_and_not_only_shown(as_alice, plan, objective):
    late = timezone.localdate() - dt.timedelta(days=1)
    ActionFactory(objective=objective, deadline=late)

    assert '<span class="visually-hidden">Overdue</span>' in show(as_alice, plan, f"&month={late:%Y-%m}").text
