"""What the calendar tells: what comes near, what has passed, what is late."""

import datetime as dt

import pytest

from plans.models import Action, Notice, Plan
from plans.notices.deadlines import tell_of_all_deadlines, tell_of_deadlines
from plans.notices.words import says
from tests.factories import ActionFactory

#: In 2026 the 30th of April is a Thursday; the day after is a holiday in Poland, as the Sunday two days later.
THURSDAY = dt.date(2026, 4, 30)


@pytest.fixture
def due(plan, action):
    plan.workspace.country = "PL"
    plan.workspace.save()

    def tell(deadline: dt.date, today: dt.date, **values):
        Action.objects.filter(pk=action.pk).update(deadline=deadline, **values)
        tell_of_deadlines(plan.workspace, today=today)

    return tell


def told(user) -> list[str]:
    return [says(notice) for notice in Notice.objects.visible_to(user).order_by("pk")]


@pytest.mark.parametrize(
    ("today", "is_told"),
    [
        (dt.date(2026, 4, 28), False),
        (dt.date(2026, 4, 29), True),
        (THURSDAY, True),
        (dt.date(2026, 5, 4), True),
    ],
)
def test_who_watches_is_reminded_two_working_days_before(due, mia, today, is_told):
    due(dt.date(2026, 5, 4), today)

    assert told(mia) == (["The deadline is near: 4 May 2026"] if is_told else [])


def test_who_watches_is_told_the_day_after(due, mia):
    due(THURSDAY, dt.date(2026, 5, 1))

    assert told(mia) == ["The deadline has passed: 30 Apr 2026"]


def test_managers_are_told_of_what_is_late_by_two_working_days(due, mia, mark, alice):
    due(THURSDAY, dt.date(2026, 5, 4))
    assert told(mark) == []

    due(THURSDAY, dt.date(2026, 5, 5))

    words = "Late by two working days or more: 30 Apr 2026 was the deadline, and Mia Rossi is responsible"
    assert told(mark) == [words]
    assert told(alice) == []
    assert told(mia) == ["The deadline has passed: 30 Apr 2026"]


def test_the_owner_of_the_plan_is_told_too(due, plan, mark, alice):
    Plan.objects.update(owner=alice)

    due(THURSDAY, dt.date(2026, 5, 5))

    assert len(told(alice)) == len(told(mark)) == 1


def test_where_nobody_manages_who_steers_is_told(due, alice):
    due(THURSDAY, dt.date(2026, 5, 5))

    assert len(told(alice)) == 1


def test_a_manager_is_not_told_of_what_she_answers_for_as_if_it_were_somebody_elses(due, mark):
    due(THURSDAY, dt.date(2026, 5, 5), person=mark)

    assert told(mark) == ["The deadline has passed: 30 Apr 2026"]


def test_nothing_is_told_twice_however_often_one_looks(due, mia, mark):
    for day in (5, 6, 7):
        due(THURSDAY, dt.date(2026, 5, day))

    assert (len(told(mia)), len(told(mark))) == (1, 1)


def test_a_deadline_that_has_moved_is_told_anew(due, mia):
    due(THURSDAY, dt.date(2026, 5, 1))
    due(dt.date(2026, 5, 7), dt.date(2026, 5, 8))

    assert told(mia) == ["The deadline has passed: 30 Apr 2026", "The deadline has passed: 7 May 2026"]


@pytest.mark.parametrize("status", Action.CLOSED_STATUSES)
def test_what_is_over_is_not_late(due, mia, mark, status):
    done_on = THURSDAY if status == Action.Status.DONE else None

    due(THURSDAY, dt.date(2026, 5, 5), status=status, done_on=done_on)

    assert told(mia) == told(mark) == []


@pytest.mark.parametrize("status", [Plan.Status.DRAFT, Plan.Status.CLOSED, Plan.Status.ARCHIVED])
def test_only_plans_in_execution_have_deadlines(due, mia, status):
    Plan.objects.update(status=status)

    due(THURSDAY, dt.date(2026, 5, 5))

    assert told(mia) == []


def test_what_has_been_late_for_long_is_no_news(due, mia, mark):
    due(THURSDAY, dt.date(2026, 6, 30))

    assert told(mia) == told(mark) == []


@pytest.mark.parametrize("count", [1, 3])
def test_the_number_of_queries_does_not_grow_with_the_actions(
    plan, mia, mark, action, count, django_assert_num_queries
):
    ActionFactory.create_batch(count, objective=action.objective, person=mia, deadline=THURSDAY)

    with django_assert_num_queries(4):  # actions, who watches, managers, what they are told
        tell_of_deadlines(plan.workspace, today=dt.date(2026, 5, 5))

    assert Notice.objects.count() == 2 * count


def test_each_company_has_its_own_day(plan, mia, action):
    """At half past ten in the evening it is tomorrow already in Finland."""
    Action.objects.filter(pk=action.pk).update(deadline=THURSDAY)
    evening = dt.datetime(2026, 4, 30, 22, 30, tzinfo=dt.UTC)

    tell_of_all_deadlines(evening - dt.timedelta(hours=4))
    assert told(mia) == ["The deadline is near: 30 Apr 2026"]

    plan.workspace.country = "FI"
    plan.workspace.save()
    tell_of_all_deadlines(evening)

    assert told(mia)[1:] == ["The deadline has passed: 30 Apr 2026"]
