"""Which review is due, and when the next one is."""

import datetime as dt

import pytest

from kpis.reviews.calendar import due_reviews, proposed_day
from tests.factories import ReviewFactory


@pytest.mark.parametrize(
    ("kind", "proposed"),
    [
        ("weekly", dt.date(2026, 8, 26)),
        ("monthly", dt.date(2026, 9, 1)),
        ("quarterly", dt.date(2026, 10, 1)),
    ],
)
def test_the_next_one_is_a_week_later_or_when_the_next_period_begins(workspace, kind, proposed):
    assert proposed_day(kind, dt.date(2026, 8, 19), workspace) == proposed


def test_it_is_a_working_day(workspace):
    workspace.country = "PL"

    # 11 November is a holiday in Poland
    assert proposed_day("weekly", dt.date(2026, 11, 4), workspace) == dt.date(2026, 11, 12)


def test_a_plan_without_reviews_suggests_the_one_that_looks_back_furthest(plan):
    due = due_reviews(plan, [], dt.date(2026, 8, 19))

    assert [(one.kind, one.on, one.is_due) for one in due] == [
        ("quarterly", dt.date(2026, 4, 1), True),
        ("monthly", dt.date(2026, 2, 2), True),
        ("weekly", dt.date(2026, 8, 19), True),
    ]


def test_in_its_first_days_only_the_weekly_one_is_due(plan):
    due = due_reviews(plan, [], dt.date(2026, 1, 7))

    assert [one.kind for one in due if one.is_due] == ["weekly"]
    assert [one.kind for one in due] == ["weekly", "monthly", "quarterly"]


def test_the_day_agreed_at_the_last_one_counts(plan):
    last = ReviewFactory(plan=plan, closed_at=dt.datetime(2026, 8, 17, 10, tzinfo=dt.UTC), next_on=dt.date(2026, 8, 28))

    weekly = next(one for one in due_reviews(plan, [last], dt.date(2026, 8, 27)) if one.kind == "weekly")

    assert (weekly.on, weekly.is_due, weekly.last) == (dt.date(2026, 8, 28), False, last)


def test_a_kind_that_is_open_is_not_due(plan):
    running = ReviewFactory(plan=plan)

    assert "weekly" not in {one.kind for one in due_reviews(plan, [running], dt.date(2026, 8, 19))}
