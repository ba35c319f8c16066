"""Deadlines that are wrong are marked, in words."""

import datetime as dt

import pytest
from django.urls import reverse

from plans.actions.facts import action_row
from tests.factories import ActionFactory, ObjectiveFactory

TODAY = dt.date(2026, 3, 2)
SATURDAY = dt.date(2026, 11, 14)


@pytest.fixture
def objective(plan):
    return ObjectiveFactory(plan=plan, deadline=dt.date(2026, 12, 10))


def marks(action):
    return [(mark.word, mark.reason) for mark in action_row(action.plan, action.pk, today=TODAY)["due_marks"]]


@pytest.mark.parametrize(
    ("deadline", "country", "expected"),
    [
        (dt.date(2026, 11, 10), "PL", []),
        (SATURDAY, "", [("day off", "Day off: Saturday")]),
        (dt.date(2026, 11, 11), "", []),
        (dt.date(2026, 11, 11), "PL", [("day off", "Day off: National Independence Day")]),
        (dt.date(2026, 12, 11), "PL", [("after objective", "After the deadline of its objective, 10 Dec 2026")]),
        (dt.date(2025, 12, 31), "PL", [("outside plan", "Outside the plan, which begins on 1 Jan 2026")]),
        (
            dt.date(2027, 1, 2),
            "",
            [
                ("outside plan", "Outside the plan, which ends on 31 Dec 2026"),
                ("after objective", "After the deadline of its objective, 10 Dec 2026"),
                ("day off", "Day off: Saturday"),
            ],
        ),
        (None, "PL", []),
    ],
)
def test_a_deadline_that_is_wrong_says_why(plan, workspace, objective, deadline, country, expected):
    workspace.country = country
    workspace.save()

    assert marks(ActionFactory(objective=objective, deadline=deadline)) == expected


def test_an_objective_without_a_deadline_limits_nothing(plan):
    action = ActionFactory(objective=ObjectiveFactory(plan=plan), deadline=dt.date(2026, 12, 30))

    assert marks(action) == []


@pytest.mark.parametrize(("status", "done_on"), [("done", SATURDAY), ("cancelled", None)])
def test_what_is_over_is_not_marked(plan, objective, status, done_on):
    assert marks(ActionFactory(objective=objective, deadline=SATURDAY, status=status, done_on=done_on)) == []


def test_the_table_shows_the_worst_in_a_word_and_all_on_pointing_at_it(as_mark, plan, objective):
    ActionFactory(objective=objective, deadline=dt.date(2026, 12, 12))

    page = as_mark.get(reverse("plans:actions", args=[plan.pk]))

    title = "After the deadline of its objective, 10 Dec 2026; Day off: Saturday"
    assert f'<span class="wrong" title="{title}">after objective</span>' in page.text


def test_a_deadline_set_in_its_cell_is_marked_at_once(as_mark, plan, objective, htmx):
    action = ActionFactory(objective=objective)
    url = reverse("plans:action_cell", args=[action.pk]) + "?cell=due"

    response = as_mark.post(url, {"deadline": SATURDAY.isoformat()}, headers=htmx())

    assert 'title="Day off: Saturday">day off</span>' in response.text


def test_the_page_of_the_action_gives_the_reasons_in_full(as_bob, plan, objective):
    action = ActionFactory(objective=objective, deadline=dt.date(2027, 1, 2))

    page = as_bob.get(action.get_absolute_url())

    for reason in ("which ends on 31 Dec 2026", "objective, 10 Dec 2026", "Day off: Saturday"):
        assert reason in page.text
