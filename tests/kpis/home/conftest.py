import datetime as dt

import pytest
from django.urls import reverse

HOME = reverse("kpis:home")
#: A Wednesday of week 35; the check-in of week 34 was on Monday, the 24th.
WEDNESDAY = dt.date(2026, 8, 26)
WEEK_32, WEEK_33, WEEK_34, WEEK_35 = (dt.date(2026, 8, day) for day in (3, 10, 17, 24))


@pytest.fixture(autouse=True)
def on(monkeypatch):
    """`on(day)` makes it ten o'clock of that day."""

    def stop(day):
        now = dt.datetime.combine(day, dt.time(8), dt.UTC)
        monkeypatch.setattr("django.utils.timezone.now", lambda: now)

    stop(WEDNESDAY)
    return stop


@pytest.fixture
def shown():
    """`shown(client, "owed")`: the lines of a panel, title and what is said of it."""

    def lines(client, panel, **query):
        panel = client.get(HOME, query).context[panel]
        return [(line.problem.title, line.problem.detail) for line in (*panel.shown, *panel.more)]

    return lines
