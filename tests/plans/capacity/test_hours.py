"""How many hours somebody has in a week."""

import datetime as dt
from decimal import Decimal

import pytest

from plans.capacity.hours import Away, Hours, capacities_of, name_key
from plans.models import Plan
from tests.factories import CapacityFactory, TimeAwayFactory

MONDAY = dt.date(2026, 8, 10)
WEEK = [MONDAY + dt.timedelta(days=number) for number in range(5)]


def test_a_whole_week_has_what_is_usual():
    assert Hours(Decimal(40)).within(WEEK, days_a_week=5) == 40


def test_a_week_with_a_holiday_has_a_day_less():
    assert Hours(Decimal(40)).within(WEEK[:4], days_a_week=5) == 32


@pytest.mark.parametrize(
    ("last", "hours", "expected"), [(WEEK[4], 0, 0), (WEEK[1], 0, 24), (WEEK[4], 20, 20), (WEEK[1], 20, 32)]
)
def test_time_away_takes_its_days_in_part_or_whole(last, hours, expected):
    hours = Hours(Decimal(40), (Away(dt.date(2026, 8, 1), last, Decimal(hours)),))

    assert hours.within(WEEK, days_a_week=5) == expected


def test_where_two_times_away_meet_the_fewer_hours_count():
    away = (Away(MONDAY, WEEK[4], Decimal(20)), Away(MONDAY, WEEK[0], Decimal(0)))

    assert Hours(Decimal(40), away).within(WEEK, days_a_week=5) == 16


def test_time_away_never_adds_hours():
    assert Hours(Decimal(10), (Away(MONDAY, WEEK[4], Decimal(40)),)).within(WEEK, days_a_week=5) == 10


def test_who_has_no_hours_of_her_own_has_what_is_usual_in_the_company(plan, alice):
    plan.workspace.hours_per_week = Decimal("37.5")

    assert capacities_of(plan).of(alice.pk) == Hours(Decimal("37.5"))


def test_a_plan_says_the_hours_of_members_and_of_names(plan, alice, django_assert_num_queries):
    CapacityFactory(plan=plan, person=alice, name="", hours=20)
    TimeAwayFactory(capacity=CapacityFactory(plan=plan, name="Emma  Larsen"))
    TimeAwayFactory(capacity__plan__workspace=plan.workspace, capacity__name="Emma Larsen")
    plan = Plan.objects.select_related("workspace").get(pk=plan.pk)

    with django_assert_num_queries(1):
        capacities = capacities_of(plan)

    away = (Away(dt.date(2026, 8, 10), dt.date(2026, 8, 21), Decimal(0)),)
    assert capacities.of(alice.pk) == Hours(Decimal(20))
    assert capacities.of(name_key("EMMA LARSEN")) == Hours(Decimal(40), away)
    with django_assert_num_queries(0):
        assert capacities_of(plan) == capacities
