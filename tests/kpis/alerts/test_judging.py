"""Alerts are raised once, kept up to date, cleared, and come back from a snooze by themselves."""

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from kpis.alerts.judging import judge_all
from kpis.alerts.models import Alert, Judging
from kpis.alerts.services import call_false, silence, snooze, unsilence, wake
from kpis.models import Kpi, SilentRule
from plans.models import Notice, NoticeSettings, Plan
from plans.notices.words import says, title
from tests.factories import (
    ActionFactory,
    AlertFactory,
    BudgetEntryFactory,
    BudgetLineFactory,
    KpiFactory,
    ObjectiveFactory,
    PlanFactory,
    ReadingFactory,
)
from tests.kpis.alerts.conftest import NOW, TODAY, fill, open_alerts, week


@pytest.fixture
def off_pace(judge, leads):
    """Mia's KPI at 70% of its pace: level 30."""
    fill(leads, 70, 70)
    judge(tell=False)
    return open_alerts("off_pace")[0]


def told(user) -> list[str]:
    return [f"{title(notice)}: {says(notice)}" for notice in Notice.objects.visible_to(user).order_by("pk")]


# Raising and clearing


def test_judging_again_changes_nothing(judge, off_pace, plan):
    plan.refresh_from_db()
    before = list(Alert.objects.values()), plan.changed_at

    judged = judge()

    plan.refresh_from_db()
    assert (judged.raised, judged.returned, judged.cleared) == ([], [], [])
    assert (list(Alert.objects.values()), plan.changed_at) == before


def test_one_alert_is_open_for_a_rule_and_a_subject(plan, off_pace):
    with pytest.raises(IntegrityError), transaction.atomic():
        AlertFactory(plan=plan, rule="off_pace", subject=off_pace.subject)


def test_an_alert_follows_its_figures(judge, off_pace, leads):
    ReadingFactory(kpi=leads, period=week(34), value=60)

    judge(days=7)

    off_pace.refresh_from_db()
    assert (off_pace.level, off_pace.figures["count"]) == (40, 3)
    assert off_pace.since == dt.date(2026, 8, 9)


def test_what_is_no_longer_so_clears_by_itself(judge, off_pace, leads):
    ReadingFactory(kpi=leads, period=week(34), value=95)

    judge(days=7)

    off_pace.refresh_from_db()
    assert (off_pace.state, off_pace.outcome) == ("cleared", "itself")
    assert off_pace.cleared_at == NOW + dt.timedelta(days=7)


def test_it_was_acted_upon_when_somebody_changed_meanwhile_what_moves_it(judge, plan, leads):
    action = ActionFactory(objective__plan=plan)
    action.kpis.add(leads)
    fill(leads, 70, 70)
    judge()
    ReadingFactory(kpi=leads, period=week(34), value=95)
    action.title = "Call everybody back"
    action._history_date = NOW + dt.timedelta(days=1)
    action.save()

    judge(days=7)

    assert Alert.objects.get(rule="off_pace").outcome == "acted"


def test_what_cleared_and_is_so_again_is_another_alert(judge, off_pace, leads):
    ReadingFactory(kpi=leads, period=week(34), value=95)
    judge(days=7)
    fill(leads, 70, 70, last=36)

    judge(days=21)

    assert sorted(Alert.objects.filter(rule="off_pace").values_list("state", flat=True)) == ["cleared", "open"]


def test_raising_and_clearing_ticks_the_clock_of_the_plan(judge, plan, leads):
    fill(leads, 70, 70)
    before = Plan.objects.get().changed_at

    judge()

    assert Plan.objects.get().changed_at > before
    assert Judging.objects.get().clock == Plan.objects.get().changed_at


@pytest.mark.parametrize("status", ["draft", "closed", "archived"])
def test_nobody_is_alerted_for_a_plan_that_is_not_carried_out(judge, plan, off_pace, leads, mia, status):
    Plan.objects.update(status=status)

    judge_all(NOW)
    judge()

    off_pace.refresh_from_db()
    assert (off_pace.state, off_pace.outcome) == ("cleared", "dropped")
    assert told(mia) == []


# The worker


def test_the_worker_judges_a_plan_again_only_when_its_clock_has_ticked_or_the_day_is_over(plan, leads):
    judge_all(NOW)
    judged_at = Judging.objects.get().judged_at

    judge_all(NOW + dt.timedelta(minutes=5))
    assert Judging.objects.get().judged_at == judged_at

    fill(leads, 70, 70)
    judge_all(NOW + dt.timedelta(minutes=10))
    assert Judging.objects.get().judged_at > judged_at
    assert len(open_alerts("off_pace")) == 1

    judge_all(NOW + dt.timedelta(days=1))
    assert Judging.objects.get().day == TODAY + dt.timedelta(days=1)


def test_the_day_is_the_companys(workspace, plan):
    workspace.time_zone = "Pacific/Auckland"
    workspace.save()

    judge_all(dt.datetime(2026, 8, 19, 13, tzinfo=dt.UTC))

    assert Judging.objects.get().day == dt.date(2026, 8, 20)


def test_a_plan_that_cannot_be_judged_keeps_no_other_from_it(plan, leads, workspace, caplog):
    other = PlanFactory(workspace=workspace, name="Winter")
    ObjectiveFactory(plan=other)
    fill(leads, 70, 70)
    Kpi.objects.update(rhythm="never")

    judge_all(NOW)

    assert "could not be judged" in caplog.text
    assert [alert.plan for alert in open_alerts("no_action")] == [other]


@pytest.mark.parametrize("count", [1, 3])
def test_judging_asks_the_same_however_much_there_is(judge, plan, mia, count, django_assert_num_queries):
    for number in range(count):
        fill(KpiFactory(plan=plan, owner=mia, baseline=None, target=100), 70, 70)
        action = ActionFactory(objective__plan=plan, status="in_progress", person=mia, effort=500)
        action.deadline = TODAY + dt.timedelta(days=number)
        action.save()
        ObjectiveFactory(plan=plan)
        BudgetEntryFactory(line=BudgetLineFactory(plan=plan, planned=1), amount=2)
    judge()

    # (2) savepoint; plan, silent rules, completeness (hours), KPIs, their values, actions with objectives, owners of
    # objectives, budget, actions under way, alerts, their people, judging (4: select, two savepoints, update)
    with django_assert_num_queries(17):
        judge()


# Snoozing


def test_a_snoozed_alert_comes_back_on_its_day(judge, off_pace, mia, mark):
    snooze(off_pace, until=TODAY + dt.timedelta(days=7), note="Fair this week", by=mark)

    judge(days=6)
    off_pace.refresh_from_db()
    assert off_pace.state == "snoozed"
    assert not [line for line in told(mia) if "Off its pace" in line]

    judge(days=7)
    off_pace.refresh_from_db()
    assert (off_pace.state, off_pace.note, off_pace.returns) == ("open", "", 1)
    assert told(mia)[-1].startswith("Open leads: Back from its snooze. Off its pace: 70\N{NO-BREAK SPACE}leads against")


def test_it_comes_back_sooner_when_it_is_half_as_bad_again(judge, off_pace, leads, mark):
    snooze(off_pace, until=TODAY + dt.timedelta(days=28), note="", by=mark)
    ReadingFactory(kpi=leads, period=week(34), value=56)

    judge(days=7)
    off_pace.refresh_from_db()
    assert (off_pace.state, off_pace.level) == ("snoozed", 44)

    ReadingFactory(kpi=leads, period=week(35), value=55)
    judge(days=14)
    off_pace.refresh_from_db()
    assert (off_pace.state, off_pace.level) == ("open", 45)


def test_a_snoozed_alert_clears_like_any_other(judge, off_pace, leads, mark):
    snooze(off_pace, until=TODAY + dt.timedelta(days=28), note="", by=mark)
    ReadingFactory(kpi=leads, period=week(34), value=100)

    judge(days=7)

    off_pace.refresh_from_db()
    assert (off_pace.state, off_pace.outcome, off_pace.snoozed_until) == ("cleared", "itself", None)


def test_what_is_taken_back_is_open_as_before(judge, off_pace, mark):
    snooze(off_pace, until=TODAY + dt.timedelta(days=28), note="Fair", by=mark)

    wake(off_pace, by=mark)

    off_pace.refresh_from_db()
    assert (off_pace.state, off_pace.note, off_pace.snoozed_until) == ("open", "", None)
    assert [record.state for record in off_pace.history.order_by("history_id")] == ["snoozed", "open"]


# False alarms


def test_a_false_alarm_is_silent_until_what_it_says_is_no_longer_so(judge, off_pace, leads, mia, mark):
    call_false(off_pace, note="Easter", by=mark)
    ReadingFactory(kpi=leads, period=week(34), value=10)

    judge(days=7)
    off_pace.refresh_from_db()
    assert off_pace.state == "false"

    ReadingFactory(kpi=leads, period=week(35), value=100)
    judge(days=14)
    off_pace.refresh_from_db()
    assert (off_pace.state, off_pace.outcome) == ("cleared", "false")
    assert [line for line in told(mia) if "Off its pace" in line] == []


# Rules that are switched off


@pytest.mark.parametrize("everywhere", [True, False])
def test_a_rule_that_is_off_ends_its_alerts_and_raises_none(judge, workspace, plan, off_pace, alice, everywhere):
    other = PlanFactory(workspace=workspace)
    elsewhere = AlertFactory(plan=other, rule="off_pace")

    silence("off_pace", workspace=workspace, plan=None if everywhere else plan, by=alice)
    judge()

    off_pace.refresh_from_db()
    elsewhere.refresh_from_db()
    assert (off_pace.state, off_pace.outcome) == ("cleared", "dropped")
    assert elsewhere.state == ("cleared" if everywhere else "open")
    assert open_alerts("off_pace") == ([] if everywhere else [elsewhere])


def test_switched_on_again_it_looks_at_the_next_judging(workspace, plan, off_pace, alice):
    judge_all(NOW)
    silence("off_pace", workspace=workspace, plan=None, by=alice)
    silence("off_pace", workspace=workspace, plan=None, by=alice)
    judge_all(NOW + dt.timedelta(minutes=5))

    unsilence("off_pace", workspace=workspace, plan=None)
    judge_all(NOW + dt.timedelta(minutes=10))

    assert len(open_alerts("off_pace")) == 1
    assert [record.history_type for record in SilentRule.history.order_by("history_id")] == ["+", "-"]


# Telling


def test_whom_it_concerns_is_told_once(judge, leads, mia, mark):
    fill(leads, 70, 70)

    judge()
    judge(days=1)

    assert told(mia) == [
        "Open leads: Off its pace: 70\N{NO-BREAK SPACE}leads against 100\N{NO-BREAK SPACE}leads expected on 16 Aug: "
        "70% of pace. Off track 2 times in a row, from week 32 to week 33."
    ]
    assert told(mark) == []
    assert Notice.objects.get().get_absolute_url() == open_alerts("off_pace")[0].get_absolute_url()


def test_where_it_concerns_nobody_those_who_steer_are_told(judge, plan, alice, mark):
    ObjectiveFactory(plan=plan, title="Retain customers")

    judge()

    assert [line.partition(":")[0] for line in told(alice)] == ["Retain customers"]
    assert told(mark) == []


def test_many_at_once_are_one_notice_that_counts_them(judge, plan, mia):
    for _number in range(6):
        fill(KpiFactory(plan=plan, owner=mia, baseline=None, target=100), 70, 70)

    judge()

    assert told(mia) == [f"{plan}: 6 new alerts concern you"]
    assert Notice.objects.get().get_absolute_url() == f"/plans/{plan.pk}/alerts/"


def test_who_does_not_want_to_hear_of_alerts_does_not(judge, leads, mia):
    NoticeSettings.objects.create(user=mia, not_in_inbox=["alert"], not_in_digest=["alert"])
    fill(leads, 70, 70)

    judge()

    assert told(mia) == []


def test_who_has_left_the_company_is_not_told(judge, leads, mia, alice):
    mia.memberships.all().delete()
    fill(leads, 70, 70)

    judge()

    assert not Notice.objects.filter(membership__user=mia).exists()
    assert len(told(alice)) == 1


def test_reading_a_value_judges_nothing_in_its_request(as_mia, leads):
    with CaptureQueriesContext(connection) as queries:
        ReadingFactory(kpi=leads, period=week(33), value=10)

    assert not [query for query in queries if "kpis_alert" in query["sql"]]
