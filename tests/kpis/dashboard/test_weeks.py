"""Actions week by week, from their history."""

import datetime as dt
from collections import Counter
from itertools import dropwhile, pairwise

import pytest

from kpis.dashboard.facts import action_log
from kpis.dashboard.week_chart import week_chart, week_words
from kpis.dashboard.weeks import Week, weeks_of
from plans.actions.standing import ActionFacts, standing
from tests.factories import ActionFactory

TODAY = dt.date(2026, 8, 19)  # Wednesday of week 34
MAY = dt.datetime(2026, 5, 4, 12, tzinfo=dt.UTC)


def on(day, month=8):
    return dt.datetime(2026, month, day, 12, tzinfo=dt.UTC)


def facts(pk, status, deadline=None):
    return ActionFacts(pk, f"Action {pk}", status, deadline, "")


def counts(log, *actions):
    """From the first week on that has any."""
    weeks = [(week.number, dict(week.counts)) for week in weeks_of(log, actions, TODAY)]
    return list(dropwhile(lambda week: not week[1], weeks))


def test_there_are_twelve_weeks_up_to_this_one():
    log = [(1, "not_started", None, MAY, "+")]

    weeks = weeks_of(log, [facts(1, "not_started")], TODAY)

    assert [week.number for week in weeks] == list(range(23, 35))
    assert {week.counts["not_started"] for week in weeks} == {1}


def test_a_plan_without_actions_has_no_weeks():
    assert weeks_of([], [], TODAY) == []


def test_an_action_counts_from_its_first_week():
    assert counts([(1, "in_progress", None, on(12), "+")], facts(1, "in_progress")) == [
        (33, {"in_progress": 1}),
        (34, {"in_progress": 1}),
    ]


def test_a_change_counts_from_the_end_of_its_week():
    log = [(1, "not_started", None, on(3), "+"), (1, "done", None, on(16), "~")]

    assert counts(log, facts(1, "done")) == [(32, {"not_started": 1}), (33, {"done": 1}), (34, {"done": 1})]


def test_midnight_is_that_of_the_readers():
    sunday_night_in_warsaw = dt.datetime(2026, 8, 9, 22, 30, tzinfo=dt.UTC)  # Monday already

    assert counts([(1, "done", None, sunday_night_in_warsaw, "+")], facts(1, "done")) == [
        (33, {"done": 1}),
        (34, {"done": 1}),
    ]


def test_late_is_what_was_late_then():
    deadline = dt.date(2026, 8, 12)
    log = [(1, "in_progress", deadline, on(3), "+"), (2, "done", deadline, on(3), "+")]

    assert counts(log, facts(1, "in_progress", deadline), facts(2, "done", deadline)) == [
        (32, {"in_progress": 1, "done": 1}),
        (33, {"overdue": 1, "done": 1}),
        (34, {"overdue": 1, "done": 1}),
    ]


def test_deleted_and_cancelled_actions_do_not_count():
    log = [
        (1, "not_started", None, on(3), "+"),
        (2, "not_started", None, on(3), "+"),
        (1, "not_started", None, on(11), "-"),
        (2, "cancelled", None, on(11), "~"),
    ]

    assert counts(log) == [(32, {"not_started": 2}), (33, {}), (34, {})]


def test_the_history_of_a_plan_is_one_query(plan, django_assert_num_queries):
    action = ActionFactory(objective__plan=plan)
    action.status = "blocked"
    action.save()
    ActionFactory()

    with django_assert_num_queries(1):
        log = action_log(plan)

    assert [(row[0], row[1], row[4]) for row in log] == [(action.pk, "not_started", "+"), (action.pk, "blocked", "~")]


def test_the_present_is_what_is_not_what_was_written(plan):
    """Rows that came in bulk have no history."""
    ActionFactory(objective__plan=plan, status="blocked")
    (objective,) = standing(plan)

    *before, week = weeks_of([], objective.actions, TODAY)

    assert (week.counts["blocked"], sum(week.total for week in before)) == (1, 0)


# The figure


def weeks(*done_and_overdue):
    first = dt.date(2026, 8, 17) - dt.timedelta(weeks=len(done_and_overdue) - 1)
    return [
        Week(first + dt.timedelta(weeks=number), Counter({"done": done, "not_started": 3, "overdue": overdue}))
        for number, (done, overdue) in enumerate(done_and_overdue)
    ]


def test_bars_stand_on_each_other_from_done_to_overdue():
    figure = week_chart(weeks((4, 0), (10, 2))).figure

    names = ["Done", "On track", "Not started", "At risk", "Blocked", "Overdue"]
    assert [trace["name"] for trace in figure["data"]] == names
    assert [trace["y"] for trace in figure["data"]] == [[4, 10], [0, 0], [3, 3], [0, 0], [0, 0], [0, 2]]
    assert figure["layout"]["barmode"] == "stack"
    assert figure["layout"]["xaxis"]["ticktext"] == ["week 33", "34"]
    assert figure["layout"]["yaxis"]["dtick"] == 5  # 15 actions
    assert figure["data"][0]["hovertext"][1] == "week 34, Done: 10"


def test_numbers_at_the_end_are_never_written_over_each_other():
    figure = week_chart(weeks((40, 1), (40, 1))).figure

    labels = figure["layout"]["annotations"]
    places = [label["y"] for label in labels]
    assert [label["text"] for label in labels] == ["40  Done", "3  Not started", "1  Overdue"]
    assert all(upper - lower >= 0.08 * 44 for lower, upper in pairwise(places))


def test_its_table_says_the_same():
    chart = week_chart(weeks((4, 0), (10, 2)))

    assert chart.columns[:2] == ["Week", "Done"]
    assert chart.rows[-1] == ["week 34", 10, 0, 3, 0, 0, 2]


@pytest.mark.parametrize(
    ("course", "words"),
    [
        ([(4, 0), (10, 0)], "Done: 10, up from 4 in week 33. None is overdue."),
        ([(4, 2), (4, 2)], "Done: 4, as in week 33. Overdue: 2."),
        ([(4, 0), (3, 1), (3, 1)], "Done: 3, down from 4 in week 32. Overdue: 1, up from 0 in week 32."),
        ([(4, 3), (5, 1)], "Done: 5, up from 4 in week 33. Overdue: 1, down from 3 in week 33."),
        ([(4, 0)], "Done: 4. None is overdue."),
    ],
)
def test_the_sentence_says_how_it_went(course, words):
    assert week_words(weeks(*course)) == words


def test_on_a_phone_every_third_week_has_its_number():
    narrow = week_chart(weeks(*[(4, 0)] * 12)).figure["layout"]["meta"]["narrow"]

    assert narrow["xaxis"] == {"tickvals": [2, 5, 8, 11], "ticktext": ["25", "28", "31", "34"]}
