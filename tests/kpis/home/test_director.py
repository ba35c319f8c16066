"""Will we make it: a verdict for each plan with its numbers, and what waits for a decision."""

import datetime as dt

import pytest
from django.urls import reverse

from plans.models import Plan
from tests.factories import (
    BudgetEntryFactory,
    BudgetLineFactory,
    KpiFactory,
    MovedGoalpostFactory,
    ObjectiveFactory,
    PlanFactory,
    ReadingFactory,
    SurveyFactory,
)
from tests.kpis.home.conftest import HOME, WEDNESDAY, WEEK_33, WEEK_34

GOOD, RISKY, BAD = 70, 61, 10


def objective_at(plan, value, *, before=None, title="Grow"):
    """A level from 0 to 100 over the year: on the 23rd of August 64 are expected."""
    objective = ObjectiveFactory(plan=plan, title=title)
    kpi = KpiFactory(plan=plan, objective=objective, name=f"{title} KPI", baseline=0, target=100, unit="")
    for period, one in ((WEEK_33, before), (WEEK_34, value)):
        if one is not None:
            ReadingFactory(kpi=kpi, period=period, value=one)
    return objective


def verdict(client):
    (found,) = client.get(HOME).context["verdicts"]
    return found


@pytest.mark.parametrize(
    ("values", "word"),
    [
        ([GOOD, GOOD], "Yes, as it goes"),
        ([GOOD, GOOD, BAD], "In doubt"),
        ([GOOD, RISKY], "In doubt"),
        ([GOOD, BAD], "Not as it goes"),
        ([None], "Nothing measured yet"),
        ([], "Nothing measured yet"),
        ([GOOD, None], "Yes, as it goes"),
    ],
)
def test_the_verdict_follows_from_the_objectives_that_are_measured(as_alice, plan, values, word):
    for value in values:
        objective_at(plan, value)

    assert str(verdict(as_alice).word) == word


def test_it_counts_the_objectives_and_names_the_one_farthest_from_its_path(as_alice, plan):
    objective_at(plan, GOOD)
    objective_at(plan, 50, title="Near")
    objective_at(plan, BAD, title="Far")
    ObjectiveFactory(plan=plan)

    found = verdict(as_alice)

    assert found.count_words == "1 of 4 on track, 1 not measured"
    assert found.weakest_words == "Weakest KPI “Far KPI”: 54.3 behind, pace 64.3"


def test_money_stands_beside_time_and_is_marked_where_it_goes_faster(as_alice, plan):
    line = BudgetLineFactory(plan=plan, planned=1000)
    entry = BudgetEntryFactory(line=line, amount=700)
    found = verdict(as_alice)
    assert (found.spent, found.elapsed, found.spends_fast) == (70, 65, False)

    entry.amount = 800
    entry.save()

    assert verdict(as_alice).spends_fast
    assert "faster than time passes" in as_alice.get(HOME).text


@pytest.mark.parametrize(
    ("before", "now", "words"),
    [
        (BAD, GOOD, "1 more on track than a week ago"),
        (GOOD, BAD, "1 fewer on track than a week ago"),
        (GOOD, GOOD, "As a week ago"),
        (61, BAD, "“Grow” fell: it is off track"),
        (BAD, 61, "“Grow” rose: it is at risk"),
    ],
)
def test_it_says_what_has_changed_against_a_week_ago(as_alice, plan, before, now, words):
    objective_at(plan, now, before=before)

    assert verdict(as_alice).trend_words == words


def test_the_first_sentence_is_the_answer(as_alice, plan, workspace):
    objective_at(plan, GOOD, before=GOOD)
    assert as_alice.get(HOME).context["sentences"] == [
        "“Sales growth plan 2026”: yes, as it goes.",
        "As many objectives are on track as a week ago.",
    ]

    objective_at(PlanFactory(workspace=workspace, name="Benelux"), BAD, before=GOOD)

    page = as_alice.get(HOME)
    assert page.context["sentences"] == [
        "1 of 2 plans are reached as they go.",
        "1 objective fewer is on track than a week ago.",
    ]
    assert [one.plan.name for one in page.context["verdicts"]] == ["Benelux", "Sales growth plan 2026"]


# What waits for a decision


def test_a_plan_whose_last_day_is_over_waits_to_be_closed_until_it_is(as_alice, plan, shown):
    Plan.objects.update(ends_on=dt.date(2026, 7, 31))
    assert ("Sales growth plan 2026", "Its last day was 31 Jul 2026") in shown(as_alice, "decisions")

    Plan.objects.update(status="closed")
    PlanFactory(workspace=plan.workspace)

    assert shown(as_alice, "decisions") == []


@pytest.mark.parametrize(("starts_on", "spoken_of"), [("2026-09-15", True), ("2027-01-01", False)])
def test_a_draft_that_begins_soon_says_how_much_is_missing(as_alice, plan, workspace, shown, starts_on, spoken_of):
    first = dt.date.fromisoformat(starts_on)
    PlanFactory(workspace=workspace, status="draft", name="Next", starts_on=first, ends_on=dt.date(2027, 12, 31))

    lines = shown(as_alice, "decisions")

    assert lines == ([("Next", "The draft begins on 15 Sep 2026, and 7 of its steps are not complete")] * spoken_of)


def test_goals_others_have_moved_this_week_are_told_with_the_reason(as_alice, alice, mark, plan, shown):
    about = {"plan": plan, "name": "Leads", "moved_at": dt.datetime(2026, 8, 24, tzinfo=dt.UTC)}
    MovedGoalpostFactory(**about, moved_by=alice)
    assert shown(as_alice, "decisions") == []

    moved = MovedGoalpostFactory(**about, moved_by=mark)

    ((title, detail),) = shown(as_alice, "decisions")
    assert title == "1 goal moved this week"
    assert detail.startswith("“Leads”, ")
    assert detail.endswith(f"by Mark Weber: {moved.reason} · Sales growth plan 2026")


def test_more_money_than_there_was_is_said_to_the_amount(as_alice, plan, shown):
    BudgetEntryFactory(line=BudgetLineFactory(plan=plan, planned=1000), amount=1200)

    assert shown(as_alice, "decisions") == [("Sales growth plan 2026", "200 € more is spent than there was")]


def test_kpis_nobody_enters_wait_for_an_owner(as_alice, alice, plan, shown):
    kpi = KpiFactory(plan=plan, name="Leads")
    assert shown(as_alice, "decisions") == [("1 KPI nobody enters", "“Leads” · Sales growth plan 2026")]

    kpi.owner = alice
    kpi.save()

    assert shown(as_alice, "decisions") == []


def test_what_surveys_feed_needs_nobody_to_enter_it(as_alice, plan, shown):
    SurveyFactory(plan=plan, kpi=KpiFactory(plan=plan, name="NPS"))

    assert shown(as_alice, "decisions") == []


def test_who_does_not_steer_sees_the_verdicts_and_no_decisions(as_mark, as_bob, plan):
    KpiFactory(plan=plan)

    page = as_bob.get(HOME)

    assert page.context["verdicts"]
    assert "Waiting for your decision" not in page.text


@pytest.mark.parametrize("count", [1, 3])
def test_the_number_of_queries_does_not_grow(as_alice, workspace, count, django_assert_num_queries):
    for plan in PlanFactory.create_batch(count, workspace=workspace):
        for _ in range(count):
            objective_at(plan, BAD, before=GOOD)
            BudgetEntryFactory(line__plan=plan)
            MovedGoalpostFactory(plan=plan, moved_at=dt.datetime(2026, 8, 24, tzinfo=dt.UTC))
        PlanFactory(workspace=workspace, status="draft")

    # session, reader, company, frame, plans with figures, KPIs, values, surveys, drafts, moved goals, week
    with django_assert_num_queries(11):
        as_alice.get(HOME)


def test_the_page_asks_the_day_of_the_company(as_alice, plan):
    assert verdict(as_alice).today == WEDNESDAY
    assert reverse("plans:plan_list") in as_alice.get(HOME).text
