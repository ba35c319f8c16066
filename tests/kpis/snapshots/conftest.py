import datetime as dt

import pytest

from plans.models import Plan

#: Long before anything a test does: whatever it makes is news.
MADE = dt.datetime(2026, 1, 5, 9, tzinfo=dt.UTC)


@pytest.fixture
def plan(plan):
    """Made on a Monday in January, as its history says."""
    Plan.history.filter(id=plan.pk).update(history_date=MADE)
    return plan


@pytest.fixture
def happened():
    """`happened(row, on)`: what was last written of the row was written at that time."""

    def backdate(row, on, version=-1):
        records = list(row.history.order_by("history_id"))
        type(row).history.filter(pk=records[version].pk).update(history_date=on)

    return backdate
