"""A plan as it was, week by week."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from kpis.kpi.periods import week_code
from kpis.snapshots.weeks import weeks_of
from plans.models import Plan
from tests.factories import ActionFactory, BudgetLineFactory, KpiFactory, ReadingFactory

FIRST = dt.datetime(2026, 1, 6, 12, tzinfo=dt.UTC)
SECOND = dt.datetime(2026, 1, 14, 12, tzinfo=dt.UTC)


@pytest.fixture
def ask(client, plan):
    def answer(week="", **kwargs):
        return client.get(reverse("kpis:plan_replay", args=[plan.pk], query={"week": week} if week else None), **kwargs)

    return answer


@pytest.fixture
def action(plan, happened):
    """Added in the second week of the year and finished in the third."""
    action = ActionFactory(objective__plan=plan, title="Call lost accounts", deadline=dt.date(2026, 1, 12))
    happened(action.objective, FIRST)
    happened(action, FIRST)
    action.status, action.done_on = "done", dt.date(2026, 1, 14)
    action.save()
    happened(action, SECOND)
    return action


def heaps(response):
    return {heap.status: [row.line.name for row in heap.rows] for heap in response.context["replay"].heaps}


def test_a_week_shows_the_actions_as_they_were_at_its_end(ask, as_bob, action):
    assert heaps(ask("2026-W02")) == {"not_started": ["Call lost accounts"]}
    assert heaps(ask("2026-W03")) == {"done": ["Call lost accounts"]}


def test_what_changed_in_the_week_is_marked_and_said(ask, as_bob, action):
    changed, later = ask("2026-W03"), ask("2026-W04")

    assert [group.sentences for group in changed.context["replay"].news] == [["1 action was finished."]]
    assert "<del" in changed.text
    assert later.context["replay"].news == []
    assert "<del" not in later.text
    assert "Nothing changed in this week." in later.text


def test_the_verdict_is_that_of_the_week(ask, as_bob, plan, action, happened):
    kpi = KpiFactory(plan=plan, name="Leads", baseline=0, target=52)
    happened(kpi, FIRST)
    happened(ReadingFactory(kpi=kpi, period=dt.date(2026, 1, 5), value=0), dt.datetime(2026, 1, 16, tzinfo=dt.UTC))

    assert ask("2026-W02").context["replay"].verdict == [
        "No KPI has a value to compare with its pace yet.",
        "0 of 1 action is done.",
    ]
    assert ask("2026-W03").context["replay"].verdict == [
        "0 of 1 KPI is on track.",
        "The weak point is Leads.",
        "1 of 1 action is done.",
    ]


def test_money_is_that_of_the_week(ask, as_bob, plan, happened):
    line = BudgetLineFactory(plan=plan, planned=1000)
    happened(line, FIRST)
    line.planned = 3000
    line.save()
    happened(line, SECOND)

    assert [dict(ask(week).context["replay"].money)["Adjusted"] for week in ("2026-W02", "2026-W03")] == [
        "1,000\xa0€",
        "3,000\xa0€",
    ]


@pytest.mark.parametrize("week", ["", "nonsense", "2999-W01"])
def test_what_is_no_week_of_the_plan_shows_the_last_one(ask, as_bob, plan, week):
    response = ask(week)

    assert response.context["week"] == response.context["weeks"][-1]
    assert response.context["later"] is None


def test_a_week_before_the_plan_shows_its_first_one(ask, as_bob, plan):
    assert ask("2019-W07").context["week"].code == "2026-W02"


def test_the_last_week_is_the_plan_as_it_is(ask, as_bob, plan):
    ActionFactory(objective__plan=plan, title="Added a moment ago")

    assert "Added a moment ago" in ask().text


@pytest.mark.parametrize(("week_starts_on", "first"), [(0, dt.date(2026, 1, 5)), (6, dt.date(2026, 1, 4))])
def test_weeks_begin_as_the_company_says(plan, week_starts_on, first):
    plan.workspace.week_starts_on = week_starts_on

    week = weeks_of(plan, FIRST, dt.date(2026, 3, 1))[0]

    assert (week.first, week.code) == (first, "2026-W02")


def test_weeks_end_some_time_after_the_plan(plan):
    assert weeks_of(plan, FIRST, dt.date(2031, 1, 1))[-1].code == week_code(dt.date(2027, 4, 1))


def test_a_plan_made_this_week_has_one_week(plan):
    now = timezone.now()
    Plan.history.filter(id=plan.pk).update(history_date=now)

    assert len(weeks_of(plan, now, now.date())) == 1


def test_a_fragment_holds_the_week_alone(ask, as_bob, action, htmx):
    response = ask("2026-W03", headers=htmx("replay-week"))

    assert response.text.strip().startswith('<div id="replay-week"')
    assert "<html" not in response.text


def test_without_a_script_one_chooses_the_week_in_a_list(ask, as_bob, action):
    text = ask("2026-W03").text

    assert '<option value="2026-W03" selected>week 3, 12 Jan – 18 Jan</option>' in text
    assert 'href="?week=2026-W02"' in text


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_asks_the_same_whatever_the_plan_holds(ask, as_bob, plan, mark, count, django_assert_num_queries):
    for _nth in range(count):
        KpiFactory(plan=plan).actions.add(ActionFactory(objective__plan=plan, person=mark))
    ask()

    # session, user, plan, frame, when it was made; rows and people at the end of the week, rows at its beginning
    with django_assert_num_queries(8):
        ask()
