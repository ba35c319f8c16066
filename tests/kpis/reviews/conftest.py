import datetime as dt

import pytest

from kpis.reviews.services import start_review

#: A Wednesday.
NOW = dt.datetime(2026, 8, 19, 8, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def wednesday(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


@pytest.fixture
def start(plan, alice):
    """`start()` holds a review of the plan; further values are those of the service."""

    def begin(**values):
        given = {"kind": "weekly", "by": alice, "participants": [alice], "now": NOW}
        return start_review(plan, **given | values)

    return begin


@pytest.fixture
def review(start):
    return start()


@pytest.fixture
def other(review):
    """The point of the agenda that every review has."""
    return review.items.get(section="other")
