"""How effort is spread over the weeks until the deadline."""

import datetime as dt
from decimal import Decimal

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from plans.actions.spreading import WorkCalendar, works_in
from plans.actions.weeks import WEEK, monday_of, read_week, week_days, week_name, week_text
from plans.models import Action
from tests.factories import ActionFactory, ObjectiveFactory

WEDNESDAY = dt.date(2026, 11, 25)
ALL = range(10_000)
DAYS = st.dates(dt.date(2026, 6, 1), dt.date(2027, 6, 30))
QUARTERS = st.integers(1, 40_000).map(lambda quarters: Decimal(quarters) / 4)


def day(text):
    return dt.date.fromisoformat(text) if text else None


def spread(effort, starts_on, deadline, *, today=WEDNESDAY, country="", weeks=ALL):
    deadline = day(deadline)
    calendar = WorkCalendar(today, deadline, country)
    return {week: hours / 100 for week, hours in calendar.spread(Decimal(effort), day(starts_on), deadline, weeks)}


@pytest.mark.parametrize(
    ("starts_on", "deadline", "expected"),
    [
        ("2026-11-30", "2026-12-04", {1: 40}),
        ("2026-11-30", "2026-12-11", {1: 20, 2: 20}),
        ("2026-11-02", "2026-11-27", {0: 40}),
        ("2026-11-02", "2026-12-02", {0: 20, 1: 20}),
        ("", "2026-12-02", {0: 20, 1: 20}),
        ("", "2026-11-24", {0: 40}),
        ("2026-01-01", "2026-03-01", {0: 40}),
        ("2026-11-28", "2026-11-29", {0: 40}),
        ("2026-12-05", "2026-12-07", {2: 40}),
        ("2026-12-05", "2026-12-06", {1: 40}),
    ],
    ids=[
        "one whole week",
        "two weeks",
        "begun long ago: from today on",
        "begun long ago, three days this week and three next",
        "without a start: from today on",
        "late: this week",
        "very late: this week",
        "a weekend alone: its week",
        "from Saturday to Monday: Monday",
        "a later weekend alone: its week",
    ],
)
def test_effort_is_spread_evenly_over_the_working_days_until_the_deadline(starts_on, deadline, expected):
    assert spread(40, starts_on, deadline) == expected


def test_a_public_holiday_is_no_working_day():
    """From Christmas Eve on nobody works."""
    assert spread(70, "2026-12-21", "2026-12-31", country="PL") == {4: 30, 5: 40}


def test_on_a_weekend_the_work_begins_on_monday():
    assert spread(40, "", "2026-12-11", today=dt.date(2026, 11, 28)) == {0: 20, 1: 20}
    assert WorkCalendar(dt.date(2026, 11, 28), WEDNESDAY, "").monday == dt.date(2026, 11, 30)


@given(effort=QUARTERS, starts_on=DAYS | st.none(), deadline=DAYS, today=DAYS, country=st.sampled_from(["", "PL"]))
def test_nothing_is_lost_and_nothing_added(effort, starts_on, deadline, today, country):
    starts_on = starts_on and min(starts_on, deadline)
    calendar = WorkCalendar(today, deadline, country)

    weeks = dict(calendar.spread(effort, starts_on, deadline, ALL))

    assert sum(weeks.values()) == effort * 100
    assert all(hours > 0 for hours in weeks.values())


@given(effort=QUARTERS, deadline=DAYS, today=DAYS, weeks=st.tuples(st.integers(0, 30), st.integers(0, 30)))
def test_of_some_weeks_alone_the_same_is_said(effort, deadline, today, weeks):
    calendar, some = WorkCalendar(today, deadline, ""), range(min(weeks), max(weeks))

    found = dict(calendar.spread(effort, None, deadline, some))

    whole = dict(calendar.spread(effort, None, deadline, ALL))
    assert found == {week: hours for week, hours in whole.items() if week in some}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    begins=st.lists(st.integers(-20, 40) | st.none(), min_size=4, max_size=4),
    lengths=st.lists(st.integers(0, 20), min_size=4, max_size=4),
    today=st.dates(dt.date(2026, 4, 1), dt.date(2026, 5, 15)),
    country=st.sampled_from(["", "PL", "IL"]),
)
def test_the_database_finds_what_is_worked_on_in_a_week(plan, begins, lengths, today, country):
    Action.objects.all().delete()
    objective = ObjectiveFactory(plan=plan)
    actions = []
    for begin, length in zip(begins, lengths, strict=True):
        starts_on = None if begin is None else today + dt.timedelta(days=begin)
        deadline = (starts_on or today) + dt.timedelta(days=length)
        actions.append(ActionFactory(objective=objective, starts_on=starts_on, deadline=deadline))
    calendar = WorkCalendar(today, today + dt.timedelta(days=90), country)

    for week in range(-1, 9):
        monday = calendar.monday + week * WEEK
        found = Action.objects.filter(works_in(monday, today, country)).values_list("pk", flat=True)

        expected = [
            action.pk
            for action in actions
            if week in dict(calendar.spread(Decimal(1000), action.starts_on, action.deadline, ALL))
        ]
        assert sorted(found) == expected


@pytest.mark.parametrize("text", ["2026-W53", "2026-W01", "2027-W52"])
def test_a_week_is_written_as_it_is_read(text):
    monday = read_week(text)

    assert monday == monday_of(monday)
    assert week_text(monday) == text


@pytest.mark.parametrize("text", ["", "2026", "2026-W54", "2025-W53", "2026-W00", "9999-W01", "0000-W01", "2026-W1"])
def test_what_is_no_week_is_none(text):
    assert read_week(text) is None


def test_a_week_is_called_by_its_number_and_its_days():
    assert (week_name(dt.date(2026, 11, 23)), week_days(dt.date(2026, 11, 23))) == ("W48", "23–29 Nov")
    assert week_days(dt.date(2026, 11, 30)) == "30 Nov – 6 Dec"


def test_ten_thousand_actions_are_spread_in_a_moment():
    calendar = WorkCalendar(WEDNESDAY, dt.date(2028, 1, 1), "PL")
    begun = timezone.now()

    for number in range(10_000):
        deadline = WEDNESDAY + dt.timedelta(days=number % 400)
        list(calendar.spread(Decimal(40), None, deadline, range(12)))

    assert (timezone.now() - begun).total_seconds() < 2
